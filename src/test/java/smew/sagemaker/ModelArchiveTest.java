package smew.sagemaker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;

final class ModelArchiveTest {

    @TempDir
    Path folder;

    private Path model;
    private byte[] artefact;

    @BeforeEach
    void write() throws IOException {
        model = Files.createDirectories(folder.resolve("model"));
        artefact = new byte[70_001];
        new Random(1).nextBytes(artefact);
        Files.write(model.resolve("model.trees"), artefact);
        Files.writeString(model.resolve("card.json"), "{}");
    }

    @Test
    void givesBackWhatWasPackedAndTheSameBytesForTheSameFiles() throws IOException {
        ModelArchive first = ModelArchive.pack(model, folder.resolve("1.tar.gz"));
        Files.setLastModifiedTime(model.resolve("card.json"), FileTime.from(Instant.EPOCH));
        ModelArchive second = ModelArchive.pack(model, folder.resolve("2.tar.gz"));
        assertEquals(first.digest(), second.digest());
        ModelArchive.unpack("it", first.file(), folder.resolve("back"));
        assertArrayEquals(artefact, Files.readAllBytes(folder.resolve("back/model.trees")));
        assertEquals("{}", Files.readString(folder.resolve("back/card.json")));
    }

    @Test
    void isReadByOtherTar() throws Exception {
        ModelArchive archive = ModelArchive.pack(model, folder.resolve("model.tar.gz"));
        Path out = Files.createDirectories(folder.resolve("out"));
        Process tar = new ProcessBuilder("tar", "-xzf", archive.file().toString(), "-C", out.toString())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
        assertArrayEquals(artefact, Files.readAllBytes(out.resolve("model.trees")));
        Process back = new ProcessBuilder(
                        "tar", "-czf", folder.resolve("other.tar.gz").toString(), "-C", out.toString(), ".")
                .inheritIO()
                .start();
        assertEquals(0, back.waitFor());
        ModelArchive.unpack("it", folder.resolve("other.tar.gz"), folder.resolve("back"));
        assertArrayEquals(artefact, Files.readAllBytes(folder.resolve("back/model.trees")));
    }

    @Test
    void refusesNamesThatLeadElsewhere() throws IOException {
        for (String name : new String[] {"../out", "/etc/out", "a/../../out", "a\\..\\out", "C:out"}) {
            Path archive = folder.resolve("bad.tar.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive));
                    TarWriter tar = new TarWriter(out)) {
                tar.file(name, model.resolve("card.json"));
            }
            SmewException refused = assertThrows(
                    SmewException.class, () -> ModelArchive.unpack("s3://bucket/x", archive, folder.resolve("in")));
            assertEquals(Fault.DATA, refused.fault());
            assertTrue(refused.getMessage().contains("leads out of the folder"), refused.getMessage());
            assertFalse(Files.exists(folder.resolve("out")));
        }
    }

    @Test
    void refusesLinksDamageAndArchivesThatSwell() throws IOException {
        byte[] plain = plain();
        byte[] link = plain.clone();
        link[156] = '2';
        // The sum of the header goes with it.
        String sum = String.format("%06o", TarWriter.sum(java.util.Arrays.copyOf(link, TarWriter.BLOCK)));
        System.arraycopy(sum.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, link, 148, 6);
        assertTrue(refusal(link, new TarReader(10, 1 << 20)).contains("neither a file nor a folder"));
        byte[] damaged = plain.clone();
        damaged[0] ^= 1;
        assertTrue(refusal(damaged, new TarReader(10, 1 << 20)).contains("damaged"));
        assertTrue(refusal(java.util.Arrays.copyOf(plain, 700), new TarReader(10, 1 << 20))
                .contains("ends in the middle"));
        assertTrue(refusal(plain, new TarReader(10, 1000)).contains("more than"));
        assertTrue(refusal(plain, new TarReader(1, 1 << 20)).contains("more than 1 files"));
    }

    private byte[] plain() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            tar.file("card.json", model.resolve("card.json"));
            tar.file("model.trees", model.resolve("model.trees"));
        }
        return bytes.toByteArray();
    }

    private String refusal(byte[] bytes, TarReader reader) {
        return assertThrows(
                        IOException.class, () -> reader.extract(new ByteArrayInputStream(bytes), folder.resolve("in")))
                .getMessage();
    }
}
