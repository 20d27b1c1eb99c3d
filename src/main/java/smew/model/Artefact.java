package smew.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;

/** The file with what was learned: coefficients as JSON, trees as Java serialisation behind an allow-list. */
public final class Artefact {

    private static final String TREES = "trees";
    private static final String LINEAR = "linear";

    private Artefact() {}

    /**
     * Writes what was learned into a model's directory. The same content gives the same bytes.
     *
     * @throws SmewException OUTSIDE when the file system refuses
     */
    public static Card.ArtefactFile write(Path directory, Learned learned) {
        boolean linear = learned instanceof Learned.Linear;
        byte[] bytes = learned instanceof Learned.Linear coefficients
                ? Json.pretty(coefficients).getBytes(StandardCharsets.UTF_8)
                : serialise(learned);
        Path file = directory.resolve(linear ? "model.json" : "model.ser");
        try {
            Files.createDirectories(directory);
            Files.write(file, bytes);
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Writing " + file + " failed: " + failed + ".", failed);
        }
        return new Card.ArtefactFile(
                file.getFileName().toString(), linear ? LINEAR : TREES, bytes.length, Digest.of(bytes));
    }

    private static byte[] serialise(Learned learned) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(learned);
        } catch (IOException failed) {
            throw new SmewException(Fault.INTERNAL, "Serialising a model in memory failed: " + failed + ".", failed);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the artefact that a card names. Its digest is compared before any of its bytes is understood.
     *
     * @throws SmewException DATA, naming the file, when it is missing, altered, or holds a class outside the allow-list
     */
    static Learned read(Path directory, Card.ArtefactFile expected) {
        Path file = directory.resolve(Path.of(expected.file()).getFileName().toString());
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException failed) {
            throw damaged(file, "it cannot be read (" + failed + ")", failed);
        }
        String digest = Digest.of(bytes);
        if (!digest.equals(expected.sha256())) {
            throw damaged(
                    file,
                    "its SHA-256 is " + digest + ", the card expects " + expected.sha256(),
                    new IOException(digest));
        }
        try {
            return switch (expected.kind()) {
                case LINEAR -> Json.read(new String(bytes, StandardCharsets.UTF_8), Learned.Linear.class);
                case TREES -> deserialise(bytes);
                default -> throw new IOException("unknown kind " + expected.kind());
            };
        } catch (IOException | ClassNotFoundException | RuntimeException | OutOfMemoryError refused) {
            throw damaged(file, "it holds no model that this Smew accepts (" + refused.getMessage() + ")", refused);
        }
    }

    private static Learned deserialise(byte[] bytes) throws IOException, ClassNotFoundException {
        AllowList allowed = new AllowList(bytes.length);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(allowed);
            return (Learned) in.readObject();
        } catch (InvalidClassException refused) {
            throw allowed.refused().isEmpty()
                    ? refused
                    : new IOException("it contains " + allowed.refused() + ", which is not allowed", refused);
        }
    }

    private static SmewException damaged(Path file, String found, Throwable cause) {
        return new SmewException(
                Fault.DATA,
                "Loading model file " + file + ": " + found + ". Roll back to another release, or run again.",
                cause);
    }
}
