package smew.features;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Directive;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;

/**
 * The variables that a project's SQL reads and the files that its sources read.
 *
 * @param variables value by name, the paths of inputs being absolute
 * @param files every file, by source and variable; a glob gives several
 */
public record Inputs(Map<String, String> variables, List<File> files) {

    private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://.*");

    /** One file that a source reads. */
    public record File(String source, String variable, Path path) {}

    /**
     * Resolves {@code @input} paths against the project and those of {@code --set} against the working directory, and expands
     * globs.
     *
     * @throws SmewException CONFIGURATION when {@code --set} names what no SQL reads, NOT_FOUND when a file is missing; all
     *     such problems together
     */
    public static Inputs resolve(Project project, Map<String, String> sets, Path workingDirectory, Duck duck) {
        refuseUnread(project, sets);
        Map<String, String> variables = new LinkedHashMap<>(sets);
        List<File> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Relation.Source source : project.sources()) {
            source.inputs().forEach((variable, declared) -> {
                boolean set = sets.containsKey(variable);
                String written = sets.getOrDefault(variable, declared);
                String where = set ? "--set " + variable : source.file().where(Directive.INPUT);
                // A value from smew.properties starts at the project, one from the command line where the user stands.
                List<Path> bases = set ? List.of(workingDirectory, project.directory()) : List.of(project.directory());
                Found found = find(duck, written, bases);
                found.problem(variable, written).ifPresent(problem -> problems.add(new Problem(where, problem)));
                found.files().forEach(file -> files.add(new File(source.name(), variable, Path.of(file))));
                variables.put(variable, found.pattern());
            });
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.NOT_FOUND, "Looking for input files", problems);
        }
        return new Inputs(variables, files);
    }

    /** Where an input was looked for, and what is there. */
    private record Found(String pattern, List<String> files) {

        Optional<String> problem(String variable, String written) {
            if (URI.matcher(written).matches()) {
                return Optional.of("found " + written + ", and this version reads local files only.");
            }
            if (files.isEmpty()) {
                return Optional.of(
                        "there is no file " + pattern + ". Put it there, or give --set " + variable + "=FILE.");
            }
            return files.stream().anyMatch(file -> Files.isDirectory(Path.of(file)))
                    ? Optional.of(pattern + " is a folder. Name a file, or those in it, as in " + written + "/*.csv.")
                    : Optional.empty();
        }
    }

    /** The first of the bases below which there is such a file; the first of all where there is none. */
    private static Found find(Duck duck, String written, List<Path> bases) {
        if (URI.matcher(written).matches()) {
            return new Found(written, List.of());
        }
        List<Found> found = bases.stream()
                .map(base -> absolute(base, written))
                .map(pattern -> new Found(pattern, expand(duck, pattern)))
                .toList();
        return found.stream()
                .filter(place -> !place.files().isEmpty())
                .findFirst()
                .orElse(found.getFirst());
    }

    /** Joined as text: a glob is no path on Windows, and slashes are understood everywhere. */
    private static String absolute(Path base, String written) {
        return new java.io.File(written).isAbsolute()
                ? written
                : base.toAbsolutePath().normalize().toString() + "/" + written;
    }

    /** Bytes and digest of every file, as they go into a release's manifest. */
    public List<Manifest.Input> digests() {
        return files.parallelStream().map(Inputs::digest).toList();
    }

    /** The failure of a source, with the file and the line of the bad row where the engine did not name them. */
    SmewException explain(Relation.Source source, SmewException failed) {
        List<Path> paths = files.stream()
                .filter(file -> file.source().equals(source.name()))
                .map(File::path)
                .toList();
        if (failed.fault() != Fault.DATA || paths.isEmpty()) {
            return failed;
        }
        // "Reading …" is what the engine says of a file that is no table, and not of SQL that went wrong over it.
        if (failed.getMessage().startsWith("Reading ") && !failed.getMessage().contains(" line ")) {
            List<Problem> bad = new ArrayList<>();
            paths.forEach(path -> CsvInspection.firstBadRow(path)
                    .ifPresent(found -> bad.add(new Problem("Reading " + path, found + ". " + cure(source)))));
            if (!bad.isEmpty()) {
                return SmewException.of(Fault.DATA, "Reading the files of " + source.name(), bad);
            }
        }
        boolean named = paths.stream().map(Path::toString).anyMatch(failed.getMessage()::contains);
        // DuckDB does not always say which file it was reading, and --set may have chosen it.
        return named
                ? failed
                : new SmewException(
                        Fault.DATA,
                        failed.getMessage() + " The input is "
                                + paths.stream().map(Path::toString).collect(joining(", ")) + ".",
                        failed);
    }

    private static String cure(Relation.Source source) {
        return "Check that the file is whole, fix the row, or tell read_csv in "
                + source.file().path() + " what is meant (delim, encoding, null_padding=true).";
    }

    private static Manifest.Input digest(File file) {
        try {
            return new Manifest.Input(
                    file.source(),
                    file.variable(),
                    file.path().toUri().toString(),
                    Files.size(file.path()),
                    Digest.of(file.path()));
        } catch (IOException | UncheckedIOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Reading " + file.path() + ": the file system refused (" + failed.getMessage()
                            + "). Check that the file may be read.",
                    failed);
        }
    }

    private static List<String> expand(Duck duck, String pattern) {
        // A file whose own name has a star or a bracket in it goes before the glob.
        if (new java.io.File(pattern).exists()) {
            return List.of(pattern);
        }
        return duck.texts(
                "SELECT file FROM glob(" + Duck.literal(pattern) + ") ORDER BY file",
                Origin.engine("Looking for", pattern));
    }

    /** A misspelled {@code --set} would silently leave the declared value in force. */
    private static void refuseUnread(Project project, Map<String, String> sets) {
        TreeSet<String> known = new TreeSet<>();
        Pattern read = Pattern.compile("getvariable\\s*\\(\\s*'([^']+)'\\s*\\)", Pattern.CASE_INSENSITIVE);
        for (Relation relation : project.relations()) {
            read.matcher(relation.file().sql()).results().forEach(match -> known.add(match.group(1)));
            if (relation instanceof Relation.Source source) {
                known.addAll(source.inputs().keySet());
            }
        }
        known.remove("as_of");
        List<Problem> unread = sets.keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Problem("--set " + name, "no SQL file reads this variable." + Near.hint(name, known)))
                .toList();
        if (!unread.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Setting variables", unread);
        }
    }
}
