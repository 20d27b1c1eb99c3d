package smew.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import smew.app.Plan.Difference;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Manifest;
import smew.release.Output;
import smew.release.Profile;
import smew.release.RelationProfile;
import smew.release.ReleaseFiles;

/** What one release has otherwise than another: rows, columns and what they hold, figures of models, outcomes of checks. */
final class Differences {

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    /**
     * One of two releases.
     *
     * @param digests of files, by path
     * @param files where on this machine a file of the release is, by its path in the release
     */
    record Side(
            List<RelationProfile> sources,
            List<Manifest.View> views,
            List<Manifest.Model> models,
            List<Manifest.Check> checks,
            Map<String, String> digests,
            Optional<Manifest.Gate> gate,
            Function<String, Path> files) {

        /** No release at all. */
        static final Side NONE =
                new Side(List.of(), List.of(), List.of(), List.of(), Map.of(), Optional.empty(), Path::of);

        static Side of(ReleaseFiles files) {
            Manifest manifest = files.manifest();
            Map<String, String> digests =
                    manifest.outputs().stream().collect(Collectors.toMap(Output::path, Output::digest));
            return new Side(
                    RelationProfile.of(files),
                    manifest.views(),
                    manifest.models(),
                    manifest.checks(),
                    digests,
                    manifest.gate(),
                    files::file);
        }

        /** Of the file of a feature view; empty without it. */
        private Optional<String> digest(String view) {
            return Optional.ofNullable(digests.get(Manifest.View.path(view)));
        }
    }

    /** Compares. */
    static List<Difference> between(Side before, Side now) {
        Differences differences = new Differences();
        differences.sources(before.sources(), now.sources());
        differences.views(before, now);
        differences.models(before, now);
        differences.checks(before, now);
        now.gate().stream()
                .flatMap(gate -> gate.findings().stream())
                .forEach(finding -> differences.found.add(new Difference(
                        finding.model(), "would be held back", Optional.empty(), Optional.of(finding.text()))));
        return List.copyOf(differences.found);
    }

    private void add(String of, String what, Optional<String> before, Optional<String> now) {
        if (!before.equals(now)) {
            found.add(new Difference(of, what, before, now));
        }
    }

    private void sources(List<RelationProfile> before, List<RelationProfile> now) {
        Map<String, RelationProfile> then = byName(before, RelationProfile::name);
        Map<String, RelationProfile> here = byName(now, RelationProfile::name);
        for (String name : names(then, here)) {
            Optional<RelationProfile> old = Optional.ofNullable(then.get(name));
            Optional<RelationProfile> fresh = Optional.ofNullable(here.get(name));
            add(name, "rows", old.map(source -> count(source.rows())), fresh.map(source -> count(source.rows())));
        }
    }

    private void views(Side before, Side now) {
        Map<String, Manifest.View> then = byName(before.views(), Manifest.View::name);
        Map<String, Manifest.View> here = byName(now.views(), Manifest.View::name);
        // Files of the same rows differ where they name other releases: what they hold tells the rest.
        Set<String> rewritten = names(then, here).stream()
                .filter(name -> !Objects.equals(before.digest(name), now.digest(name)))
                .collect(Collectors.toSet());
        Map<String, Profile.Shape> old = shapes(before, rewritten);
        Map<String, Profile.Shape> fresh = shapes(now, rewritten);
        for (String name : names(then, here)) {
            shape(name, Optional.ofNullable(old.get(name)), Optional.ofNullable(fresh.get(name)));
            add(
                    name,
                    "entities",
                    Optional.ofNullable(then.get(name)).map(view -> count(view.entities())),
                    Optional.ofNullable(here.get(name)).map(view -> count(view.entities())));
        }
    }

