package smew.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import smew.base.SmewException;
import smew.base.Version;
import smew.duck.Duck;
import smew.features.Changes;
import smew.features.DeclaredChecks;
import smew.features.Kept;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.RelationProfile;
import smew.release.ReleaseFiles;
import smew.release.Releases;

/**
 * What a run takes from the current release, because all that determines it is the same: the rows of feature views, and what checks
 * and leak tests found. Sources that nothing has to read then are not read.
 */
final class Reuse implements AutoCloseable {

    private static final String ANEW = "Everything is made anew.";

    private final Project project;
    private final Manifest release;
    private final ReleaseFiles files;
    private final Changes changes;
    private final Map<Relation, Set<String>> readers;
    private final Kept kept;

    private Reuse(Project project, ReleaseFiles files, Changes changes, boolean leakTests) {
        this.project = project;
        this.release = files.manifest();
        this.files = files;
        this.changes = changes;
        Set<String> views = project.featureViews().stream()
                .filter(view -> !changes.changed(view))
                .filter(view -> Kept.canBeTaken(view, release, files::file))
                .map(view -> key(view.name()))
                .collect(Collectors.toSet());
        this.readers = readers(views, leakTests);
        this.kept = new Kept(release, files::file, views, unread());
    }

    /**
     * Looks at the current release.
     *
     * @param duck tells of functions
     * @return empty where there is none, or it is damaged, or the run was told to make everything anew
     */
    static Optional<Reuse> of(Releases releases, Preparation prepared, RunRequest request, Duck duck) {
        if (request.orders().fresh()) {
            return Optional.empty();
        }
        try {
            return CurrentRelease.of(releases, ANEW)
                    .map(release -> new Reuse(
                            prepared.project(),
                            releases.files(release),
                            changes(release, prepared, request, duck),
                            request.leakTests()));
        } catch (SmewException damaged) {
            return CurrentRelease.none(damaged, ANEW);
        }
    }

    /** How a project differs from what made a release. */
    private static Changes changes(Manifest release, Preparation prepared, RunRequest request, Duck duck) {
        Map<String, String> versions = Map.of("smew", Version.SMEW, "duckdb", prepared.duckVersion());
        return Changes.since(
                release, prepared.project(), new Changes.Terms(request.asOf(), prepared.files(), versions), duck);
    }

    /** What feature views and sources are taken. */
    Kept kept() {
        return kept;
    }

    /** What checks found whose outcome is the same, in no order. */
    List<Manifest.Check> checks() {
        return release.checks().stream().filter(check -> isSame(check)).toList();
    }

    private boolean isSame(Manifest.Check check) {
        return check.declared()
                .map(declared -> project.relation(declared.relation())
                        .filter(this::keepsDeclaredChecks)
                        .isPresent())
                .orElseGet(() -> project.checks().stream()
                        .anyMatch(file -> file.name().equals(check.name()) && keepsCheck(file)));
    }

    /** Whether the outcome of a check in a file of its own is known. */
    boolean keepsCheck(Relation.Check check) {
        return changes.same(check)
                && !callsModel(check)
                && release.checks().stream()
                        .anyMatch(found ->
                                found.declared().isEmpty() && found.name().equals(check.name()));
    }

    private boolean callsModel(Relation.Check check) {
        return project.models().stream()
                .anyMatch(model -> ModelFunctions.calls(check.file().sql(), model.name()));
    }

    /** Whether the outcome of all checks is known that a relation declares. */
    boolean keepsDeclaredChecks(Relation relation) {
        Set<String> found = release.checks().stream()
                .filter(check -> check.declared().isPresent())
                .map(Manifest.Check::name)
                .collect(Collectors.toSet());
        return changes.same(relation)
                && relation.declaredChecks().stream()
                        .flatMap(check -> check.reads().stream())
                        .allMatch(name ->
                                project.relation(name).filter(changes::same).isPresent())
                && found.containsAll(DeclaredChecks.names(relation));
    }

    /** Whether it is known what replay finds in a relation. A feature that becomes a label is none, so that models count, too. */
    boolean keepsReplay(Relation relation) {
        boolean looked = release.replayed().isPresent()
                && (!(relation instanceof Relation.Model)
                        || release.asked()
                                .filter(asked -> !asked.featuresOnly())
                                .isPresent());
        return looked
                && changes.replaysTheSame(relation)
                && project.models().stream()
                        .filter(model -> read(model).contains(relation))
                        .allMatch(changes::replaysTheSame);
    }

