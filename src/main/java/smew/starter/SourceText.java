package smew.starter;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import smew.duck.Duck;

/** Writes the source: every column by name and type, and how the file is read. */
record SourceText(
        Names names,
        String variable,
        RawFile raw,
        List<SourceColumn> columns,
        List<String> nothing,
        List<String> numbers) {

    /** Where comments at the end of lines stand at the least. */
    private static final int COMMENT = 40;

    static String of(Blueprint plan) {
        List<String> lines = new ArrayList<>();
        lines.add(plan.grain() + ", as the file has it: columns are named and typed here, nothing is computed.");
        lines.add("");
        lines.add("@input " + plan.source() + " = " + plan.declared());
        if (!plan.times().isEmpty()) {
            lines.add(Blueprint.directive("time", plan.times()));
        }
        if (plan.leftOut().stream().anyMatch(out -> isUnread(plan, out.name()))) {
            lines.add("@lint off unused-column what the model leaves out stays at hand; sql/features/" + plan.view()
                    + ".sql says why");
        }
        List<String> numbers = Stream.concat(
                        plan.numbered() ? plan.entity().stream() : Stream.empty(), plan.fileRow().stream())
                .toList();
        return Blueprint.comment(lines)
                + "\n"
                + new SourceText(plan.names(), plan.source(), plan.raw(), plan.columns(), plan.nothing(), numbers)
                        .select();
    }

    /** Whether nothing that is written reads a column of the source. */
    private static boolean isUnread(Blueprint plan, String column) {
        return !plan.unique().contains(column)
                && !plan.keys().contains(column)
                && plan.columns().stream().anyMatch(source -> source.name().equals(column));
    }

    /** The SELECT without the comment above it. */
    String select() {
        return "SELECT\n" + items() + "FROM " + from() + "\n";
    }

    /** A column and what is said of it behind it. */
    private record Item(String sql, Optional<String> note) {}

    private String items() {
        List<Item> items = new ArrayList<>();
        for (SourceColumn column : columns) {
            String sql = names.sql(column.file());
            boolean plain = column.expression().isEmpty() && column.file().equals(column.name());
            items.add(new Item(
                    plain ? sql : column.expression().orElse(sql) + " AS " + names.sql(column.name()), column.note()));
        }
        numbers.forEach(number -> items.add(
                new Item("row_number() OVER () AS " + names.sql(number), Optional.of("by the order of the file"))));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            String line = "    " + item.sql() + (i + 1 < items.size() ? "," : "");
            text.append(line);
            item.note()
                    .ifPresent(note -> text.append(" ".repeat(Math.max(1, COMMENT - line.length())))
                            .append("-- ")
                            .append(Said.line(note)));
            text.append('\n');
        }
        return text.toString();
    }

    private String from() {
        return switch (raw.format()) {
            case RawFile.Parquet _ -> "read_parquet(getvariable('" + variable + "'))";
            case RawFile.Csv csv -> {
                List<String> arguments = new ArrayList<>(List.of("getvariable('" + variable + "')"));
                arguments.addAll(csv.options());
                if (!nothing.isEmpty()) {
                    arguments.add("nullstr = "
                            + Stream.concat(Stream.of(""), nothing.stream())
                                    .map(Duck::literal)
                                    .collect(joining(", ", "[", "]")));
                }
                arguments.add(
                        "-- Types are given by name: a column that is gone or renamed is an error, a new one is ignored.\n    types = {\n"
                                + columns.stream()
                                        .map(column -> "        " + Duck.literal(column.file()) + ": "
                                                + Duck.literal(column.read()))
                                        .collect(joining(",\n"))
                                + "\n    }");
                yield "read_csv(\n    " + String.join(",\n    ", arguments) + "\n)";
            }
        };
    }
}