    private static Map<String, Profile.Shape> shapes(Side side, Set<String> wanted) {
        Map<String, Profile.Shape> shapes = new LinkedHashMap<>();
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            for (Manifest.View view : side.views()) {
                if (wanted.contains(view.name())) {
                    Path parquet = side.files().apply(view.path());
                    duck.execute(
                            "CREATE VIEW " + Duck.identifier(view.name()) + " AS FROM read_parquet("
                                    + Duck.literal(parquet.toString()) + ")",
                            Origin.engine("Reading", parquet.toString()));
                    shapes.put(view.name(), Profile.shape(duck, view.name(), view.columns()));
                }
            }
        }
        return shapes;
    }

    /** What one relation has otherwise than it had. */
    static List<Difference> between(String name, Optional<Profile.Shape> before, Optional<Profile.Shape> now) {
        Differences differences = new Differences();
        differences.shape(name, before, now);
        return List.copyOf(differences.found);
    }

    private void shape(String relation, Optional<Profile.Shape> before, Optional<Profile.Shape> now) {
        add(relation, "rows", before.map(shape -> count(shape.rows())), now.map(shape -> count(shape.rows())));
        Map<String, String> old = types(before);
        Map<String, String> fresh = types(now);
        for (String name : names(old, fresh)) {
            Optional<String> was = Optional.ofNullable(old.get(name));
            Optional<String> is = Optional.ofNullable(fresh.get(name));
            add(relation, "column " + name, was, is);
            if (was.isPresent() && is.isPresent()) {
                values(relation, name, values(before.orElseThrow(), name), values(now.orElseThrow(), name));
            }
        }
    }

    private static Map<String, String> types(Optional<Profile.Shape> shape) {
        Map<String, String> types = new LinkedHashMap<>();
        shape.stream()
                .flatMap(described -> described.columns().stream())
                .forEach(column -> types.put(column.name(), column.type()));
        return types;
    }

    private static Profile.Values values(Profile.Shape shape, String column) {
        List<String> names = shape.columns().stream().map(Manifest.Column::name).toList();
        return shape.values().get(names.indexOf(column));
    }

    private void values(String relation, String column, Profile.Values before, Profile.Values now) {
        add(relation, "nulls of " + column, Optional.of(count(before.nulls())), Optional.of(count(now.nulls())));
        add(
                relation,
                "different values of " + column,
                Optional.of("about " + count(before.distinct())),
                Optional.of("about " + count(now.distinct())));
        add(relation, "range of " + column, range(before), range(now));
        add(relation, "mean of " + column, filled(before.mean()), filled(now.mean()));
    }

    private static Optional<String> range(Profile.Values values) {
        return filled(values.smallest()).map(smallest -> smallest + " to " + values.largest());
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private void models(Side before, Side now) {
        Map<String, Manifest.Model> then = byName(before.models(), Manifest.Model::name);
        Map<String, Manifest.Model> here = byName(now.models(), Manifest.Model::name);
        for (String name : names(then, here)) {
            Map<String, Double> old = metrics(then, name);
            Map<String, Double> fresh = metrics(here, name);
            for (String figure : names(old, fresh)) {
                add(
                        name,
                        figure,
                        Optional.ofNullable(old.get(figure)).map(Differences::figure),
                        Optional.ofNullable(fresh.get(figure)).map(Differences::figure));
            }
        }
    }

    private static Map<String, Double> metrics(Map<String, Manifest.Model> models, String name) {
        return models.containsKey(name) ? models.get(name).metrics() : Map.of();
    }

    private void checks(Side before, Side now) {
        Map<String, Manifest.Check> then = byName(before.checks(), Manifest.Check::name);
        Map<String, Manifest.Check> here = byName(now.checks(), Manifest.Check::name);
        for (String name : names(then, here)) {
            add(
                    name,
                    "failing",
                    Optional.ofNullable(then.get(name)).map(check -> count(check.failing())),
                    Optional.ofNullable(here.get(name)).map(check -> count(check.failing())));
        }
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream()
                .collect(Collectors.toMap(name, Function.identity(), (first, _) -> first, LinkedHashMap::new));
    }

    private static Set<String> names(Map<String, ?> before, Map<String, ?> now) {
        Set<String> names = new LinkedHashSet<>(now.keySet());
        names.addAll(before.keySet());
        return names;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
