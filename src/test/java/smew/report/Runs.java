package smew.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.model.Card;
import smew.model.Metrics;
import smew.project.Kind;
import smew.project.Leaks;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.Output;
import smew.release.Profile;

/** Small runs to report: every name and text can be chosen. */
final class Runs {

    static final Instant CREATED = Instant.parse("2026-11-23T15:45:00.123Z");
    static final String DIGEST = "0123456789abcdef".repeat(4);

    private Runs() {}

    /** Loans, one view, no model. */
    static ReportedRun featuresOnly() {
        return run("shop", "loans", "history", "amount", List.of(), List.of(check("loans_are_unique", "error", 0)));
    }

    /** The same with these models, which all read the view. */
    static ReportedRun with(Card... cards) {
        return run("shop", "loans", "history", "amount", List.of(cards), List.of());
    }

    static ReportedRun with(List<Manifest.Check> checks) {
        return run("shop", "loans", "history", "amount", List.of(), checks);
    }

    /** A run in which every text of the analyst's is the same one. */
    static ReportedRun saying(String text) {
        return run(
                text,
                text,
                text + "2",
                text,
                List.of(card(text + "3", text, List.of(text + "a", text + "b"), Optional.of(text + "a"), text)),
                List.of(check(text + "4", "warn", 3)));
    }

    private static ReportedRun run(
            String project, String source, String view, String column, List<Card> cards, List<Manifest.Check> checks) {
        List<Manifest.Sql> sql = new ArrayList<>();
        sql.add(sql(Kind.SOURCE, source, List.of()));
        sql.add(sql(Kind.FEATURE_VIEW, view, List.of(source)));
        cards.forEach(card -> sql.add(sql(Kind.MODEL, card.name(), List.of(view))));
        checks.forEach(check -> sql.add(sql(Kind.CHECK, check.name(), List.of(source))));
        Map<String, Double> timings = new LinkedHashMap<>();
        timings.put("features", 3.0);
        timings.put("models", 9.5);
        Manifest manifest = new Manifest(
                "20261123T154500.123Z-0123456789ab",
                CREATED,
                LocalDate.of(2021, 9, 17),
                Optional.empty(),
                Map.of("smew", "0.1.0"),
                sql,
                List.of(new Manifest.Input(source, column, "data/" + column + ".csv", 1_234_567, DIGEST)),
                List.of(new Manifest.View(
                        view,
                        List.of("id"),
                        List.of("day"),
                        777_715,
                        36_457,
                        12,
                        List.of(
                                new Manifest.Column("id", "BIGINT"),
                                new Manifest.Column("day", "DATE"),
                                new Manifest.Column(column, "DOUBLE")))),
                cards.stream()
                        .map(card -> new Manifest.Model(card.name(), card.rows().total(), Map.of()))
                        .toList(),
                checks,
                Optional.empty(),
                Optional.empty(),
                List.of(new Output("features/" + view + "/part-0.parquet", 99, DIGEST, Optional.empty())),
                timings);
        Profile profile = new Profile(
                Map.of(source, 777_715L),
                Map.of(
                        view,
                        List.of(
                                new Profile.Values(0, 36_001, "5008804", "5150487", "5.07e+06"),
                                new Profile.Values(0, 700, "2019-01-01", "2020-12-30", ""),
                                new Profile.Values(77_772, 500_000, "0.123456", "123456.789", "187.5"))));
        return new ReportedRun(project, manifest, cards, profile);
    }

    /** The same run, with what leak tests found and a gate. */
    static ReportedRun with(ReportedRun run, Optional<Leaks> leaks, Optional<Manifest.Gate> gate) {
        Manifest manifest = run.manifest();
        return new ReportedRun(
                run.project(),
                new Manifest(
                        manifest.id(),
                        manifest.created(),
                        manifest.asOf(),
                        manifest.asked(),
                        manifest.versions(),
                        manifest.sql(),
                        manifest.inputs(),
                        manifest.views(),
                        manifest.models(),
                        manifest.checks(),
                        leaks,
                        gate,
                        manifest.outputs(),
                        manifest.timings()),
                run.cards(),
                run.profile());
    }

    static Manifest.Check check(String name, String severity, long failing) {
        return new Manifest.Check(name, severity, failing);
    }

