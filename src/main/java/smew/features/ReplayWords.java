package smew.features;

import java.util.Locale;
import java.util.Optional;
import smew.features.Comparison.Example;
import smew.features.RelationReplay.Evidence;
import smew.features.RelationReplay.Found;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Relation;

/** Says what a replay found: evidence with numbers and an example, and what to do. */
final class ReplayWords {

    private ReplayWords() {}

    /** A finding, judged by the rules of the relation. */
    static Leak leak(Relation relation, Found found) {
        return relation.leakRules()
                .leak(
                        found.kind(),
                        severity(relation, found.kind()),
                        relation.name(),
                        found.column(),
                        found.column().map(column -> changed(found, column)).orElseGet(() -> moved(found.evidence()))
                                + found.from().map(from -> from(from)).orElse(""),
                        cure(relation, found));
    }

    /** Which rows a model learns from is its own choice: the newest ones, or those whose label is known by now. */
    private static Relation.Severity severity(Relation relation, LeakKind kind) {
        return kind == LeakKind.ROWS && relation instanceof Relation.Model ? Relation.Severity.WARN : kind.severity();
    }

    private static String changed(Found found, String column) {
        Evidence evidence = found.evidence();
        String when =
                evidence.day().map(day -> " when the run is as of " + day).orElse(" when later rows are taken away");
        String example = evidence.example()
                .map(row -> ", such as that of " + row.row() + ": " + row.made() + ", and " + row.other() + " then")
                .orElse("");
        return count(evidence.differences().changed(column)) + " of "
                + count(evidence.differences().rows()) + " values before " + evidence.moment() + " change" + when
                + example + ".";
    }

    private static String moved(Evidence evidence) {
        String of = " of " + count(evidence.differences().rows()) + " rows before " + evidence.moment();
        String gone = evidence.differences().gone() > 0
                ? count(evidence.differences().gone()) + of + " exist only thanks to later rows"
                        + such(evidence.example())
                : "";
        String come = evidence.differences().come() > 0
                ? count(evidence.differences().come()) + (gone.isEmpty() ? " rows before " + evidence.moment() : "")
                        + " are missing because of later rows" + such(evidence.come())
                : "";
        return gone + (gone.isEmpty() || come.isEmpty() ? "" : ", and ") + come + ".";
    }

    private static String such(Optional<Example> example) {
        return example.map(row -> ", such as that of " + row.row()).orElse("");
    }

    private static String from(Relation from) {
        return switch (from) {
            case Relation.FeatureView view
            when view.time().isEmpty() ->
                " They come through " + view.name() + ", which has one row per " + String.join(", ", view.entity())
                        + " and no event time.";
            case Relation.FeatureView _, Relation.Source _, Relation.Model _, Relation.Check _ ->
                " They are rows of " + from.name() + ".";
        };
    }

    private static String cure(Relation relation, Found found) {
        String time = Timeline.time(relation).getFirst();
        if (found.kind() == LeakKind.AS_OF) {
            return "Compute it from " + time + " in place of the as-of date, so that it says what was known then.";
        }
        if (found.kind() == LeakKind.ROWS) {
            return "Keep a row whatever happens later: LEFT JOIN in place of JOIN, and no filter that looks at later rows.";
        }
        Optional<Relation.FeatureView> timeless = found.from()
                .filter(Relation.FeatureView.class::isInstance)
                .map(Relation.FeatureView.class::cast)
                .filter(view -> view.time().isEmpty());
        return timeless.map(view -> "Give " + view.name() + " an event time, one row for each "
                        + String.join(", ", view.entity()) + " and time, and join it with ASOF JOIN on a time before "
                        + time + ".")
                .orElse("Let it see rows before " + time
                        + " only: a window frame that ends before the row, or a join on" + " an earlier time.");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
