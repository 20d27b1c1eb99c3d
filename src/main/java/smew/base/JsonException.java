package smew.base;

import org.jspecify.annotations.Nullable;

/** JSON that does not become a record: it is malformed, or holds something else. The message says where and what. */
public final class JsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
