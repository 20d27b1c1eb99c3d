package smew.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import smew.base.Json;

/** What the benchmark found, for people or as JSON. */
record Report(String command, Machine machine, String data, int runs, List<Line> lines) {

    private static final List<String> HEADS =
            List.of("item", "what", "ours", "bare engine", "ratio", "from - to", "CPU", "what the bare engine does");

    Report {
        lines = List.copyOf(lines);
    }

    void print(PrintStream out) {
        out.println("command  " + command);
        out.println("machine  " + machine);
        out.println("data     " + data);
        out.println("runs     medians of " + runs + " each, taking turns, after a warm-up; fewer where it says so");
        out.println("ratio    how many times as long as the bare engine, or as much memory: 1.00 is as good, less is"
                + " better; from - to are the extremes of single turns");
        out.println("CPU      the same ratio for processor time, which other programs disturb less than the clock");
        out.println();
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADS);
        lines.stream().map(Report::cells).forEach(rows::add);
        int[] widths = new int[HEADS.size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        rows.forEach(row -> out.println(aligned(row, widths)));
    }

    private static List<String> cells(Line line) {
        return List.of(
                line.item(),
                line.what(),
                figure(line.ours(), line.unit()),
                figure(line.bare(), line.unit()),
                String.format(Locale.ROOT, "%.2f", line.ratio()),
                String.format(Locale.ROOT, "%.2f - %.2f", line.leastRatio(), line.greatestRatio()),
                line.processorRatio().isPresent()
                        ? String.format(
                                Locale.ROOT, "%.2f", line.processorRatio().getAsDouble())
                        : "-",
                line.engine());
    }

    private static String figure(Series series, Line.Unit unit) {
        double value = series.median();
        String pattern = value >= 100 ? "%,.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, pattern, value, unit.text());
    }

    /** Numbers, in columns 2 to 6, to the right. */
    private static String aligned(List<String> row, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            boolean number = column >= 2 && column <= 6;
            text.append(number ? padding + row.get(column) : row.get(column) + padding)
                    .append("  ");
        }
        return text.toString().stripTrailing();
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("command", command);
        all.put("machine", machine);
        all.put("data", data);
        all.put("runs", runs);
        all.put("lines", lines.stream().map(Report::fields).toList());
        return Json.pretty(all);
    }

    private static Map<String, Object> fields(Line line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("item", line.item());
        fields.put("what", line.what());
        fields.put("bare_engine", line.engine());
        fields.put("unit", line.unit().text());
        fields.put("better", line.unit().lessIsBetter() ? "less" : "more");
        fields.put("ours", line.ours().median());
        fields.put("bare", line.bare().median());
        fields.put("ratio", line.ratio());
        line.processorRatio().ifPresent(ratio -> fields.put("cpu_ratio", ratio));
        fields.put("ours_runs", line.ours().values());
        fields.put("bare_runs", line.bare().values());
        return fields;
    }
}