    /**
     * What replay found, then and now.
     *
     * @param replayed relations that it is asked for, in order
     * @param fresh what it found in those that {@link #keepsReplay} does not know
     */
    Leaks replay(List<Relation> replayed, Leaks fresh) {
        Leaks old = release.replayed().orElse(Leaks.NONE);
        List<Leaks> parts = new ArrayList<>();
        Set<String> beneath = new HashSet<>();
        for (Relation relation : replayed) {
            boolean known = keepsReplay(relation);
            parts.add((known ? old : fresh).only(relation.name()));
            if (known) {
                read(relation).forEach(source -> beneath.add(source.name()));
            }
        }
        for (Relation.Source source : project.sources()) {
            if (beneath.contains(source.name())) {
                parts.add(old.only(source.name()));
            }
            parts.add(fresh.only(source.name()));
        }
        return parts.stream().reduce(Leaks.NONE, Leaks::and).distinct();
    }

    /** What of a project differs from the release. */
    Changes changes() {
        return changes;
    }

    /** Whether a source need not be read, or the rows of a feature view are taken. */
    boolean takes(Relation relation) {
        return switch (relation) {
            case Relation.Source source ->
                kept.sources().stream().anyMatch(profile -> profile.name().equals(source.name()));
            case Relation.FeatureView view -> kept.views().contains(key(view.name()));
            case Relation.Model _, Relation.Check _ -> false;
        };
    }

    /** Names of what has to read a source. */
    Set<String> readers(Relation source) {
        return readers.getOrDefault(source, Set.of());
    }

    /** Sources that nothing has to read, with what they hold. */
    private List<RelationProfile> unread() {
        return RelationProfile.of(files).stream()
                .filter(profile -> project.relation(profile.name())
                        .filter(source -> source instanceof Relation.Source
                                && !changes.changed(source)
                                && !readers.containsKey(source))
                        .isPresent())
                .toList();
    }

    /** For each source that has to be read, what has to read it. */
    private Map<Relation, Set<String>> readers(Set<String> views, boolean leakTests) {
        Map<Relation, Set<String>> found = new HashMap<>();
        for (Relation relation : project.relations()) {
            for (Relation needed : needed(relation, views, leakTests)) {
                Stream.concat(
                                Stream.of(needed),
                                needed instanceof Relation.Source ? read(needed).stream() : Stream.of())
                        .filter(Relation.Source.class::isInstance)
                        .forEach(source -> found.computeIfAbsent(source, _ -> new TreeSet<>())
                                .add(relation.name()));
            }
        }
        return found;
    }

    private Set<Relation> needed(Relation relation, Set<String> views, boolean leakTests) {
        Set<Relation> needed = new HashSet<>();
        boolean made = switch (relation) {
            case Relation.Source source -> changes.changed(source);
            case Relation.FeatureView view -> !views.contains(key(view.name()));
            case Relation.Model _ -> true;
            case Relation.Check check -> !keepsCheck(check);
        };
        boolean replayed = leakTests
                && (relation instanceof Relation.FeatureView || relation instanceof Relation.Model)
                && !keepsReplay(relation);
        if (made) {
            needed.addAll(direct(relation));
        }
        if (replayed) {
            needed.addAll(read(relation));
        }
        if (!relation.declaredChecks().isEmpty() && !keepsDeclaredChecks(relation)) {
            needed.add(relation);
            relation.declaredChecks().stream()
                    .flatMap(check -> check.reads().stream())
                    .flatMap(name -> project.relation(name).stream())
                    .forEach(needed::add);
        }
        return needed;
    }

    /** What a relation reads when it is run: feature views as files, models as their SELECT. */
    private Set<Relation> direct(Relation relation) {
        Set<Relation> found = new HashSet<>();
        for (Relation read : reads(relation)) {
            if (found.add(read) && read instanceof Relation.Model) {
                found.addAll(direct(read));
            }
        }
        return found;
    }

    /** All that a relation reads, and what that reads. */
    private Set<Relation> read(Relation relation) {
        Set<Relation> found = new HashSet<>();
        for (Relation read : reads(relation)) {
            if (found.add(read)) {
                found.addAll(read(read));
            }
        }
        return found;
    }

    private List<Relation> reads(Relation relation) {
        return relation.file().reads().stream()
                .flatMap(name -> project.relation(name).stream())
                .toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        files.close();
    }
}
