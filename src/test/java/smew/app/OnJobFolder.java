package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import smew.model.Card;
import smew.model.CardFile;

/** A folder that stands for that of a training container. */
abstract class OnJobFolder {

    static final String HEADER = "id,amount,city,y\n";
    static final String PARAMETERS =
            "{\"label\":\"y\",\"entity\":\"id\",\"algorithm\":\"decision-tree\",\"as-of\":\"2024-01-01\"}";

    @TempDir
    Path prefix;

    Prompt prompt;

    @BeforeEach
    void prepare() throws IOException {
        prompt = new Prompt(prefix);
        config("hyperparameters", PARAMETERS);
    }

    void config(String name, String json) throws IOException {
        write("input/config/" + name + ".json", json.getBytes(StandardCharsets.UTF_8));
    }

    void channels(String json) throws IOException {
        config("inputdataconfig", json.replace('\'', '"'));
    }

    void data(String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write("input/data/" + path, path.contains(".gz") || path.endsWith("zipped") ? gzip(bytes) : bytes);
    }

    void write(String path, byte[] bytes) throws IOException {
        Path file = prefix.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var zipped = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    /** Loans without a header; the larger ones go bad. */
    static String rows(int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int id = from; id < to; id++) {
            Random random = new Random(id);
            int amount = random.nextInt(1000);
            rows.append(String.format(
                    Locale.ROOT,
                    "%d,%d.5,%s,%d\n",
                    id,
                    amount,
                    random.nextBoolean() ? "Oslo" : "\"Rome, IT\"",
                    amount + random.nextInt(200) > 600 ? 1 : 0));
        }
        return rows.toString();
    }

    int train() {
        return prompt.run(new Wiring(Clock.systemUTC()), "train", "--prefix", prefix.toString());
    }

    Card trained() {
        assertEquals(0, train(), prompt.err());
        return CardFile.read(prefix.resolve("model"));
    }

    /** The exit code has to be this; the answer is what SageMaker shows. */
    String failure(int code) throws IOException {
        assertEquals(code, train(), prompt.err());
        assertFalse(Files.exists(prefix.resolve("model/card.json")));
        String failure = Files.readString(prefix.resolve("output/failure"));
        assertTrue(prompt.err().contains(failure), prompt.err());
        assertFalse(failure.contains("read_csv"), failure);
        return failure;
    }
}
