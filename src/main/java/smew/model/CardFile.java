package smew.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;

/** Reads and writes {@code card.json}. */
public final class CardFile {

    private CardFile() {}

    /**
     * Writes the card into a model's directory.
     *
     * @throws SmewException OUTSIDE when the file system refuses
     */
    public static void write(Path directory, Card card) {
        Path file = directory.resolve(Card.FILE);
        try {
            Files.writeString(file, Json.pretty(card.with(card.metrics().alone())));
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Writing " + file + " failed: " + failed + ".", failed);
        }
    }

    /**
     * Reads the card of a model's directory.
     *
     * @throws SmewException NOT_FOUND without a card; DATA when it is damaged or of a newer format
     */
    public static Card read(Path directory) {
        Path file = directory.resolve(Card.FILE);
        Card card = parse(file);
        if (card.formatVersion() < 1 || card.formatVersion() > Card.FORMAT_VERSION) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + file + ": format_version is " + card.formatVersion() + ", this Smew reads 1 to "
                            + Card.FORMAT_VERSION + ". Use the Smew that wrote it, or run again.");
        }
        return card;
    }

    private static Card parse(Path file) {
        try {
            return Json.read(Files.readAllBytes(file), Card.class);
        } catch (NoSuchFileException missing) {
            throw new SmewException(
                    Fault.NOT_FOUND, "There is no model card at " + file + ". Run the project first.", missing);
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Reading " + file + " failed: " + failed + ".", failed);
        } catch (RuntimeException damaged) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + file + ": it is no model card of Smew. Roll back to another release, or run again.",
                    damaged);
        }
    }
}
