package smew.features;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.project.Project;
import smew.project.Relation;
import smew.project.SqlCode;
import smew.release.InputChanges;
import smew.release.Manifest;
import smew.release.RelationProfile;

/**
 * What a release read, as the measure of what is read now.
 *
 * @param release the manifest of the older one
 * @param profiles of its sources; those that it did not describe are not compared
 */
public record Contract(Manifest release, List<RelationProfile> profiles) {

    private static final Pattern ABSENT = Pattern.compile("Referenced column \"(.+?)\" (?:was )?not found");

    public Contract {
        profiles = List.copyOf(profiles);
    }

    /**
     * Compares sources.
     *
     * @param now what they hold
     * @return every change that a source does not call usual; empty where there is none
     */
    public Optional<InputChanges> compare(Project project, Inputs inputs, List<RelationProfile> now, boolean accepted) {
        List<InputChanges.Change> changes = new ArrayList<>();
        for (Relation.Source source : project.sources()) {
            profile(profiles, source.name())
                    .ifPresent(before -> profile(now, source.name())
                            .ifPresent(read -> changes.addAll(new SourceChanges(
                                            source, before, read, isRewritten(source), files(inputs, source.name()))
                                    .found(release.id(), releasedFiles(source.name())))));
        }
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new InputChanges(release.id(), changes, accepted && stops(changes)));
    }

    private static boolean stops(List<InputChanges.Change> changes) {
        return changes.stream().anyMatch(Contract::stops);
    }

    private static boolean stops(InputChanges.Change change) {
        return change.severity().equals(Relation.Severity.ERROR.word());
    }

    /** What stops a release, unless it was accepted. */
    public static List<Problem> problems(InputChanges found) {
        return found.accepted()
                ? List.of()
                : found.findings().stream()
                        .filter(Contract::stops)
                        .map(change -> new Problem(
                                change.where(),
                                change.text() + ". Fix the file or adapt the SQL; if it is meant, run with"
                                        + " --accept-changes, or write -- @contract " + change.kind() + " warn"
                                        + change.column()
                                                .map(name -> " " + quoted(name))
                                                .orElse("")
                                        + " into the source."))
                        .toList();
    }

    /**
     * Refuses to go on where a change stops the release.
     *
     * @throws SmewException DATA, with all such changes together
     */
    public static void require(InputChanges found) {
        List<Problem> problems = problems(found);
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Comparing the inputs with release " + found.release(), problems);
        }
    }

    /** The failure of a source whose SQL worked on the files of the release: then its files changed. */
    SmewException explain(Relation.Source source, Inputs inputs, SmewException failed) {
        List<Manifest.Input> before = inputsOf(source.name());
        boolean ran = before.stream().findAny().isPresent() && !isRewritten(source);
        Matcher absent = ABSENT.matcher(String.valueOf(failed.getMessage()));
        if (!ran || !absent.find() || failed.fault() != Fault.CONFIGURATION) {
            return failed;
        }
        return failed.reworded(
                Fault.DATA,
                "Reading " + files(inputs, source.name()) + ": it has no column " + absent.group(1) + ", and "
                        + releasedFiles(source.name()) + ", which the same SQL read in release " + release.id()
                        + ", had it. Bring the column back, or take its new name into "
                        + source.file().path() + ". " + failed.getMessage());
    }

    /** Whether the SQL that made the release was another: then a change may be the analyst's own. */
    private boolean isRewritten(Relation.Source source) {
        return release.sql().stream()
                .filter(sql -> sql.path().equals(source.file().path()))
                .noneMatch(sql ->
                        SqlCode.of(sql.text()).equals(SqlCode.of(source.file().sql())));
    }

    private List<Manifest.Input> inputsOf(String source) {
        return release.inputs().stream()
                .filter(input -> input.source().equals(source))
                .toList();
    }

    private String releasedFiles(String source) {
        return some(inputsOf(source).stream().map(input -> shown(input.uri())).toList());
    }

    private static String files(Inputs inputs, String source) {
        return some(inputs.files().stream()
                .filter(file -> file.source().equals(source))
                .map(Inputs.File::shown)
                .toList());
    }

    /** A glob may give thousands. */
    private static String some(List<String> files) {
        return files.isEmpty()
                ? "no input"
                : files.size() <= 3
                        ? String.join(", ", files)
                        : files.getFirst() + " and " + (files.size() - 1) + " more files";
    }

    private static String shown(String uri) {
        return uri.startsWith("file:") ? Path.of(URI.create(uri)).toString() : uri;
    }

    private static String quoted(String column) {
        return column.matches("\\w+") ? column : '"' + column.replace("\"", "\"\"") + '"';
    }

    private static Optional<RelationProfile> profile(List<RelationProfile> profiles, String source) {
        return profiles.stream()
                .filter(profile -> profile.name().equals(source))
                .findFirst();
    }
}
