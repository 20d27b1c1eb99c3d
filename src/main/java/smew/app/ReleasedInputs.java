package smew.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;
import smew.features.Inputs.Given;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;

/**
 * The inputs of a release: where they are looked for, and whether they are still what was read.
 *
 * @param manifest of the release
 * @param folder of the project, where relative paths start
 * @param moved inputs that lie elsewhere now, by name
 */
record ReleasedInputs(Manifest manifest, Path folder, Map<String, Given> moved) {

    /**
     * Every variable that the release's run read.
     *
     * @throws SmewException USAGE where something was moved that is no input
     */
    Map<String, Given> variables(Project project) {
        Map<String, Given> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Relation.Source source : project.sources()) {
            source.inputs().forEach((variable, declared) -> all.put(variable, given(variable, declared)));
        }
        moved.forEach((variable, given) -> {
            if (!all.containsKey(variable)) {
                throw new SmewException(
                        Fault.USAGE,
                        given.origin() + ": " + variable + " is no input of release " + manifest.id() + "."
                                + Near.hint(variable, all.keySet()));
            }
        });
        manifest.asked()
                .ifPresent(asked ->
                        asked.variables().forEach((variable, text) -> all.put(variable, given(variable, text))));
        all.putAll(moved);
        return all;
    }

    private Given given(String variable, String declared) {
        String text =
                manifest.asked().isPresent() ? declared : onlyFile(variable).orElse(declared);
        return new Given(text, origin(variable), folder, true);
    }

    /** Where an older Smew did not say what was given: the one file that was read. */
    private Optional<String> onlyFile(String variable) {
        List<Manifest.Input> read = manifest.inputs().stream()
                .filter(input -> input.variable().equalsIgnoreCase(variable))
                .toList();
        return read.size() == 1 ? Optional.of(shown(read.getFirst())) : Optional.empty();
    }

    private String origin(String variable) {
        return "input " + variable + " of release " + manifest.id();
    }

    /** Without what only says where a model came from. */
    private List<Manifest.Input> read() {
        return manifest.inputs().stream()
                .filter(input -> !TrainedRelease.isOrigin(manifest, input))
                .toList();
    }

    private static String shown(Manifest.Input input) {
        return input.uri().startsWith("file:")
                ? Path.of(URI.create(input.uri())).toString()
                : input.uri();
    }

    /**
     * Compares the files that are there with those that the release read.
     *
     * @throws SmewException with every file that is not: DATA where one changed or came, NOT_FOUND where they are gone
     */
    void require(List<Manifest.Input> found) {
        Map<String, List<Manifest.Input>> then = byVariable(read());
        Map<String, List<Manifest.Input>> now = byVariable(found);
        List<Problem> missing = new ArrayList<>();
        List<Problem> changed = new ArrayList<>();
        then.keySet().forEach(key -> now.putIfAbsent(key, List.of()));
        now.forEach((key, files) -> compare(then.getOrDefault(key, List.of()), files, missing, changed));
        List<Problem> all = new ArrayList<>(changed);
        all.addAll(missing);
        if (!all.isEmpty()) {
            throw SmewException.of(
                    changed.isEmpty() ? Fault.NOT_FOUND : Fault.DATA,
                    "Looking at the inputs of release " + manifest.id(),
                    all);
        }
    }

    private static Map<String, List<Manifest.Input>> byVariable(List<Manifest.Input> inputs) {
        Map<String, List<Manifest.Input>> all = new LinkedHashMap<>();
        inputs.forEach(input -> all.computeIfAbsent(input.source() + "\0" + input.variable(), _ -> new ArrayList<>())
                .add(input));
        return all;
    }

    private void compare(
            List<Manifest.Input> then, List<Manifest.Input> now, List<Problem> missing, List<Problem> changed) {
        List<Manifest.Input> gone = new ArrayList<>(then);
        List<Manifest.Input> come = new ArrayList<>();
        for (Manifest.Input file : now) {
            Optional<Manifest.Input> same = gone.stream()
                    .filter(old -> old.digest().equals(file.digest()))
                    .findFirst();
            same.ifPresentOrElse(gone::remove, () -> come.add(file));
        }
        for (Manifest.Input file : come) {
            Optional<Manifest.Input> old = gone.size() == 1 && come.size() == 1
                    ? Optional.of(gone.getFirst())
                    : gone.stream()
                            .filter(other -> name(other).equals(name(file)))
                            .findFirst();
            changed.add(new Problem(
                    origin(file.variable()),
                    old.map(read -> shown(file) + " is not what the release read: its SHA-256 is " + file.digest()
                                    + " of " + file.bytes() + " bytes, expected " + read.digest() + " of "
                                    + read.bytes() + ". " + cure(file))
                            .orElseGet(
                                    () -> shown(file) + " is there, and the release did not read it. " + cure(file))));
            old.ifPresent(gone::remove);
        }
        gone.forEach(file -> missing.add(new Problem(
                origin(file.variable()), "there is no " + shown(file) + ", which the release read. " + cure(file))));
    }

    private static String name(Manifest.Input input) {
        return input.uri().substring(input.uri().lastIndexOf('/') + 1);
    }

    private static String cure(Manifest.Input input) {
        return "Put back what was there, or say where it is with --set " + input.variable() + "=FILE.";
    }
}
