package smew.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A server in a process of its own, on a free port of this machine. */
final class ServerProcess implements AutoCloseable {

    private static final long READY_SECONDS = 60;
    private static final long POLL_MILLIS = 3;
    private static final byte[] READY =
            "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Process process;
    private final int port;
    private final double secondsToReady;

    private ServerProcess(Process process, int port, double secondsToReady) {
        this.process = process;
        this.port = port;
        this.secondsToReady = secondsToReady;
    }

    /** The JAR on the sample's release, as a user starts it. */
    static ServerProcess smew(Workbench bench) throws IOException, InterruptedException {
        return smew(bench, List.of(), List.of());
    }

    /** The same with options for Java and for {@code serve}. */
    static ServerProcess smew(Workbench bench, List<String> java, List<String> serve)
            throws IOException, InterruptedException {
        return smew(bench, bench.store(), java, serve);
    }

    /** The same on another store. */
    static ServerProcess smew(Workbench bench, Path store, List<String> java, List<String> serve)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-jar", bench.jar().toString(), "serve", "--store", store.toString()));
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(serve);
        return start(bench, Java.command(command.toArray(String[]::new)), port);
    }

    /** An endpoint with a fixed answer, from the same JAR, that keeps single rows waiting until so many have come. */
    static ServerProcess endpoint(Workbench bench, int held) throws IOException, InterruptedException {
        int port = freePort();
        String path = bench.jar() + java.io.File.pathSeparator + bench.home().resolve("target/test-classes");
        return start(
                bench,
                Java.command(
                        "-cp", path, FixedEndpoint.class.getName(), Integer.toString(port), Integer.toString(held)),
                port);
    }

    /** Undertow alone, from the same JAR. */
    static ServerProcess bare(Workbench bench, int bodyBytes) throws IOException, InterruptedException {
        int port = freePort();
        String path = bench.jar() + java.io.File.pathSeparator + bench.home().resolve("target/test-classes");
        return start(
                bench,
                Java.command(
                        "-cp", path, BareServer.class.getName(), Integer.toString(port), Integer.toString(bodyBytes)),
                port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ServerProcess start(Workbench bench, List<String> command, int port)
            throws IOException, InterruptedException {
        Path log = bench.newFolder().resolve("server.log");
        long start = System.nanoTime();
        Process process = bench.start(command, log);
        while (!isReady(port)) {
            double waited = (System.nanoTime() - start) / 1e9;
            if (!process.isAlive() || waited > READY_SECONDS) {
                process.destroyForcibly();
                throw new IllegalStateException("A server was not ready after " + waited + " s: "
                        + String.join(" ", command) + "\n" + Files.readString(log));
            }
            Thread.sleep(POLL_MILLIS);
        }
        return new ServerProcess(process, port, (System.nanoTime() - start) / 1e9);
    }

    private static boolean isReady(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(READY_SECONDS));
            socket.getOutputStream().write(READY);
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** From the start of the process to the first 200. */
    double secondsToReady() {
        return secondsToReady;
    }

    /** What the process has used of all processors so far; NaN where the system does not tell. */
    double processorSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(used -> used.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    /** What the process holds in memory now, as Linux tells; NaN elsewhere. */
    double residentMegabytes() throws IOException {
        return status("VmRSS:") * 1024 / 1e6;
    }

    /**
     * Bytes that all threads of the process have allocated on the heap so far, asked over the management beans of its Java.
     *
     * @throws IOException when it does not answer
     */
    double allocatedBytes() throws IOException {
        try {
            VirtualMachine java = VirtualMachine.attach(Long.toString(process.pid()));
            try (JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(java.startLocalManagementAgent()))) {
                Object bytes = connector
                        .getMBeanServerConnection()
                        .getAttribute(
                                new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME), "TotalThreadAllocatedBytes");
                return ((Number) bytes).doubleValue();
            } finally {
                java.detach();
            }
        } catch (AttachNotSupportedException | JMException refused) {
            throw new IOException(refused);
        }
    }

    /** How many threads of the system the process has now, as Linux tells; 0 elsewhere. */
    int threads() {
        try {
            return (int) status("Threads:");
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private double status(String name) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
