package smew.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.model.CardFile;
import smew.project.Relation;

/** Held-out rows that came as a set of their own, and rows without an entity. */
class GivenRowsTest {

    private static final Relation.Model MODEL = Tables.model("customer_id", "churn", "decision-tree");

    @TempDir
    Path folder;

    private Card fit(Relation.Model model, Table rows, BitSet heldOut, String name) {
        return Training.fit(
                model, rows, heldOut, Training.Terms.of(LocalDate.EPOCH), folder.resolve(name), Progress.NONE);
    }

    private static BitSet last(int rows, int of) {
        BitSet last = new BitSet();
        last.set(of - rows, of);
        return last;
    }

    private byte[] artefact(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("model.trees"));
    }

    @Test
    void theCardSaysThatTheRowsWereGivenAndReadsBack() {
        Table table = Tables.churn(400, 3);
        Card card = fit(MODEL, table, last(100, 400), "a");
        assertEquals(new Card.Split(Card.SplitBy.GIVEN, 0.25), card.split());
        assertEquals(300, card.rows().training());
        assertEquals(100, card.rows().heldOut());
        assertEquals(Json.pretty(card), Json.pretty(CardFile.read(folder.resolve("a"))));
    }

    @Test
    void whatIsHeldOutIsNotLearnedFrom() throws IOException {
        Table table = Tables.churn(400, 3);
        fit(MODEL, table, last(100, 400), "a");
        Table other = Tables.pick(
                table,
                IntStream.concat(IntStream.range(0, 300), IntStream.range(300, 350))
                        .toArray());
        fit(MODEL, other, last(50, 350), "b");
        assertArrayEquals(artefact("a"), artefact("b"));
    }

    @Test
    void anotherPartingOfTheSameRowsIsOtherData() {
        Table table = Tables.churn(400, 3);
        String first = fit(MODEL, table, last(100, 400), "a").provenance().dataDigest();
        assertEquals(first, fit(MODEL, table, last(100, 400), "b").provenance().dataDigest());
        assertNotEquals(
                first, fit(MODEL, table, last(99, 400), "c").provenance().dataDigest());
        assertNotEquals(first, fit(MODEL, table, new BitSet(), "d").provenance().dataDigest());
    }

    @Test
    void refusesAClassThatOnlyTheHeldOutRowsHave() {
        Table table = Tables.of(
                Tables.integers("id", IntStream.range(0, 40).asLongStream().toArray()),
                Tables.integers("x", IntStream.range(0, 40).asLongStream().toArray()),
                Tables.integers(
                        "y",
                        IntStream.range(0, 40)
                                .mapToLong(i -> i < 30 ? i % 2 : 2)
                                .toArray()));
        SmewException refused = assertThrows(
                SmewException.class, () -> fit(Tables.model("id", "y", "decision-tree"), table, last(10, 40), "a"));
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(refused.getMessage().contains("without a row to learn from"), refused.getMessage());
        assertTrue(refused.getMessage().contains("drop it from that set"), refused.getMessage());
    }

    private static Relation.Model nameless(Optional<Relation.Split> split) {
        return new Relation.Model(
                MODEL.file(),
                List.of(),
                List.of(),
                MODEL.label(),
                Optional.empty(),
                Optional.empty(),
                MODEL.algorithm(),
                split,
                MODEL.resample(),
                MODEL.missing(),
                MODEL.seed(),
                MODEL.calibrate(),
                MODEL.threshold());
    }

    @Test
    void rowsWithoutAnEntityAreSplitAtRandomWhateverTheirOrder() throws IOException {
        Table table = Tables.churn(400, 3);
        Card card = fit(nameless(Optional.empty()), table, new BitSet(), "a");
        assertEquals(Card.SplitBy.RANDOM, card.split().by());
        assertEquals(List.of(), card.entity());
        fit(nameless(Optional.empty()), Tables.shuffled(table, 9), new BitSet(), "b");
        assertArrayEquals(artefact("a"), artefact("b"));
        Optional<Relation.Split> byEntity = Optional.of(new Relation.Split(Relation.SplitBy.ENTITY, 0.3));
        SmewException refused =
                assertThrows(SmewException.class, () -> fit(nameless(byEntity), table, new BitSet(), "c"));
        assertTrue(refused.getMessage().contains("a split by entity needs one"), refused.getMessage());
    }
}
