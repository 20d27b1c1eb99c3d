package smew.base;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Work that another thread does. */
public final class Work {

    private Work() {}

    /** Waits for its result; a failure of ours is thrown as it was thrown there. */
    public static <T> T join(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof SmewException known ? known : failed;
        }
    }
}
