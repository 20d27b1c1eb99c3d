package smew.store;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;

/** The one object that readers of a prefix go by, as a writer found it. It is replaced only as long as it is still that one. */
final class Head {

    private static final int CONFLICT = 409;
    private static final int PRECONDITION = 412;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Objects objects;
    private final S3Location object;
    private Optional<String> version;
    private boolean unknown;

    private Head(S3Objects objects, S3Location object, Optional<String> version) {
        this.objects = objects;
        this.object = object;
        this.version = version;
    }

    static Head of(S3Objects objects, S3Location object) {
        return new Head(objects, object, objects.read(object).map(S3Objects.Read::etag));
    }

    S3Location object() {
        return object;
    }

    /** Whether it may have been replaced although {@link #replace} failed. */
    boolean isUnknown() {
        return unknown;
    }

    /**
     * Replaces it.
     *
     * @throws SmewException NOT_READY when somebody else did meanwhile
     */
    void replace(byte[] bytes) {
        if (!objects.read(object).map(S3Objects.Read::etag).equals(version)) {
            throw replaced();
        }
        version = Optional.of(put(bytes));
    }

    private String put(byte[] bytes) {
        try {
            return objects.putIf(object, bytes, version);
        } catch (CompletionException failed) {
            // A server without conditional writes: the comparison before has to do.
            return AwsFailure.status(failed) == NOT_IMPLEMENTED ? putAnyway(bytes) : settle(bytes, failed);
        }
    }

    private String putAnyway(byte[] bytes) {
        try {
            objects.put(object, bytes).join();
        } catch (CompletionException failed) {
            return settle(bytes, failed);
        }
        return objects.read(object).map(S3Objects.Read::etag).orElse("");
    }

    /** An answer that was lost makes the client ask again, and find its own writing in the way. */
    private String settle(byte[] bytes, CompletionException failed) {
        int status = AwsFailure.status(failed);
        boolean other = status == CONFLICT
                || status == PRECONDITION
                || AwsFailure.code(failed).equals("NoSuchKey");
        SmewException refused = other ? replaced() : AwsFailure.of("Writing " + object, failed);
        try {
            Optional<S3Objects.Read> there = objects.read(object);
            if (there.filter(read -> Arrays.equals(read.bytes(), bytes)).isPresent()) {
                return there.get().etag();
            }
        } catch (SmewException unreadable) {
            refused.addSuppressed(unreadable);
        }
        if (status >= 400 && status < 500) {
            throw refused;
        }
        // S3 may still do what it was asked for: nothing that the head would name may be deleted.
        unknown = true;
        throw new SmewException(
                refused.fault(),
                refused.getMessage()
                        + " Nobody knows whether it was written. What it names is all there: look with `smew"
                        + " releases`.",
                refused);
    }

    private SmewException replaced() {
        return new SmewException(
                Fault.NOT_READY,
                "Writing " + object
                        + ": another run published a release while this one was at work, and goes before it."
                        + " Run again, on top of that release.");
    }
}
