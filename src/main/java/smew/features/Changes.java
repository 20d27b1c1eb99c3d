package smew.features;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.features.Reason.Cause;
import smew.project.PresentDay;
import smew.project.Project;
import smew.project.Relation;
import smew.project.SqlCode;
import smew.project.SqlFile;
import smew.release.Manifest;

/**
 * What of a project differs from what made a release, relation by relation. A relation without a reason gives the same rows: its
 * SQL, the bytes of its inputs, what it asks of the day and all that it reads are the same, and it calls nothing random.
 */
public final class Changes {

    private static final Pattern CALL = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_]*)\\s*\\(");
    private static final Pattern SAID = Pattern.compile("(?m)^\\s*--\\s*@(entity|time|label|allow|severity)\\b.*$");
    private static final Pattern SAMPLE =
            Pattern.compile("\\b(USING\\s+SAMPLE|TABLESAMPLE)\\b", Pattern.CASE_INSENSITIVE);

    private final Manifest release;
    private final Project project;
    private final Terms terms;
    private final Set<String> unsteady;
    private final Map<String, List<Reason>> reasons = new HashMap<>();
    private final Set<String> same = new HashSet<>();
    private final Set<String> replayed = new HashSet<>();

    private Changes(Manifest release, Project project, Terms terms, Set<String> unsteady) {
        this.release = release;
        this.project = project;
        this.terms = terms;
        this.unsteady = unsteady;
    }

    /**
     * What a run would be made of.
     *
     * @param files every input file
     * @param versions of smew and duckdb
     */
    public record Terms(LocalDate asOf, List<Manifest.Input> files, Map<String, String> versions) {
        public Terms {
            files = List.copyOf(files);
            versions = Map.copyOf(versions);
        }
    }

    /**
     * Compares.
     *
     * @param duck tells which functions answer differently each time
     */
    public static Changes since(Manifest release, Project project, Terms terms, Duck duck) {
        Set<String> unsteady = Set.copyOf(duck.texts(
                "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT' AND function_name"
                        + " <> 'getvariable'",
                Origin.engine("Listing", "functions")));
        Changes changes = new Changes(release, project, terms, unsteady);
        project.relations().forEach(changes::compare);
        return changes;
    }

    /** Why its rows may be others; empty where they are the same. */
    public List<Reason> of(Relation relation) {
        return reasons.getOrDefault(key(relation.name()), List.of());
    }

    /** Whether its rows may be others. */
    public boolean changed(Relation relation) {
        return !of(relation).isEmpty();
    }

    /** Whether nothing of it differs, nor of what it reads: no comment, no directive, and not the as-of date. */
    public boolean same(Relation relation) {
        return same.contains(key(relation.name()));
    }

    /**
     * Whether replay would see the same: rows, as-of date, and what the files say of keys, labels and leaks are the same, down to the
     * sources. How a model learns is another matter.
     */
    public boolean replaysTheSame(Relation relation) {
        return replayed.contains(key(relation.name()));
    }

    /** Names of what the release had and the project has no more. */
    public List<Manifest.Sql> gone() {
        return release.sql().stream()
                .filter(sql -> project.relation(sql.name()).isEmpty())
                .toList();
    }

    private void compare(Relation relation) {
        List<Reason> found = new ArrayList<>();
        Optional<Manifest.Sql> before = released(relation);
        if (before.isEmpty()) {
            found.add(new Reason(Cause.NEW, "the release did not have it"));
        } else {
            engine().ifPresent(found::add);
            sql(before.get(), relation.file()).ifPresent(found::add);
            keys(relation).ifPresent(found::add);
            inputs(relation).ifPresent(found::add);
            day(relation.file()).ifPresent(found::add);
        }
        unsteady(relation.file()).ifPresent(found::add);
        List<Relation> read = relation.file().reads().stream()
                .flatMap(name -> project.relation(name).stream())
                .toList();
        List<String> changed =
                read.stream().filter(this::changed).map(Relation::name).toList();
        if (!changed.isEmpty()) {
            found.add(new Reason(Cause.READS, "it reads " + String.join(", ", changed)));
        }
        reasons.put(key(relation.name()), List.copyOf(found));
        if (found.isEmpty() && before.isPresent() && release.asOf().equals(terms.asOf())) {
            if (before.get().digest().equals(relation.file().digest())
                    && read.stream().allMatch(this::same)) {
                same.add(key(relation.name()));
            }
            if (said(before.get().text()).equals(said(relation.file().sql()))
                    && read.stream().allMatch(this::replaysTheSame)) {
                replayed.add(key(relation.name()));
            }
        }
    }

    /** What a file says of keys, labels and leaks. */
    private static List<String> said(String sql) {
        return SAID.matcher(sql).results().map(found -> found.group().strip()).toList();
    }

    private Optional<Manifest.Sql> released(Relation relation) {
        return release.sql().stream()
                .filter(sql -> sql.kind() == relation.kind() && sql.name().equalsIgnoreCase(relation.name()))
                .findFirst();
    }

    private Optional<Reason> engine() {
        String differing = terms.versions().entrySet().stream()
                .filter(version -> !version.getValue().equals(release.versions().get(version.getKey())))
                .map(version -> version.getKey() + " " + release.versions().getOrDefault(version.getKey(), "unknown")
                        + " then, " + version.getValue() + " now")
                .sorted()
                .collect(joining(", "));
        return differing.isEmpty() ? Optional.empty() : Optional.of(new Reason(Cause.ENGINE, differing));
    }

    private static Optional<Reason> sql(Manifest.Sql before, SqlFile file) {
        if (SqlCode.of(before.text()).equals(SqlCode.of(file.sql()))) {
            return Optional.empty();
        }
        List<String> then = before.text().lines().toList();
        List<String> now = file.sql().lines().toList();
        int line = 0;
        while (line < then.size() && line < now.size() && then.get(line).equals(now.get(line))) {
            line++;
        }
        return Optional.of(new Reason(Cause.SQL, "its SQL changed, first at " + file.path() + ":" + (line + 1)));
    }

    private Optional<Reason> keys(Relation relation) {
        if (!(relation instanceof Relation.FeatureView view)) {
            return Optional.empty();
        }
        return release.views().stream()
                .filter(before -> before.name().equalsIgnoreCase(view.name()))
                .filter(before ->
                        !before.entity().equals(view.entity()) || !before.time().equals(view.time()))
                .findFirst()
                .map(before -> new Reason(
                        Cause.KEYS,
                        "its entity and event time were " + listed(before.entity(), before.time()) + ", and are "
                                + listed(view.entity(), view.time())));
    }

    private static String listed(List<String> entity, List<String> time) {
        return String.join(", ", entity) + " and " + (time.isEmpty() ? "none" : String.join(", ", time));
    }

    private Optional<Reason> inputs(Relation relation) {
        List<Manifest.Input> then = of(release.inputs(), relation);
        List<Manifest.Input> now = of(terms.files(), relation);
        List<String> differing = new ArrayList<>();
        for (Manifest.Input input : now) {
            Optional<Manifest.Input> before = then.stream()
                    .filter(old ->
                            old.variable().equals(input.variable()) && old.uri().equals(input.uri()))
                    .findFirst();
            if (before.isEmpty()) {
                differing.add(file(input) + " is new");
            } else if (!before.get().digest().equals(input.digest())) {
                differing.add(file(input) + " changed (" + bytes(before.get()) + " then, " + bytes(input) + " now)");
            }
        }
        then.stream()
                .filter(old -> now.stream()
                        .noneMatch(input -> old.variable().equals(input.variable())
                                && old.uri().equals(input.uri())))
                .forEach(old -> differing.add(file(old) + " is read no more"));
        if (differing.isEmpty()) {
            return Optional.empty();
        }
        String more = differing.size() > 3 ? " and " + (differing.size() - 3) + " more" : "";
        return Optional.of(new Reason(Cause.INPUT, differing.stream().limit(3).collect(joining(", ")) + more));
    }

    private static List<Manifest.Input> of(List<Manifest.Input> inputs, Relation relation) {
        return inputs.stream()
                .filter(input -> input.source().equalsIgnoreCase(relation.name()))
                .toList();
    }

    private static String file(Manifest.Input input) {
        return input.uri().substring(input.uri().lastIndexOf('/') + 1);
    }

    private static String bytes(Manifest.Input input) {
        return String.format(Locale.ROOT, "%,d bytes", input.bytes());
    }

    private Optional<Reason> day(SqlFile file) {
        return PresentDay.asksForAsOf(file) && !release.asOf().equals(terms.asOf())
                ? Optional.of(new Reason(
                        Cause.AS_OF,
                        "it asks for the as-of date: " + release.asOf() + " then, " + terms.asOf() + " now"))
                : Optional.empty();
    }

    /** What is asked for the second, or for chance, and so never gives the same rows for certain. */
    private Optional<Reason> unsteady(SqlFile file) {
        String code = SqlCode.of(file.sql());
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            if (unsteady.contains(call.group(1).toLowerCase(Locale.ROOT))) {
                return Optional.of(
                        new Reason(Cause.VOLATILE, "it calls " + call.group(1) + ", which answers anew each time"));
            }
        }
        if (SAMPLE.matcher(code).find()) {
            return Optional.of(new Reason(Cause.VOLATILE, "it draws a sample, which is another one each time"));
        }
        return PresentDay.asksTheClock(file)
                ? Optional.of(new Reason(
                        Cause.VOLATILE, "it asks what day it is; getvariable('as_of') is the date of the run"))
                : Optional.empty();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
