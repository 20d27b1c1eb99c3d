package smew.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;

class ArtefactTest {

    /** A number of three others. */
    private static final Card CARD = SmallTrees.card(
            Stream.of("a", "b", "c")
                    .map(name -> new Card.Input(name, Card.Type.NUMBER, List.of(), 0, 0, 0, Optional.empty()))
                    .toList(),
            0);

    @TempDir
    Path directory;

    private Card.ArtefactFile trees(Serializable content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(content);
        }
        Files.write(directory.resolve("model.ser"), bytes.toByteArray());
        return new Card.ArtefactFile("model.ser", "trees", bytes.size(), Digest.of(bytes.toByteArray()));
    }

    private SmewException refused(Card.ArtefactFile file) {
        SmewException refused = assertThrows(SmewException.class, () -> {
            Artefact.compare(directory, file);
            Artefact.read(directory, file, CARD);
        });
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(refused.getMessage().contains(directory.toString()), refused.getMessage());
        return refused;
    }

    @Test
    void readsBackTheCoefficientsItWrote() {
        double[][] coefficients = {{0.1, -2.5e-17, Double.MIN_VALUE, 1e300}};
        Card.ArtefactFile file =
                Artefact.write(directory, new LinearScorer(CARD, new Learned.Linear(coefficients, Optional.empty())));
        LinearScorer read = (LinearScorer) Artefact.read(directory, file, CARD);
        assertArrayEquals(coefficients[0], read.learned().coefficients()[0]);
    }

    @Test
    void refusesAClassThatIsNotOnTheList() throws IOException {
        String message = refused(trees(new PriorityQueue<>())).getMessage();
        assertTrue(message.contains("class java.util.PriorityQueue, which is not allowed"), message);
    }

    @Test
    void refusesAnAllowedClassThatIsNoModel() throws IOException {
        refused(trees(new ArrayList<>()));
    }

    @Test
    void refusesObjectsNestedVeryDeep() throws IOException {
        Serializable nested = "end";
        for (int depth = 0; depth < 1500; depth++) {
            nested = new Object[] {nested};
        }
        assertTrue(refused(trees(nested)).getMessage().contains("nested"));
    }

    /** The length of an array, the last four bytes before its content, is what a stream allocates by. */
    @Test
    void refusesAnArrayThatIsLongerThanItsFile() throws IOException {
        trees(new int[0]);
        Path file = directory.resolve("model.ser");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, Integer.MAX_VALUE);
        Files.write(file, bytes);
        String message = refused(new Card.ArtefactFile("model.ser", "trees", bytes.length, Digest.of(bytes)))
                .getMessage();
        assertTrue(message.contains("an array of 2147483647 elements in " + bytes.length + " bytes"), message);
    }

    @Test
    void refusesAFileWhoseBytesChanged() throws IOException {
        Card.ArtefactFile file = trees("text");
        byte[] bytes = Files.readAllBytes(directory.resolve("model.ser"));
        bytes[bytes.length - 1]++;
        Files.write(directory.resolve("model.ser"), bytes);
        assertTrue(refused(file).getMessage().contains("SHA-256"));
    }

    @Test
    void refusesATruncatedAndAMissingFile() throws IOException {
        Card.ArtefactFile file = trees("text");
        Files.write(directory.resolve("model.ser"), new byte[3]);
        refused(file);
        Files.delete(directory.resolve("model.ser"));
        refused(file);
    }

    @Test
    void readsNoFileOutsideItsDirectory() throws IOException {
        Path inside = Files.createDirectory(directory.resolve("inside"));
        Card.ArtefactFile file = trees("text");
        Card.ArtefactFile outside = new Card.ArtefactFile("../model.ser", file.kind(), file.bytes(), file.sha256());
        SmewException refused = assertThrows(SmewException.class, () -> Artefact.read(inside, outside, CARD));
        assertTrue(refused.getMessage().contains("cannot be read"), refused.getMessage());
    }

    @Test
    void refusesADamagedCardAndAnUnknownFormat() throws IOException {
        assertEquals(
                Fault.NOT_FOUND,
                assertThrows(SmewException.class, () -> CardFile.read(directory))
                        .fault());
        for (String card : new String[] {"", "{", "[]", "{\"format_version\": 99, \"inputs\": []}"}) {
            Files.writeString(directory.resolve("card.json"), card);
            SmewException refused = assertThrows(SmewException.class, () -> CardFile.read(directory));
            assertEquals(Fault.DATA, refused.fault());
            assertTrue(refused.getMessage().contains("card.json"), refused.getMessage());
        }
    }
}
