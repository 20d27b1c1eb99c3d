package smew.starter;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that was decided, for the texts to be written from.
 *
 * @param source name of the source, and of the variable that names its file
 * @param declared what {@code @input} says
 * @param nothing what read_csv is to take for null besides an empty value
 * @param entity names in the source
 * @param numbered whether the source makes the entity, by numbering rows
 * @param fileRow a number that breaks ties of event times, which the source makes
 * @param history windows over earlier rows are used
 * @param unknown rows that lack entity or event time
 * @param unique columns that are so together; empty: none are
 */
record Blueprint(
        Names names,
        RawFile raw,
        String source,
        String view,
        String model,
        String declared,
        List<SourceColumn> columns,
        List<String> nothing,
        List<String> entity,
        boolean numbered,
        Optional<SourceColumn> time,
        Optional<String> fileRow,
        Label label,
        Profile profile,
        List<Feature> features,
        List<LeftOut> leftOut,
        boolean history,
        long unknown,
        List<String> unique) {

    /** Entity, event time and what breaks its ties, each once. */
    List<String> keys() {
        return Stream.of(entity, times()).flatMap(List::stream).toList();
    }

    /** Event time and what breaks its ties. */
    List<String> times() {
        return Stream.concat(time.map(SourceColumn::name).stream(), fileRow.stream())
                .toList();
    }

    /** The entity in a sentence. */
    String who() {
        return Said.plain(Said.list(entity));
    }

    /** What one row is. */
    String grain() {
        return time.filter(_ -> profile.repeats())
                .map(event -> fileRow.isPresent()
                        ? "One row per line of the file"
                        : "One row per " + who() + " and " + Said.plain(event.name()))
                .orElse("One row per " + who());
    }

    /** Comment lines of what is left out, with a line before them; none where nothing is. */
    List<String> leftOutLines() {
        List<String> lines = new ArrayList<>();
        if (!leftOut.isEmpty()) {
            lines.add("");
            lines.add("Left out, and why:");
            leftOut.forEach(out -> lines.add("  " + Said.line(out.name()) + " - " + out.why()));
        }
        return lines;
    }

    /** Lines as a comment of SQL. */
    static String comment(List<String> lines) {
        return lines.stream()
                .map(Said::line)
                .map(line -> line.isEmpty() ? "--\n" : "-- " + line + "\n")
                .collect(joining());
    }

    /** A directive of these columns, without its dashes. */
    static String directive(String key, List<String> columns) {
        return "@" + key + " " + columns.stream().map(Names::directive).collect(joining(", "));
    }

    /** Columns of a SELECT, one on each line. */
    static String list(List<String> items) {
        return items.stream().collect(joining(",\n    ", "SELECT\n    ", "\n"));
    }
}
