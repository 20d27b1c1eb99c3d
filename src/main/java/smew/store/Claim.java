package smew.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Makes sure that no two writers put files below the same prefix: two runs of the same inputs that begin in the same millisecond
 * have the same id, and whichever comes second would delete what the first published. The first has its name in {@value #FOLDER}
 * until it is done. A server without conditional writes cannot tell who came first.
 */
final class Claim {

    static final String FOLDER = "writing";

    private static final int NOT_IMPLEMENTED = 501;
    private static final List<Integer> TAKEN = List.of(409, 412);

    private final S3Objects objects;
    private final S3Location object;
    private final byte[] owner = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    private boolean asked;

    Claim(S3Objects objects, S3Location location, String prefix) {
        this.objects = objects;
        this.object = location.resolve(FOLDER + "/" + prefix.substring(prefix.lastIndexOf('/') + 1));
    }

    /**
     * Takes it, once, before anything is written.
     *
     * @throws SmewException NOT_READY when another writer has it
     */
    synchronized void take() {
        if (asked) {
            return;
        }
        try {
            objects.putIf(object, owner, Optional.empty());
        } catch (CompletionException failed) {
            int status = AwsFailure.status(failed);
            if (TAKEN.contains(status) && !isOurs()) {
                throw new SmewException(
                        Fault.NOT_READY,
                        "Writing " + object
                                + ": another run with the same inputs began in the same millisecond. Run again.");
            }
            if (!TAKEN.contains(status) && status != NOT_IMPLEMENTED) {
                throw AwsFailure.of("Writing " + object, failed);
            }
        }
        asked = true;
    }

    /** An answer that was lost makes the client ask again, and find its own claim. */
    private boolean isOurs() {
        return objects.read(object)
                .filter(read -> Arrays.equals(read.bytes(), owner))
                .isPresent();
    }

    synchronized void giveBack() {
        if (asked) {
            asked = false;
            objects.delete(object.bucket(), List.of(object.key()), true);
        }
    }
}
