package smew.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import smew.release.Manifest;
import smew.report.Report;

/**
 * A release beside what running it again gave.
 *
 * @param release its id
 * @param same whether all files and figures are
 * @param files every file of either but the report, which tells when it was made
 * @param figures metrics of models, counts of feature views, failing rows of checks
 * @param reasons what may have made a difference, each a sentence; notes on what was done, where nothing differs
 * @param kept where the rebuilt release is; empty: it was deleted
 */
record Reproduction(
        String release,
        boolean same,
        List<File> files,
        List<Figure> figures,
        List<String> reasons,
        Optional<String> kept) {

    Reproduction {
        files = List.copyOf(files);
        figures = List.copyOf(figures);
        reasons = List.copyOf(reasons);
    }

    /** SHA-256 of one file; empty where it was not there. */
    record File(String path, Optional<String> released, Optional<String> rebuilt) {
        boolean same() {
            return released.equals(rebuilt);
        }
    }

    /**
     * One number.
     *
     * @param of the model, feature view or check
     */
    record Figure(String of, String name, Optional<Double> released, Optional<Double> rebuilt) {
        boolean same() {
            return released.equals(rebuilt);
        }
    }

    /** Compares what two manifests say of files and figures. */
    static Reproduction of(Manifest released, Manifest rebuilt, List<String> reasons, Optional<String> kept) {
        List<File> files = files(released, rebuilt);
        List<Figure> figures = figures(released, rebuilt);
        boolean same = files.stream().allMatch(File::same) && figures.stream().allMatch(Figure::same);
        return new Reproduction(released.id(), same, files, figures, reasons, kept);
    }

    /** Paths of the files that differ. */
    static List<String> differing(Manifest released, Manifest rebuilt) {
        return files(released, rebuilt).stream()
                .filter(file -> !file.same())
                .map(File::path)
                .toList();
    }

    private static List<File> files(Manifest released, Manifest rebuilt) {
        Map<String, String> then = digests(released);
        Map<String, String> now = digests(rebuilt);
        TreeMap<String, String> all = new TreeMap<>(then);
        all.putAll(now);
        return all.keySet().stream()
                .map(path -> new File(path, Optional.ofNullable(then.get(path)), Optional.ofNullable(now.get(path))))
                .toList();
    }

    private static Map<String, String> digests(Manifest manifest) {
        Map<String, String> digests = new TreeMap<>();
        manifest.outputs().stream()
                .filter(output -> !output.path().equals(Report.FILE))
                .forEach(output -> digests.put(output.path(), output.digest()));
        return digests;
    }

    private record Name(String of, String name) {}

    private static List<Figure> figures(Manifest released, Manifest rebuilt) {
        Map<Name, Double> then = numbers(released);
        Map<Name, Double> now = numbers(rebuilt);
        Map<Name, Double> all = new LinkedHashMap<>(then);
        now.forEach(all::putIfAbsent);
        List<Figure> figures = new ArrayList<>();
        all.keySet()
                .forEach(name -> figures.add(new Figure(
                        name.of(),
                        name.name(),
                        Optional.ofNullable(then.get(name)),
                        Optional.ofNullable(now.get(name)))));
        return figures;
    }

    private static Map<Name, Double> numbers(Manifest manifest) {
        Map<Name, Double> numbers = new LinkedHashMap<>();
        for (Manifest.View view : manifest.views()) {
            numbers.put(new Name(view.name(), "rows"), (double) view.rows());
            numbers.put(new Name(view.name(), "entities"), (double) view.entities());
            numbers.put(new Name(view.name(), "ties"), (double) view.ties());
        }
        for (Manifest.Model model : manifest.models()) {
            numbers.put(new Name(model.name(), "rows"), (double) model.rows());
            new TreeMap<>(model.metrics())
                    .forEach((metric, value) -> numbers.put(new Name(model.name(), metric), value));
        }
        manifest.checks().forEach(check -> numbers.put(new Name(check.name(), "failing"), (double) check.failing()));
        return numbers;
    }
}
