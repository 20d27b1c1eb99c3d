package smew.starter;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** Writes the feature view: what is known of an entity, and what its earlier rows say. */
final class ViewText {

    private ViewText() {}

    static String of(Blueprint plan) {
        List<String> lines = new ArrayList<>();
        lines.add(plan.grain() + ": what the model may know of " + plan.who()
                + plan.time().map(event -> " at " + Said.plain(event.name())).orElse("") + ".");
        lines.add("");
        plan.features()
                .forEach(feature -> feature.meaning()
                        .ifPresent(meaning -> lines.add(Names.directive(Said.line(feature.name())) + ": " + meaning)));
        if (!lines.getLast().isEmpty()) {
            lines.add("");
        }
        lines.addAll(caution(plan));
        lines.addAll(plan.leftOutLines());
        lines.add("");
        lines.add(Blueprint.directive("entity", plan.entity()));
        plan.time().ifPresent(_ -> lines.add(Blueprint.directive("time", plan.times())));
        return Blueprint.comment(lines) + "\n" + select(plan);
    }

    private static List<String> caution(Blueprint plan) {
        if (plan.time().isEmpty()) {
            return List.of(
                    "Every column is taken to be known when a prediction is asked for: take out what becomes known later.");
        }
        String event = Said.plain(plan.time().get().name());
        String label = Said.plain(plan.label().name());
        List<String> lines = new ArrayList<>();
        lines.add("Every column is taken to be known at " + event + ": take out what becomes known later.");
        if (plan.history()) {
            lines.add(
                    "Rows of one " + event + " do not see each other, because nobody knows which of them came first.");
            lines.add("Earlier values of " + label
                    + " are no feature on purpose: nothing in the file tells when each became known," + " and what");
            lines.add("was not known yet would be a leak. Where a column has that time, count those that are before "
                    + event + ".");
        }
        return lines;
    }

    private static String select(Blueprint plan) {
        Names names = plan.names();
        List<String> items = new ArrayList<>();
        plan.keys().forEach(key -> items.add(names.sql(key)));
        items.add(names.sql(plan.label().name()));
        for (Feature feature : plan.features()) {
            String name = names.sql(feature.name());
            items.add(feature.expression().equals(name) ? name : feature.expression() + " AS " + name);
        }
        List<String> conditions = conditions(plan);
        return Blueprint.list(items)
                + "FROM " + plan.source() + "\n"
                + (conditions.isEmpty() ? "" : "WHERE " + String.join("\n    AND ", conditions) + "\n")
                + (plan.history() ? window(plan) : "");
    }

    /** Which rows there are for whoever asks on the as-of date. */
    static List<String> conditions(Blueprint plan) {
        Names names = plan.names();
        List<String> conditions = new ArrayList<>();
        if (plan.unknown() > 0) {
            plan.entity().forEach(key -> conditions.add(names.sql(key) + " IS NOT NULL"));
        }
        plan.time().ifPresent(event -> {
            String name = names.sql(event.name());
            conditions.add(
                    event.type().equals("DATE")
                            ? name + " <= getvariable('as_of')::DATE"
                            : event.isDate() ? name + " < getvariable('as_of')::DATE + 1" : name + " IS NOT NULL");
        });
        return conditions;
    }

    private static String window(Blueprint plan) {
        Names names = plan.names();
        String event = names.sql(plan.time().orElseThrow().name());
        return "WINDOW earlier AS (\n"
                + "    PARTITION BY " + plan.entity().stream().map(names::sql).collect(joining(", ")) + "\n"
                + "    ORDER BY " + event + "\n"
                + "    -- Without its own group: rows of the same "
                + Said.plain(plan.time().get().name()) + " are not earlier.\n"
                + "    RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP\n"
                + ")\n";
    }
}
