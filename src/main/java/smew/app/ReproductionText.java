package smew.app;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import smew.app.Reproduction.Figure;
import smew.app.Reproduction.File;
import smew.base.Json;

/** What a person reads of a comparison. */
record ReproductionText(Reproduction found) {

    private static final int DIGEST_CHARACTERS = 12;
    private static final int NAMED = 8;

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(Json.write(found));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        found.files()
                .forEach(file -> rows.add(List.of(
                        file.path(),
                        digest(file.released()),
                        digest(file.rebuilt()),
                        file.same() ? "same" : "differs")));
        found.figures()
                .forEach(figure -> rows.add(List.of(
                        figure.of() + ": " + figure.name(),
                        number(figure.released()),
                        number(figure.rebuilt()),
                        figure.same() ? "same" : "differs" + by(figure))));
        new TextTable(List.of("", "released", "rebuilt", "result"), List.of(false, false, false, false), rows)
                .print(out);
        if (found.same()) {
            found.reasons().forEach(out::println);
            out.println("Release " + found.release() + " was reproduced: "
                    + count(found.files().size(), "file") + " and "
                    + count(found.figures().size(), "figure") + " are the same.");
        }
    }

    /** What differs, in a sentence or two. */
    String difference() {
        List<File> files = found.files().stream().filter(file -> !file.same()).toList();
        List<Figure> figures =
                found.figures().stream().filter(figure -> !figure.same()).toList();
        List<String> named = Stream.concat(
                        files.stream().map(File::path),
                        figures.stream()
                                .map(figure -> figure.of() + " " + figure.name() + " is "
                                        + number(figure.rebuilt()) + " instead of " + number(figure.released())
                                        + by(figure)))
                .toList();
        String more = named.size() > NAMED ? " and " + (named.size() - NAMED) + " more" : "";
        return "Reproducing release " + found.release() + ": " + files.size() + " of "
                + count(found.files().size(), "file") + " and " + figures.size() + " of "
                + count(found.figures().size(), "figure") + " differ, expected none: "
                + String.join(", ", named.subList(0, Math.min(NAMED, named.size()))) + more + "."
                + (found.reasons().isEmpty() ? "" : " " + String.join(" ", found.reasons()))
                + (found.kept().isPresent() ? "" : " --keep-in DIR keeps what was rebuilt.");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String digest(Optional<String> digest) {
        return digest.map(text -> text.substring(0, Math.min(DIGEST_CHARACTERS, text.length())))
                .orElse("none");
    }

    private static String by(Figure figure) {
        return figure.released().isEmpty() || figure.rebuilt().isEmpty()
                ? ""
                : " by "
                        + number(Optional.of(
                                figure.rebuilt().get() - figure.released().get()));
    }

    /** All digits: what differs may do so in the last one. */
    private static String number(Optional<Double> number) {
        return number.map(value -> value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString(Math.round(value))
                        : Double.toString(value))
                .orElse("none");
    }
}
