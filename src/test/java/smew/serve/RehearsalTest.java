package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.TestStore.integers;
import static smew.serve.TestStore.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Predictor;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.serve.Rehearsal.Difference;

/** A release is asked over HTTP before it is current, and each answer has to be what the rows of the training say. */
class RehearsalTest extends OnTestStore {

    private List<Difference> differences(ReleaseId id, List<Expected> expected) {
        try (Releases releases = store.releases();
                ReleaseFiles files = releases.files(releases.manifest(id))) {
            return Rehearsal.of(releases, files).differences(expected);
        }
    }

    private Predictor predictor(ReleaseId id, String model) {
        return Predictor.load(store.directory(id).resolve("models").resolve(model));
    }

    private static Table with(Table table, Column changed) {
        List<Column> columns = new ArrayList<>();
        table.columns().forEach(column -> columns.add(column.name().equals(changed.name()) ? changed : column));
        return new Table(columns, table.rows());
    }

    @Test
    void aReleaseThatWasMadeOfTheseRowsAnswersFromThem() {
        TestStore.Model loans = TestStore.loans(1, "loans", 333);
        ReleaseId id = store.publishModels(1, loans);
        List<Expected> expected = Expected.of(predictor(id, "loans"), loans.table(), id.value());
        assertEquals(50, expected.size());
        assertEquals("/models/loans/predictions/1000", expected.getFirst().path());
        assertEquals(List.of(), differences(id, expected));
    }

    @Test
    void oneBitInOneColumnIsFoundAndNamed() {
        TestStore.Model loans = TestStore.loans(1, "loans", 60);
        ReleaseId id = store.publishModels(1, loans);
        double[] amounts = ((Column.Doubles) loans.table().column("amount").orElseThrow())
                .values()
                .clone();
        double meant = Math.nextUp(amounts[12]);
        String found = Double.toString(amounts[12]);
        amounts[12] = meant;
        Table changed = with(loans.table(), TestStore.doubles("amount", amounts));
        List<Difference> differences = differences(id, Expected.of(predictor(id, "loans"), changed, id.value()));
        assertEquals(1, differences.size());
        assertEquals("1012", differences.getFirst().expected().id());
        assertEquals(Optional.of("amount"), differences.getFirst().column());
        assertEquals(found, differences.getFirst().found());
        assertEquals(Double.toString(meant), differences.getFirst().meant());
    }

    @Test
    void whatIsNoFeatureIsNamedToo() {
        TestStore.Model loans = TestStore.loans(1, "loans", 60);
        ReleaseId id = store.publishModels(1, loans);
        List<Expected> expected = Expected.of(predictor(id, "loans"), loans.table(), "another");
        Difference difference = differences(id, expected).getFirst();
        assertEquals(Optional.empty(), difference.column());
        assertEquals("release \"" + id + "\"", difference.found());
        assertEquals("release \"another\"", difference.meant());
    }

    @Test
    void anEntityThatTheServerDoesNotKnowIsADifference() {
        TestStore.Model loans = TestStore.loans(1, "loans", 60);
        ReleaseId id = store.publishModels(1, loans);
        Table others = with(
                loans.table(),
                integers("id", IntStream.range(0, 60).mapToLong(r -> r).toArray()));
        List<Difference> differences = differences(id, Expected.of(predictor(id, "loans"), others, id.value()));
        assertEquals(50, differences.size());
        assertTrue(
                differences.getFirst().found().startsWith("status 404, {"),
                differences.getFirst().found());
    }

    @Test
    void theNewestRowOfAnEntityIsExpected() {
        TestStore.Model loans = TestStore.loans(1, "loans", 60);
        ReleaseId id = store.publishModels(1, loans);
        Table rows = with(loans.table().pick(0, 1, 2, 3, 4), integers("id", 7, 7, 8, 8, 8));
        List<Expected> expected = Expected.of(predictor(id, "loans"), rows, id.value());
        assertEquals(List.of("7", "8"), expected.stream().map(Expected::id).toList());
        double[] amounts = ((Column.Doubles) rows.column("amount").orElseThrow()).values();
        assertTrue(
                expected.get(0).body().contains("\"amount\":" + amounts[1]),
                expected.get(0).body());
        assertTrue(
                expected.get(1).body().contains("\"amount\":" + amounts[4]),
                expected.get(1).body());
    }

    @Test
    void keysOfAnyCharactersAreAskedFor() {
        String[] names = {"a/b", "100 %", "Łódź, São", "..", "x+y?z#", "", "\"'&;=", " "};
        Table sixty = TestStore.loans(1, "loans", 60).table();
        Table rows = with(
                with(
                        sixty,
                        texts(
                                "city",
                                IntStream.range(0, 60)
                                        .mapToObj(r -> names[r % 8])
                                        .toArray(String[]::new))),
                integers("id", IntStream.range(0, 60).mapToLong(r -> r).toArray()));
        ReleaseId id = store.publishModels(
                1,
                new TestStore.Model(
                        TestStore.definition(
                                "loans", List.of("city", "id"), List.of("day"), "bad", Map.of("max-depth", "4")),
                        rows));
        List<Expected> expected = Expected.of(predictor(id, "loans"), rows, id.value());
        assertTrue(expected.size() > 40, "all but the empty ones: " + expected.size());
        assertEquals(List.of(), differences(id, expected));
    }
}
