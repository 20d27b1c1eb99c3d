package smew.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;

/**
 * The file with what was learned: coefficients as JSON, trees as {@link TreesFile} has them. Up to format 2 trees were kept as Java
 * serialisation of Smile's, which is read behind an allow-list.
 */
final class Artefact {

    private static final String COMPILED = "compiled-trees";
    private static final String LINEAR = "linear";
    private static final String SERIALISED = "trees";

    private Artefact() {}

    /**
     * Writes what was learned into a model's directory. The same content gives the same bytes.
     *
     * @throws SmewException OUTSIDE when the file system refuses
     */
    static Card.ArtefactFile write(Path directory, Scorer scorer) {
        return switch (scorer) {
            case TreeScorer trees -> write(directory.resolve("model.trees"), COMPILED, TreesFile.bytes(trees.trees()));
            case LinearScorer linear ->
                write(
                        directory.resolve("model.json"),
                        LINEAR,
                        Json.pretty(linear.learned()).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static Card.ArtefactFile write(Path file, String kind, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Writing " + file + " failed: " + failed + ".", failed);
        }
        return new Card.ArtefactFile(file.getFileName().toString(), kind, bytes.length, Digest.of(bytes));
    }

    /**
     * Compares an artefact with its digest, before any of its bytes is understood.
     *
     * @throws SmewException DATA, naming the file, when it is missing or altered
     */
    static void compare(Path directory, Card.ArtefactFile expected) {
        Path file = file(directory, expected);
        String digest = Digest.of(bytes(file));
        if (!digest.equals(expected.sha256())) {
            throw damaged(
                    file,
                    "its SHA-256 is " + digest + ", the card expects " + expected.sha256(),
                    new IOException(digest));
        }
    }

    private static Path file(Path directory, Card.ArtefactFile expected) {
        return directory.resolve(Path.of(expected.file()).getFileName().toString());
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw damaged(file, "it cannot be read (" + failed + ")", failed);
        }
    }

    /**
     * Reads an artefact.
     *
     * @param expected what the model's card says of it
     * @throws SmewException DATA, naming the file, when it is missing, holds a class outside the allow-list, or is no model of that card;
     *     naming the model whose trees answer otherwise once they are compiled
     */
    static Scorer read(Path directory, Card.ArtefactFile expected, Card card) {
        Path file = file(directory, expected);
        byte[] bytes = bytes(file);
        try {
            return switch (expected.kind()) {
                case COMPILED -> new TreeScorer(card, TreesFile.read(bytes, card));
                case LINEAR -> new LinearScorer(card, Json.read(bytes, Learned.Linear.class));
                case SERIALISED -> TreeScorer.of(card, deserialise(bytes), bytes.length);
                default -> throw new IOException("unknown kind " + expected.kind());
            };
        } catch (SmewException refused) {
            throw refused;
        } catch (IOException | ClassNotFoundException | RuntimeException | OutOfMemoryError refused) {
            throw damaged(file, "it holds no model that this Smew accepts (" + refused.getMessage() + ")", refused);
        }
    }

    private static Learned.Trees deserialise(byte[] bytes) throws IOException, ClassNotFoundException {
        AllowList allowed = new AllowList(bytes.length);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(allowed);
            return (Learned.Trees) in.readObject();
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
