package smew.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import smew.app.SageMakerEngine.RunOrder;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.features.FeatureRun;
import smew.features.ProfileMerge;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.RelationProfile;
import smew.release.ReleaseFiles;
import smew.release.Releases;
import smew.store.S3Store;
import smew.store.Store;
import smew.store.StoreSettings;
import smew.store.Writer;

/**
 * Makes one release of what several machines made, each from a part of the input: the one that a single machine would have
 * made of all of it.
 */
record ShardMerge(RunOrder order, Project project, S3Store store, Clock clock, Progress progress) {

    /** What one machine left. */
    private record Shard(String host, Manifest manifest, ReleaseFiles files) {}

    RunResult merge(String job) {
        String folder = "sagemaker/shards/" + job;
        List<String> hosts = store.list(folder);
        if (hosts.isEmpty()) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Merging what job " + job + " made: there is nothing in " + store.where(folder)
                            + "; it was merged before, or --store is another one.");
        }
        List<Releases> opened = new ArrayList<>();
        try {
            List<Shard> shards = new ArrayList<>();
            for (String host : hosts) {
                StoreSettings settings = order.run().store();
                Releases releases = new Releases(
                        Store.open(new StoreSettings(store.where(folder + "/" + host), settings.aws(), settings.s3())));
                opened.add(releases);
                Manifest manifest = releases.manifest(releases.requireCurrent());
                shards.add(new Shard(host, manifest, releases.files(manifest)));
            }
            requireTheSame(shards);
            RunResult result = merge(shards);
            try (Writer writer = store.write("CURRENT")) {
                writer.delete(folder, "CURRENT", () -> false);
            }
            return result;
        } finally {
            opened.forEach(Releases::close);
        }
    }

    private RunResult merge(List<Shard> shards) {
        RunRequest asked = order.run();
        RunRequest request = new RunRequest(
                asked.project(),
                asked.store(),
                shards.getFirst().manifest().asOf(),
                asked.variables(),
                asked.seed(),
                asked.threads(),
                asked.memory(),
                asked.featuresOnly(),
                asked.leakTests(),
                asked.orders());
        Set<String> spread = spread(shards);
        Preparation prepared = Preparation.of(request, project, inputs(shards));
        RunPart rest = RunPart.merging(
                project,
                profiles(shards, spread),
                features -> views(features, shards, spread),
                checked(shards),
                leaked(shards));
        return new ReleaseRun(request, clock, progress).merged(prepared, rest);
    }

    /** Each machine must have run the project that lies here now. */
    private void requireTheSame(List<Shard> shards) {
        Map<String, String> here = new TreeMap<>();
        project.relations()
                .forEach(relation ->
                        here.put(relation.file().path(), relation.file().digest()));
        for (Shard shard : shards) {
            Map<String, String> there = new TreeMap<>();
            shard.manifest().sql().forEach(sql -> there.put(sql.path(), sql.digest()));
            if (!here.equals(there)) {
                throw new SmewException(
                        Fault.CONFIGURATION,
                        "Merging what machine " + shard.host()
                                + " made: its SQL is not that of the project, which was changed meanwhile. Put the project"
                                + " back as it was, or run again.");
            }
        }
    }

    /** Names of what depends on files that only one machine had. */
    private Set<String> spread(List<Shard> shards) {
        Set<String> names = new HashSet<>();
        for (Manifest.Input input : shards.getFirst().manifest().inputs()) {
            if (input.uri().startsWith("file:")) {
                names.add(input.source());
            }
        }
        // Relations lie in the order in which they read each other.
        for (Relation relation : project.relations()) {
            if (relation.file().reads().stream().anyMatch(names::contains)) {
                names.add(relation.name());
            }
        }
        return names;
    }

    /** Every file that some machine read, once, by its address on S3: what all of them had, and what each had of its own. */
    private List<Manifest.Input> inputs(List<Shard> shards) {
        Map<String, String> addresses = RemoteInputs.of(project, order.run());
        Map<String, Manifest.Input> all = new TreeMap<>();
        for (Shard shard : shards) {
            for (Manifest.Input input : shard.manifest().inputs()) {
                String folder = ShardedInput.folder(addresses.getOrDefault(input.variable(), ""));
                String uri = input.uri().replaceFirst("^file:.*/input/shard/", Matcher.quoteReplacement(folder));
                all.put(
                        input.source() + "\0" + input.variable() + "\0" + uri,
                        new Manifest.Input(input.source(), input.variable(), uri, input.bytes(), input.digest()));
            }
        }
        return List.copyOf(all.values());
    }

    private List<RelationProfile> profiles(List<Shard> shards, Set<String> spread) {
        List<List<RelationProfile>> read =
                shards.stream().map(shard -> RelationProfile.of(shard.files())).toList();
        List<RelationProfile> merged = new ArrayList<>();
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            for (Relation.Source source : project.sources()) {
                List<RelationProfile> parts = read.stream()
                        .flatMap(profiles -> profiles.stream()
                                .filter(profile -> profile.name().equals(source.name())))
                        .toList();
                merged.add(ProfileMerge.of(duck, spread.contains(source.name()) ? parts : parts.subList(0, 1)));
            }
        }
        return merged;
    }

    private List<Manifest.View> views(FeatureRun features, List<Shard> shards, Set<String> spread) {
        List<Manifest.View> views = new ArrayList<>();
        for (Relation.FeatureView view : project.featureViews()) {
            List<Shard> from = spread.contains(view.name()) ? shards : shards.subList(0, 1);
            requireOneShape(view.name(), from);
            List<Path> parts = from.stream()
                    .map(shard -> shard.files().file(Manifest.View.path(view.name())))
                    .toList();
            views.add(features.merge(view, parts));
        }
        project.models().stream()
                .filter(model -> !RunPart.readsSource(project, model))
                .forEach(features::model);
        return views;
    }

    private static void requireOneShape(String view, List<Shard> shards) {
        List<Manifest.Column> expected = columns(view, shards.getFirst());
        for (Shard shard : shards) {
            if (!columns(view, shard).equals(expected)) {
                throw new SmewException(
                        Fault.DATA,
                        "Merging " + view + ": its columns are " + expected + " on machine "
                                + shards.getFirst().host() + " and " + columns(view, shard) + " on machine "
                                + shard.host() + ", expected the same. State the types of columns in the source, as in"
                                + " read_csv(..., types = {...}).");
            }
        }
    }

    private static List<Manifest.Column> columns(String view, Shard shard) {
        return shard.manifest().views().stream()
                .filter(found -> found.name().equals(view))
                .findFirst()
                .map(Manifest.View::columns)
                .orElse(List.of());
    }

    /** Rows that failed a check on some machine, all together. */
    private static List<Manifest.Check> checked(List<Shard> shards) {
        Map<String, Manifest.Check> all = new LinkedHashMap<>();
        shards.forEach(shard -> shard.manifest()
                .checks()
                .forEach(check -> all.merge(
                        check.name(),
                        check,
                        (left, right) -> new Manifest.Check(
                                left.name(), left.severity(), left.failing() + right.failing(), found(left, right)))));
        return List.copyOf(all.values());
    }

    /** What rows broke a rule, where they did on either machine. */
    private static Optional<Manifest.Declared> found(Manifest.Check left, Manifest.Check right) {
        return left.declared().map(declared -> {
            List<String> found = Stream.of(left, right)
                    .flatMap(check -> check.declared().stream())
                    .flatMap(check -> check.found().stream())
                    .toList();
            return new Manifest.Declared(
                    declared.relation(),
                    declared.where(),
                    found.isEmpty() ? Optional.empty() : Optional.of(String.join(" On another machine: ", found)));
        });
    }

    /** What leak tests found on any machine, each of its own entities; a leak that several found is told once. */
    private static Optional<Leaks> leaked(List<Shard> shards) {
        return shards.stream()
                .flatMap(shard -> shard.manifest().leaks().stream())
                .reduce(Leaks::and)
                .map(Leaks::distinct);
    }
}
