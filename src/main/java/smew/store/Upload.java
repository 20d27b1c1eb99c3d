package smew.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import smew.aws.AwsFailure;
import smew.base.SmewException;
import smew.base.Work;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One file on its way to S3, in parts at the same time. It may still be growing: what is written stays as it is, for a file
 * that is written from its start to its end, and is sent before the rest is there. Parts that changed nevertheless are sent again.
 */
final class Upload {

    private static final Logger LOG = System.getLogger("smew.store");

    /** Bytes of one part; later ones are larger, because there may be no more than ten thousand. */
    private static final int PART_BYTES = 8 << 20;

    private static final int DOUBLED_EVERY = 1000;
    private static final long LOOK_MILLIS = 20;

    private final S3Objects objects;
    private final S3Parts parts;
    private final Lane lane;
    private final Path file;
    private final S3Location object;
    private final CountDownLatch written = new CountDownLatch(1);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    /** What waits for an answer, to be cut short when nobody wants the file any more. */
    private final List<CompletableFuture<?>> asked = new CopyOnWriteArrayList<>();

    /** One part under way or done. */
    private record Sent(long from, int bytes, long crc, CompletableFuture<UploadPartResponse> part) {}

    private Upload(S3Objects objects, Lane lane, Path file, S3Location object) {
        this.objects = objects;
        this.parts = objects.parts();
        this.lane = lane;
        this.file = file;
        this.object = object;
    }

    /**
     * Begins.
     *
     * @param lane that of all files of a writer
     */
    static Upload of(S3Objects objects, Lane lane, Path file, S3Location object) {
        Upload upload = new Upload(objects, lane, file, object);
        Thread.ofVirtual().name("smew-upload").start(upload::run);
        return upload;
    }

    /** The file is complete. */
    void complete() {
        written.countDown();
    }

    /** Cuts short what is under way, and waits until that has ended. To be called when the lane was stopped. */
    Upload abandon() {
        written.countDown();
        while (!done.isDone()) {
            asked.forEach(answer -> answer.cancel(true));
            done.handle((_, _) -> true)
                    .completeOnTimeout(false, LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
        return this;
    }

    /** Waits until S3 has the whole file. */
    void await() {
        Work.join(done);
    }

    private void run() {
        try {
            send();
            done.complete(null);
        } catch (IOException failed) {
            fail(Store.failure("Reading", file, failed));
        } catch (RuntimeException | Error | InterruptedException failed) {
            fail(AwsFailure.of("Writing " + object, failed));
        }
    }

    private void fail(SmewException failed) {
        done.completeExceptionally(lane.stop(failed));
    }

    private void send() throws IOException, InterruptedException {
        boolean whole = written.getCount() == 0;
        while (!whole && grown() < PART_BYTES) {
            whole = written.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            lane.check();
        }
        if (whole && grown() <= PART_BYTES) {
            lane.enter();
            try {
                ask(() -> objects.put(object, readWhole()));
            } finally {
                lane.leave();
            }
            return;
        }
        String upload = ask(() -> parts.begin(object)).uploadId();
        try (FileChannel channel = FileChannel.open(file)) {
            boolean grew = sendParts(upload, channel);
            if (grew) {
                sendChanged(upload, channel);
            }
            List<UploadPartResponse> answers =
                    sent.stream().map(part -> part.part().join()).toList();
            lane.check();
            end(upload, answers, channel.size());
        } catch (IOException | RuntimeException | InterruptedException failed) {
            sent.forEach(part -> part.part().exceptionally(_ -> null).join());
            takeBack(upload);
            throw failed;
        }
    }

    private void takeBack(String upload) {
        try {
            parts.abort(object, upload);
        } catch (SmewException left) {
            LOG.log(Level.WARNING, "Left behind: " + left.getMessage());
        }
    }

    private <T> T ask(Supplier<CompletableFuture<T>> request) {
        lane.check();
        CompletableFuture<T> answer = request.get();
        asked.add(answer);
        return answer.join();
    }

    /** An answer that was lost makes the client ask again, and S3 no longer know the upload that it has made an object of. */
    private void end(String upload, List<UploadPartResponse> answers, long bytes) {
        try {
            ask(() -> parts.complete(object, upload, answers));
        } catch (CompletionException failed) {
            boolean arrived = AwsFailure.code(failed).equals("NoSuchUpload")
                    && objects.look(object)
                            .filter(found -> found.bytes() == bytes)
                            .isPresent();
            if (!arrived) {
                throw failed;
            }
        }
    }

    private byte[] readWhole() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw Store.failure("Reading", file, failed);
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
            lane.check();
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
        for (int i : IntStream.range(0, sent.size()).toArray()) {
            Sent part = sent.get(i);
            if (crc(read(channel, part.from(), part.bytes())) != part.crc()) {
                part.part().join();
                sent.set(i, send(upload, channel, part.from(), part.bytes(), i + 1));
            }
        }
    }

    private Sent send(String upload, FileChannel channel, long from, int bytes, int number)
            throws IOException, InterruptedException {
        lane.enter();
        boolean under = false;
        try {
            ByteBuffer content = read(channel, from, bytes);
            CompletableFuture<UploadPartResponse> part = parts.part(object, upload, number, content);
            asked.add(part);
            CompletableFuture<?> _ = part.whenComplete((_, failed) -> {
                if (failed != null) {
                    lane.stop(AwsFailure.of("Writing " + object, failed));
                }
                asked.removeIf(CompletableFuture::isDone);
                lane.leave();
            });
            under = true;
            return new Sent(from, bytes, crc(content), part);
        } finally {
            if (!under) {
                lane.leave();
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
