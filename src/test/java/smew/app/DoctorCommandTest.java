package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DoctorCommandTest extends OnPrompt {

    private final Engine engine = new Wiring(Clock.systemUTC());

    @BeforeEach
    void write() throws IOException {
        prompt.environment.put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        Files.createDirectories(directory.resolve("sql/features"));
        Files.writeString(directory.resolve("sql/features/one.sql"), "-- @entity id\nSELECT 1 AS id\n");
    }

    private int doctor(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "doctor";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return prompt.run(engine, all);
    }

    private void finds(String line) {
        assertTrue(
                prompt.out().lines().anyMatch(said -> said.replaceAll(" +", " ").contains(line)),
                () -> line + "\n" + prompt.out());
    }

    @Test
    void hasOneLineForWhatASupportThreadWouldAsk() {
        assertEquals(0, doctor(), prompt::out);
        finds("ok java ");
        finds("ok duckdb v");
        finds("1 feature view,");
        finds("ok store ");
        finds("ok disk ");
        finds("ok setting none");
        finds("ok cache ");
        finds("ok aws not set up");
        assertTrue(prompt.out().contains("port"), prompt::out);
    }

    @Test
    void failsWhereThereIsNoProject() {
        assertEquals(5, doctor("--project", "elsewhere"));
        finds("fail project there is no folder sql/");
    }

    @Test
    void tellsOfProblemsOfTheProject() throws IOException {
        Files.writeString(directory.resolve("sql/features/one.sql"), "-- @entiti id\nSELECT 1 AS id\n");
        assertEquals(5, doctor());
        finds("sql/features/one.sql:1: There is no directive @entiti");
    }

    @Test
    void saysWhereSettingsComeFromAndHidesSecrets() {
        prompt.write("smew.properties", "port = 9123\nset.loans = a.csv\ntoken-file = tokens.txt\n");
        prompt.environment.put("SMEW_TOKEN", "hunter2");
        prompt.environment.put("SMEW_PROT", "1");
        assertEquals(0, doctor(), prompt::out);
        finds("ok setting port = 9123, from smew.properties:1");
        finds("ok setting set.loans = a.csv, from smew.properties:2");
        finds("ok setting token = (hidden), from SMEW_TOKEN");
        finds("ok setting token-file = tokens.txt, from smew.properties:3");
        finds("warn setting The environment variable SMEW_PROT is no setting");
        assertFalse(prompt.out().contains("hunter2"), prompt::out);
        assertTrue(prompt.out().contains("9123 is"), prompt::out);
    }

    @Test
    void goesOnWhereSettingsCannotBeRead() {
        prompt.write("smew.properties", "prot = 9123\n");
        assertEquals(5, doctor());
        finds("fail setting smew.properties:1: prot is no setting");
        finds("ok duckdb v");
    }

    @Test
    void tellsWhoHoldsTheStoreAndThatAReleaseIsDamaged() throws IOException {
        Files.createDirectories(directory.resolve("out"));
        Files.writeString(directory.resolve("out/CURRENT"), "nonsense");
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("out/.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            assertEquals(5, doctor());
            finds("warn lock a run is writing to the store");
            finds("fail release ");
        }
        Files.delete(directory.resolve("out/CURRENT"));
        assertEquals(0, doctor(), prompt::out);
        finds("ok lock no run");
        finds("warn release none is current");
    }

    @Test
    void failsWhereTheStoreIsAFile() throws IOException {
        Files.writeString(directory.resolve("out"), "");
        assertEquals(5, doctor());
        finds("fail store ");
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            prompt.environment.put("SMEW_PORT", Integer.toString(taken.getLocalPort()));
            assertEquals(0, doctor());
            finds("warn port " + taken.getLocalPort() + " is taken by another program");
        }
    }

    @Test
    void asksNobodyForAStoreOnS3() {
        assertEquals(0, doctor("--store", "s3://bucket/prefix", "--json"), prompt::out);
        assertTrue(
                prompt.out().contains("\"about\":\"store\",\"found\":\"s3://bucket/prefix on S3; not asked"),
                prompt::out);
    }
}
