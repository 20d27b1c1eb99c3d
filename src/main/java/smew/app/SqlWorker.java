package smew.app;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.duck.Sandbox;
import smew.duck.SandboxFailure;

/**
 * The process that runs queries of strangers, one after the other, and can be killed: main class of a JVM that {@link SqlProcess}
 * starts. Questions come in on standard input, answers leave on standard output; it ends with its input.
 */
final class SqlWorker {

    /**
     * How a question was answered; the bytes of the answer follow.
     *
     * @param fault empty: it went well
     * @param message of a failure
     * @param spent whether this process should not be asked again
     */
    record Reply(Optional<Fault> fault, String message, boolean spent, String release, boolean truncated) {

        static final Reply READY = new Reply(Optional.empty(), "", false, "", false);

        private static Reply failed(SmewException failed, boolean spent) {
            return new Reply(Optional.of(failed.fault()), failed.getMessage(), spent, "", false);
        }
    }

    private static final byte[] NOTHING = {};

    private final DataOutputStream out;

    private SqlWorker(DataOutputStream out) {
        this.out = out;
    }

    /** Without arguments. */
    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(System.in);
        SqlWorker worker = new SqlWorker(new DataOutputStream(System.out));
        // What anybody prints must not get between the answers.
        System.setOut(new PrintStream(System.err, true));
        try (ExecutorService asking = Executors.newSingleThreadExecutor()) {
            Sandbox.prepare();
            forgetLibrary();
            worker.reply(Reply.READY, NOTHING);
            while (true) {
                byte[] question = in.readNBytes(in.readInt());
                asking.execute(() -> worker.answer(question));
            }
        } catch (EOFException over) {
            // Nobody listens any more, so whatever runs is stopped too.
            Runtime.getRuntime().halt(0);
        }
    }

    /**
     * A library that was unpacked here, because the user's cache cannot be written or by DuckDB itself, is needed no more by its name,
     * and would outlive a process that is killed with the server.
     */
    private static void forgetLibrary() {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")), 2)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("libduckdb"))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException kept) {
            // Windows keeps what is loaded; whoever started this process deletes it.
            return;
        }
    }

    private void answer(byte[] question) {
        Sandbox.Question asked = Json.read(question, Sandbox.Question.class);
        try {
            Sandbox.Answer answer = Sandbox.answer(asked);
            reply(new Reply(Optional.empty(), "", false, answer.release(), answer.truncated()), answer.body());
        } catch (SmewException failed) {
            reply(Reply.failed(failed, SandboxFailure.isExhausting(failed)), NOTHING);
        } catch (OutOfMemoryError failed) {
            reply(Reply.failed(SandboxFailure.tooMuchMemory(asked.memoryBytes(), failed), true), NOTHING);
        } catch (RuntimeException | Error failed) {
            reply(
                    Reply.failed(new SmewException(Fault.INTERNAL, "Running a query failed: " + failed, failed), true),
                    NOTHING);
        }
    }

    private void reply(Reply reply, byte[] body) {
        try {
            byte[] head = Json.bytes(reply);
            out.writeInt(head.length);
            out.write(head);
            out.writeInt(body.length);
            out.write(body);
            out.flush();
        } catch (IOException gone) {
            Runtime.getRuntime().halt(0);
        }
    }
}
