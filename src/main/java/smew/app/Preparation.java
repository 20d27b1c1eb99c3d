package smew.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import smew.base.Digest;
import smew.base.Json;
import smew.base.Version;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.features.Inputs;
import smew.learn.Training;
import smew.project.Project;
import smew.release.Manifest;
import smew.store.RemoteFiles;

/**
 * What is known of a run before the first row was read.
 *
 * @param asked what it was told
 * @param files every input file
 * @param digest SHA-256 of everything that determines the outputs
 */
record Preparation(
        Project project,
        Manifest.Asked asked,
        Inputs inputs,
        List<Manifest.Input> files,
        String digest,
        String duckVersion) {

    private static final Logger LOG = System.getLogger("smew.app");

    /** How much of the digest names a release. */
    private static final int NAME_LENGTH = 12;

    /**
     * Reads the project and looks at the inputs.
     *
     * @param remote keeps the copies of inputs that lie on S3
     * @throws smew.base.SmewException with all that is wrong with the project, or with the inputs
     */
    static Preparation of(RunRequest request, RemoteFiles remote) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            return of(request, Project.read(request.project(), duck::parse), remote, duck);
        }
    }

    /** The same for a project that was read already. */
    static Preparation of(RunRequest request, Project project, RemoteFiles remote, Duck duck) {
        if (!request.featuresOnly()) {
            project.models().forEach(Training::check);
            ModelFunctions.requireOnlyInChecks(project);
        }
        Inputs inputs = Inputs.resolve(project, request.variables(), duck, remote);
        inputs.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        return of(request, project, inputs, inputs.digests(), version(duck));
    }

    /**
     * What is known of a run whose feature views were made elsewhere.
     *
     * @param files every input file that was read there
     */
    static Preparation of(RunRequest request, Project project, List<Manifest.Input> files) {
        Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.variables().forEach((name, given) -> variables.put(name, given.text()));
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            return of(request, project, new Inputs(variables, List.of(), List.of()), files, version(duck));
        }
    }

    private static Preparation of(
            RunRequest request, Project project, Inputs inputs, List<Manifest.Input> files, String duckVersion) {
        return new Preparation(
                project,
                asked(request, project, inputs),
                inputs,
                files,
                digest(request, project, inputs, files, duckVersion),
                duckVersion);
    }

    /** An input is told so that another machine finds it: as a path from the project, if it lies there. */
    private static Manifest.Asked asked(RunRequest request, Project project, Inputs inputs) {
        Map<String, String> variables = new TreeMap<>();
        String folder =
                request.project().toAbsolutePath().normalize().toString().replace('\\', '/') + "/";
        request.variables().forEach((name, given) -> {
            boolean input = project.sources().stream()
                    .flatMap(source -> source.inputs().keySet().stream())
                    .anyMatch(name::equalsIgnoreCase);
            if (input && !RemoteFiles.isRemote(given.text())) {
                String path =
                        inputs.variables().getOrDefault(name, given.text()).replace('\\', '/');
                boolean inside = path.startsWith(folder) && !path.startsWith(folder + "../");
                variables.put(name, inside ? path.substring(folder.length()) : path);
            } else if (inputs.variables().containsKey(name)) {
                variables.put(name, given.text());
            }
        });
        return new Manifest.Asked(
                request.featuresOnly(),
                request.seed().isPresent() ? Optional.of(request.seed().getAsLong()) : Optional.empty(),
                variables);
    }

    /** The same run of a project whose outputs do not depend on the difference, under the name of an earlier one. */
    Preparation as(String name, Project other) {
        return new Preparation(other, asked, inputs, files, name, duckVersion);
    }

    /** What names the release: its id ends with it. */
    String name() {
        return digest.substring(0, NAME_LENGTH);
    }

    private static String version(Duck duck) {
        return duck.texts("SELECT version()", Origin.engine("Asking", "DuckDB")).getFirst();
    }

    /** Names the release by the digest that its id ends with: the same run a day later writes the same bytes. */
    Map<String, String> metadata(LocalDate asOf) {
        return Manifest.labels(name(), asOf);
    }

    private static String digest(
            RunRequest request, Project project, Inputs inputs, List<Manifest.Input> files, String duckVersion) {
        Map<String, Object> parts = new TreeMap<>();
        parts.put("smew", Version.SMEW);
        parts.put("duckdb", duckVersion);
        parts.put("as_of", request.asOf().toString());
        parts.put("features_only", request.featuresOnly());
        parts.put("leak_tests", request.leakTests());
        parts.put("seed", request.seed().isPresent() ? request.seed().getAsLong() : "as declared");
        parts.put(
                "sql",
                project.relations().stream()
                        .map(relation ->
                                relation.file().path() + " " + relation.file().digest())
                        .sorted()
                        .toList());
        parts.put(
                "inputs",
                files.stream()
                        .map(file -> file.source() + " " + file.variable() + " " + file.digest())
                        .sorted()
                        .toList());
        Map<String, String> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        others.putAll(inputs.variables());
        project.sources().forEach(source -> source.inputs().keySet().forEach(others::remove));
        parts.put("variables", others);
        return Digest.of(Json.write(parts));
    }
}
