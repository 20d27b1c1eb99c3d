package smew.starter;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.starter.StarterProject.File;

/** Writes the checks: what held in the file, and has to hold in the next one. */
final class CheckTexts {

    private static final double MISSING = 0.05;

    private static final double MOST_MISSING = 0.99;

    private static final MathContext UP = new MathContext(2, RoundingMode.UP);

    private CheckTexts() {}

    static List<File> of(Blueprint plan) {
        List<File> files = new ArrayList<>();
        unique(plan).ifPresent(files::add);
        plausible(plan).ifPresent(files::add);
        files.add(known(plan));
        return files;
    }

    private static File file(Blueprint plan, String name, String text) {
        return new File("sql/checks/" + plan.source() + "_" + name + ".sql", text);
    }

    private static Optional<File> unique(Blueprint plan) {
        if (plan.unique().isEmpty()) {
            return Optional.empty();
        }
        String keys = plan.unique().stream().map(plan.names()::sql).collect(joining(", "));
        String filled = plan.unique().stream()
                .map(key -> plan.names().sql(key) + " IS NOT NULL")
                .collect(joining(" AND "));
        return Optional.of(file(
                plan,
                "rows_are_unique",
                Blueprint.comment(List.of("One row per " + Said.list(plan.unique())
                                + " that stands in the input more than once."))
                        + "\nSELECT " + keys + ", count(*) AS rows_in_input\nFROM " + plan.source()
                        + (plan.unknown() > 0 ? "\nWHERE " + filled : "") + "\nGROUP BY " + keys
                        + "\nHAVING count(*) > 1\nORDER BY " + keys + "\n"));
    }

    private static Optional<File> plausible(Blueprint plan) {
        List<Profile.Column> numbers = plan.columns().stream()
                .filter(SourceColumn::isNumber)
                .filter(column -> plan.features().stream()
                        .anyMatch(feature -> feature.name().equals(column.name())))
                .map(column -> plan.profile().column(column.name()))
                .filter(column -> column.different() > 2 && column.odd() == 0)
                .toList();
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        List<String> items = new ArrayList<>();
        plan.keys().forEach(key -> items.add(plan.names().sql(key)));
        numbers.forEach(column -> items.add(plan.names().sql(column.name())));
        StringBuilder where = new StringBuilder();
        for (Profile.Column column : numbers) {
            where.append(where.isEmpty() ? "WHERE " : "    OR ")
                    .append(plan.names().sql(column.name()))
                    .append(" NOT BETWEEN ")
                    .append(least(column))
                    .append(" AND ")
                    .append(most(column))
                    .append("  -- was ")
                    .append(column.least())
                    .append(" to ")
                    .append(column.most())
                    .append('\n');
        }
        return Optional.of(file(
                plan,
                "values_are_plausible",
                Blueprint.comment(List.of(
                                "One row per row of the source with a number far from those of the file that this check was written for.",
                                "The bounds are guesses: put in those that you know.",
                                "",
                                "@severity warn"))
                        + "\n" + Blueprint.list(items) + "FROM " + plan.source() + "\n" + where + "ORDER BY "
                        + plan.keys().stream().map(plan.names()::sql).collect(joining(", ")) + "\n"));
    }

    private static String least(Profile.Column column) {
        BigDecimal least = new BigDecimal(column.least());
        return least.signum() >= 0 ? "0" : doubled(least);
    }

    private static String most(Profile.Column column) {
        BigDecimal most = new BigDecimal(column.most());
        return most.signum() <= 0 ? "0" : doubled(most);
    }

    private static String doubled(BigDecimal bound) {
        return bound.multiply(BigDecimal.TWO).round(UP).stripTrailingZeros().toPlainString();
    }

    private static File known(Blueprint plan) {
        long rows = plan.profile().rows();
        double missing = 1 - (double) plan.label().labelled() / rows;
        String share = BigDecimal.valueOf(Math.min(MOST_MISSING, Math.max(MISSING, 2 * missing)))
                .round(UP)
                .stripTrailingZeros()
                .toPlainString();
        String label = plan.names().sql(plan.label().name());
        return file(
                plan,
                "label_is_known",
                Blueprint.comment(List.of(
                                "One row when more labels are missing than should be; of the file that this check was written for, "
                                        + Said.percent(rows - plan.label().labelled(), rows) + " were.",
                                "",
                                "@severity warn"))
                        + "\nSELECT\n    count(*) AS rows_in_input,\n    count(*) - count(" + label
                        + ") AS without_label\nFROM "
                        + plan.source() + "\nHAVING count(*) - count(" + label + ") > " + share + " * count(*)\n");
    }
}
