package smew.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One file on its way to S3, in parts at the same time. It may still be growing: what is written stays as it is, for a file
 * that is written from its start to its end, and is sent before the rest is there. Parts that changed nevertheless are sent again.
 */
final class Upload {

    /** Bytes of one part; later ones are larger, because there may be no more than ten thousand. */
    private static final int PART_BYTES = 8 << 20;

    private static final int DOUBLED_EVERY = 1000;
    private static final long LOOK_MILLIS = 20;

    private final S3Objects objects;
    private final Semaphore atOnce;
    private final Path file;
    private final S3Location object;
    private final CountDownLatch written = new CountDownLatch(1);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final List<Sent> sent = new ArrayList<>();
    private volatile boolean given;

    /** One part under way or done. */
    private record Sent(long from, int bytes, long crc, CompletableFuture<CompletedPart> part) {}

    private Upload(S3Objects objects, Semaphore atOnce, Path file, S3Location object) {
        this.objects = objects;
        this.atOnce = atOnce;
        this.file = file;
        this.object = object;
    }

    /**
     * Begins.
     *
     * @param atOnce how many parts of all files may be in memory
     */
    static Upload of(S3Objects objects, Semaphore atOnce, Path file, S3Location object) {
        Upload upload = new Upload(objects, atOnce, file, object);
        Thread.ofVirtual().name("smew-upload").start(upload::run);
        return upload;
    }

    /** The file is complete. */
    void complete() {
        written.countDown();
    }

    /** Ends it where it is, and waits until nothing is under way any more. */
    void abandon() {
        given = true;
        written.countDown();
        try {
            done.join();
        } catch (CompletionException expected) {
            return;
        }
    }

    /** Waits until S3 has the whole file. */
    void await() {
        try {
            done.join();
        } catch (CompletionException failed) {
            throw AwsFailure.of("Writing " + object, failed);
        }
    }

    private void run() {
        try {
            send();
            done.complete(null);
        } catch (IOException failed) {
            done.completeExceptionally(Store.failure("Reading", file, failed));
        } catch (RuntimeException | InterruptedException failed) {
            done.completeExceptionally(failed);
        }
    }

    private void send() throws IOException, InterruptedException {
        boolean whole = written.getCount() == 0;
        while (!whole && grown() < PART_BYTES) {
            whole = written.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (given) {
            return;
        }
        if (whole && grown() <= PART_BYTES) {
            objects.put(object, AsyncRequestBody.fromBytes(Files.readAllBytes(file)))
                    .join();
            return;
        }
        String upload = objects.begin(object).join();
        try (FileChannel channel = FileChannel.open(file)) {
            boolean grew = sendParts(upload, channel);
            if (grew) {
                sendChanged(upload, channel);
            }
            List<CompletedPart> parts =
                    sent.stream().map(part -> part.part().join()).toList();
            refuseAbandoned();
            objects.complete(object, upload, parts).join();
        } catch (IOException | RuntimeException | InterruptedException failed) {
            sent.forEach(part -> part.part().exceptionally(_ -> null).join());
            objects.abort(object, upload).exceptionally(_ -> null).join();
            throw failed;
        }
    }

    private void refuseAbandoned() {
        if (given) {
            throw new SmewException(Fault.OUTSIDE, "Writing " + object + ": it was given up.");
        }
    }

    private long grown() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Sends all parts; the answer is whether some were sent before the file was complete. */
    private boolean sendParts(String upload, FileChannel channel) throws IOException, InterruptedException {
        boolean whole = written.getCount() == 0;
        boolean grew = !whole;
        long from = 0;
        while (!whole || from < channel.size()) {
            refuseAbandoned();
            long bytes = Math.min(partBytes(sent.size()), channel.size() - from);
            if (whole || bytes == partBytes(sent.size())) {
                sent.add(send(upload, channel, from, (int) bytes, sent.size() + 1));
                from += bytes;
            } else {
                whole = written.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        return grew;
    }

    private void sendChanged(String upload, FileChannel channel) throws IOException, InterruptedException {
        for (int i = 0; i < sent.size(); i++) {
            Sent part = sent.get(i);
            if (crc(read(channel, part.from(), part.bytes())) != part.crc()) {
                part.part().join();
                sent.set(i, send(upload, channel, part.from(), part.bytes(), i + 1));
            }
        }
    }

    private Sent send(String upload, FileChannel channel, long from, int bytes, int number)
            throws IOException, InterruptedException {
        atOnce.acquire();
        boolean under = false;
        try {
            ByteBuffer content = read(channel, from, bytes);
            CompletableFuture<CompletedPart> part =
                    objects.part(object, upload, number, content).whenComplete((_, _) -> atOnce.release());
            under = true;
            return new Sent(from, bytes, crc(content), part);
        } finally {
            if (!under) {
                atOnce.release();
            }
        }
    }

    private static int partBytes(int index) {
        return PART_BYTES << Math.min(6, index / DOUBLED_EVERY);
    }

    private static long crc(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        return crc.getValue();
    }

    private static ByteBuffer read(FileChannel channel, long from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {}
        return buffer.flip();
    }
}