    private static Manifest.Sql sql(Kind kind, String name, List<String> reads) {
        return new Manifest.Sql(
                "sql/" + kind.folder() + "/" + name + ".sql",
                kind,
                name,
                "What " + name + " is.",
                reads,
                DIGEST,
                "SELECT 1 AS " + name);
    }

    static Card binary() {
        return card("risk", "status", List.of("0", "1"), Optional.of("1"), "kind");
    }

    private static Card card(
            String name, String label, List<String> classes, Optional<String> positive, String category) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("accuracy", 0.93816);
        figures.put("auc", 0.7604);
        figures.put("log_loss", 0.2042);
        figures.put("unheard_of", 3.0);
        Map<String, Double> baseline = Map.of("accuracy", 0.9390, "log_loss", 0.2324);
        return card(
                name,
                Relation.Task.CLASSIFICATION,
                label,
                classes,
                positive,
                inputs(category),
                Metrics.of(figures, baseline, List.of(List.of(11_242L, 7L), List.of(734L, 9L))));
    }

    /** A model of two classes with these inputs and metrics. */
    static Card card(List<String> classes, Optional<String> positive, List<Card.Input> inputs, Metrics metrics) {
        return card("risk", Relation.Task.CLASSIFICATION, "status", classes, positive, inputs, metrics);
    }

    /** A category, then numbers. */
    static List<Card.Input> inputs(String category, String... numbers) {
        List<Card.Input> inputs = new ArrayList<>();
        inputs.add(new Card.Input(category, Card.Type.CATEGORY, List.of(category, "other"), 0, 0, 4, Optional.empty()));
        for (String number : numbers) {
            inputs.add(new Card.Input(number, Card.Type.NUMBER, List.of(), 5.2, 207, 0, Optional.empty()));
        }
        return inputs;
    }

    static Card threeClasses() {
        return card(
                "species",
                Relation.Task.CLASSIFICATION,
                "kind",
                List.of("ant", "bee", "cat"),
                Optional.empty(),
                List.of(new Card.Input("legs", Card.Type.NUMBER, List.of(), 4, 1, 0, Optional.empty())),
                Metrics.of(
                        Map.of("accuracy", 0.8, "log_loss", 0.6),
                        Map.of("accuracy", 0.4, "log_loss", 1.09),
                        List.of(List.of(4L, 1L, 0L), List.of(0L, 3L, 0L), List.of(1L, 0L, 1L))));
    }

    static Card regression() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("rmse", 48_213.7);
        figures.put("mae", 31_000.2);
        figures.put("r2", 0.8214);
        return card(
                "price",
                Relation.Task.REGRESSION,
                "value",
                List.of(),
                Optional.empty(),
                List.of(new Card.Input("rooms", Card.Type.NUMBER, List.of(), 5.2, 207, 0, Optional.empty())),
                Metrics.of(figures, Map.of("rmse", 115_000.0, "mae", 91_000.0, "r2", -0.0001), List.of()));
    }

    private static Card card(
            String name,
            Relation.Task task,
            String label,
            List<String> classes,
            Optional<String> positive,
            List<Card.Input> inputs,
            Metrics metrics) {
        Map<String, Long> perClass = new LinkedHashMap<>();
        classes.forEach(each -> perClass.put(each, 10_000L));
        return new Card(
                Card.FORMAT_VERSION,
                name,
                task,
                task == Relation.Task.REGRESSION ? Card.LabelType.NUMBER : Card.LabelType.TEXT,
                classes,
                positive,
                List.of("id"),
                List.of("day", "number"),
                label,
                inputs,
                new Card.Algorithm("random-forest", Map.of("trees", 40L)),
                new Card.Split(Card.SplitBy.ENTITY, 0.3),
                "none",
                Relation.Missing.MEDIAN,
                42,
                new Card.Rows(40_000, 39_990, 10, 27_998, 11_992, 27_998, perClass, 0),
                metrics,
                inputs.stream()
                        .map(input -> new Card.Importance(input.name(), 1.0 / inputs.size()))
                        .toList(),
                new Card.Provenance(DIGEST, DIGEST, LocalDate.of(2021, 9, 17), "0.1.0", "6.3.0"),
                new Card.ArtefactFile("model.trees", "compiled-trees", 1000, DIGEST),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
