package smew.store;

import java.nio.file.Path;
import software.amazon.awssdk.core.FileTransformerConfiguration;
import software.amazon.awssdk.core.FileTransformerConfiguration.FailureBehavior;
import software.amazon.awssdk.core.FileTransformerConfiguration.FileWriteOption;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** How an answer becomes part of a file. */
final class Ranges {

    private Ranges() {}

    /** Writes into a file that exists, from a position on; a failed attempt leaves it for the next one. */
    static AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> into(Path file, long from) {
        return AsyncResponseTransformer.toFile(
                file,
                FileTransformerConfiguration.builder()
                        .fileWriteOption(FileWriteOption.WRITE_TO_POSITION)
                        .position(from)
                        .failureBehavior(FailureBehavior.LEAVE)
                        .build());
    }
}
