package smew.features;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;
import smew.duck.CsvInspection;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Directive;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;
import smew.store.RemoteFiles;

/**
 * The variables that a project's SQL reads and the files that its sources read.
 *
 * @param variables value by name, the paths of inputs being absolute
 * @param files every file, by source and variable; a glob gives several
 * @param warnings one sentence for each value that was given and is ignored
 */
public record Inputs(Map<String, String> variables, List<File> files, List<String> warnings) {

    private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://.*");

    /**
     * One file that a source reads.
     *
     * @param uri where it comes from
     * @param path where it is on this machine
     */
    public record File(String source, String variable, String uri, Path path) {

        /** What a person calls it. */
        String shown() {
            return RemoteFiles.isRemote(uri) ? uri : path.toString();
        }
    }

    /**
     * A value that overrides what SQL declares.
     *
     * @param origin {@code --set loans}, {@code SMEW_SET_LOANS} or {@code smew.properties:3}
     * @param base where a relative path in it starts
     * @param meant whether it was surely said of this project: otherwise it is ignored where no SQL reads it
     */
    public record Given(String text, String origin, Path base, boolean meant) {}

    /**
     * Resolves {@code @input} paths against the project and given ones against their own base, and expands globs.
     *
     * @param given by name, in upper or lower case
     * @param remote brings what lies on S3 to this machine
     * @throws SmewException CONFIGURATION when a value is given to what no SQL reads, NOT_FOUND when a file is missing; all
     *     such problems together
     */
    public static Inputs resolve(Project project, Map<String, Given> given, Duck duck, RemoteFiles remote) {
        Map<String, Given> sets = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sets.putAll(given);
        List<String> warnings = removeUnread(project, sets);
        Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<File> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Relation.Source source : project.sources()) {
            String declaredAt = source.file().where(Directive.INPUT);
            source.inputs().forEach((variable, declared) -> {
                Given value = sets.getOrDefault(variable, new Given(declared, declaredAt, project.directory(), true));
                Found found = find(duck, remote, value);
                found.problem(variable, value.text())
                        .ifPresent(problem -> problems.add(new Problem(value.origin(), problem)));
                found.files().forEach((path, uri) -> files.add(new File(source.name(), variable, uri, path)));
                variables.put(variable, found.pattern());
            });
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.NOT_FOUND, "Looking for input files", problems);
        }
        sets.forEach((name, value) -> variables.putIfAbsent(name, value.text()));
        return new Inputs(variables, files, warnings);
    }

    /**
     * Where an input was looked for, and what is there.
     *
     * @param pattern what the SQL reads
     * @param shown what a person calls it
     * @param files the address of each file by its path
     */
    private record Found(String pattern, String shown, Map<Path, String> files) {

        Optional<String> problem(String variable, String written) {
            if (URI.matcher(written).matches() && !RemoteFiles.isRemote(written)) {
                return Optional.of("found " + written + ", and Smew reads local files and s3:// only.");
            }
            if (files.isEmpty()) {
                return Optional.of(
                        "there is no file " + shown + ". Put it there, or give --set " + variable + "=FILE.");
            }
            return files.keySet().stream().anyMatch(Files::isDirectory)
                    ? Optional.of(shown + " is a folder. Name a file, or those in it, as in " + written + "/*.csv.")
                    : Optional.empty();
        }
    }

    private static Found find(Duck duck, RemoteFiles remote, Given value) {
        Map<Path, String> files = new LinkedHashMap<>();
        if (RemoteFiles.isRemote(value.text())) {
            RemoteFiles.Found found = remote.fetch(value.text());
            found.files().forEach(file -> files.put(file.copy(), file.uri()));
            return new Found(found.pattern(), value.text(), files);
        }
        if (URI.matcher(value.text()).matches()) {
            return new Found(value.text(), value.text(), files);
        }
        String pattern = absolute(value.base(), value.text());
        expand(duck, pattern)
                .forEach(file -> files.put(Path.of(file), Path.of(file).toUri().toString()));
        return new Found(pattern, pattern, files);
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
        List<File> read = files.stream()
                .filter(file -> file.source().equals(source.name()))
                .toList();
        if (failed.fault() != Fault.DATA || read.isEmpty()) {
            return failed;
        }
        // "Reading …" is what the engine says of a file that is no table, and not of SQL that went wrong over it.
        if (failed.getMessage().startsWith("Reading ") && !failed.getMessage().contains(" line ")) {
            List<Problem> bad = new ArrayList<>();
            read.forEach(file -> CsvInspection.firstBadRow(file.path())
                    .ifPresent(found -> bad.add(new Problem("Reading " + file.shown(), found + ". " + cure(source)))));
            if (!bad.isEmpty()) {
                return SmewException.of(Fault.DATA, "Reading the files of " + source.name(), bad);
            }
        }
        String message = failed.getMessage();
        for (File file : read) {
            message = message.replace(file.path().toString(), file.shown());
        }
        boolean named = read.stream().map(File::shown).anyMatch(message::contains);
        // DuckDB does not always say which file it was reading, and --set may have chosen it.
        String input =
                named ? "" : " The input is " + read.stream().map(File::shown).collect(joining(", ")) + ".";
        return message.equals(failed.getMessage()) && named ? failed : failed.reworded(Fault.DATA, message + input);
    }

    private static String cure(Relation.Source source) {
        return "Check that the file is whole, fix the row, or tell read_csv in "
                + source.file().path() + " what is meant (delim, encoding, null_padding=true).";
    }

    private static Manifest.Input digest(File file) {
        try {
            return new Manifest.Input(
                    file.source(), file.variable(), file.uri(), Files.size(file.path()), Digest.of(file.path()));
        } catch (IOException failed) {
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

    /** A misspelled {@code --set} would silently leave the declared value in force. The answer tells what is ignored. */
    private static List<String> removeUnread(Project project, Map<String, Given> sets) {
        TreeSet<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Pattern read = Pattern.compile("getvariable\\s*\\(\\s*'([^']+)'\\s*\\)", Pattern.CASE_INSENSITIVE);
        project.sources().forEach(source -> known.addAll(source.inputs().keySet()));
        for (Relation relation : project.relations()) {
            read.matcher(relation.file().sql()).results().forEach(match -> known.add(match.group(1)));
        }
        known.remove("as_of");
        List<Problem> unread = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        sets.forEach((name, value) -> {
            String hint = Near.hint(name, known);
            if (known.contains(name)) {
                return;
            } else if (value.meant()) {
                unread.add(new Problem(value.origin(), "no SQL file reads this variable." + hint));
            } else {
                warnings.add(value.origin() + " is ignored: no SQL file reads this variable." + hint);
            }
        });
        if (!unread.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Setting variables", unread);
        }
        sets.keySet().retainAll(known);
        return warnings;
    }
}
