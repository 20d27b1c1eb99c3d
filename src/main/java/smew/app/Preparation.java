package smew.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import smew.app.Engine.RunRequest;
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
 * @param files every input file
 * @param digest SHA-256 of everything that determines the outputs
 */
record Preparation(Project project, Inputs inputs, List<Manifest.Input> files, String digest, String duckVersion) {

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
            Project project = Project.read(request.project(), duck::parse);
            if (!request.featuresOnly()) {
                project.models().forEach(Training::check);
            }
            Inputs inputs = Inputs.resolve(project, request.variables(), duck, remote);
            inputs.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
            List<Manifest.Input> files = inputs.digests();
            String duckVersion = version(duck);
            return new Preparation(
                    project, inputs, files, digest(request, project, inputs, files, duckVersion), duckVersion);
        }
    }

    /**
     * What is known of a run whose feature views were made elsewhere.
     *
     * @param files every input file that was read there
     */
    static Preparation of(RunRequest request, Project project, List<Manifest.Input> files) {
        Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.variables().forEach((name, given) -> variables.put(name, given.text()));
        Inputs inputs = new Inputs(variables, List.of(), List.of());
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            String version = version(duck);
            return new Preparation(project, inputs, files, digest(request, project, inputs, files, version), version);
        }
    }

    private static String version(Duck duck) {
        return duck.texts("SELECT version()", Origin.engine("Asking", "DuckDB")).getFirst();
    }

    /** Names the release by the digest that its id ends with: the same run a day later writes the same bytes. */
    Map<String, String> metadata(LocalDate asOf) {
        return Map.of("smew.release", digest.substring(0, NAME_LENGTH), "smew.as_of", asOf.toString());
    }

    private static String digest(
            RunRequest request, Project project, Inputs inputs, List<Manifest.Input> files, String duckVersion) {
        Map<String, Object> parts = new TreeMap<>();
        parts.put("smew", Version.SMEW);
        parts.put("duckdb", duckVersion);
        parts.put("as_of", request.asOf().toString());
        parts.put("features_only", request.featuresOnly());
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
