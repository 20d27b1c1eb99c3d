package smew.app;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import smew.base.Progress;
import smew.columns.Table;
import smew.features.Inputs.Given;
import smew.release.Manifest;
import smew.store.StoreSettings;

/**
 * What the commands ask of the rooms: they parse, call this, and print. One implementation wires the rooms; tests hand in
 * their own. Everything fails with {@link smew.base.SmewException}.
 */
interface Engine {

    /** One run: from the sources to a published release. */
    RunResult run(RunRequest request, Progress progress);

    /** The same up to the checks, without a release. A failing check of severity error is a DATA fault. */
    List<Manifest.Check> check(RunRequest request, Progress progress);

    /** Starts the server and returns once it answers. */
    RunningServer serve(ServeRequest request);

    /** The first rows of an answer, at most {@code limit}, for a person to read. */
    Preview preview(SqlRequest request, int limit);

    /** Writes a whole answer into a file that does not exist yet. */
    void export(SqlRequest request, SqlRequest.Format format, Path file);

    /** Every release of a store, the newest first. */
    List<ReleaseLine> releases(StoreSettings store);

    /** Makes an older release current. NOT_FOUND names the newest id. */
    ReleaseLine rollback(StoreSettings store, String id);

    /** Deletes all releases but the newest and the current one; the answer is what was deleted, newest first. */
    List<String> prune(StoreSettings store, int keep);

    /** What happens on SageMaker. */
    SageMakerEngine sageMaker();

    /** Every algorithm that {@code @algorithm} knows. */
    List<AlgorithmLine> algorithms();

    /**
     * What one run is asked to do.
     *
     * @param variables what {@code --set} and the settings override; no two names differ in case only
     * @param seed overrides every model's own
     * @param memory as DuckDB reads it, such as {@code 2GB}
     */
    record RunRequest(
            Path project,
            StoreSettings store,
            LocalDate asOf,
            Map<String, Given> variables,
            OptionalLong seed,
            OptionalInt threads,
            Optional<String> memory,
            boolean featuresOnly) {
        public RunRequest {
            variables = Map.copyOf(variables);
        }
    }

    /**
     * What one run did.
     *
     * @param place where the release is, a folder or an address
     * @param example one scored entity as the server would answer it, in JSON; empty without a model
     */
    record RunResult(Manifest manifest, String place, Optional<String> example) {}

    /**
     * How to serve.
     *
     * @param token empty: generated when the address needs one
     * @param model the default model; empty: the first of the release
     * @param featuresOnly serve a release that has no model
     */
    record ServeRequest(
            StoreSettings store,
            String host,
            int port,
            Optional<String> token,
            boolean insecure,
            Optional<String> model,
            boolean featuresOnly,
            long bodyLimitBytes,
            Duration stopWithin) {}

    /** A server that answers. */
    interface RunningServer {
        /** Such as {@code http://127.0.0.1:8080}. */
        String address();

        /** A token made up because none was given. */
        Optional<String> generatedToken();

        /** Takes no new work, finishes what it has; returns when done. May be called twice. */
        void stop();
    }

    /**
     * A query over the current release.
     *
     * @param origin where the text came from, for errors: a file's name or {@code the command line}
     */
    record SqlRequest(StoreSettings store, String sql, String origin, Map<String, String> variables) {
        public SqlRequest {
            variables = Map.copyOf(variables);
        }

        /** How an answer is written. */
        enum Format {
            TABLE,
            CSV,
            JSON,
            PARQUET
        }
    }

    /**
     * The top of an answer.
     *
     * @param table may hold one row more than is to be shown
     * @param limit how many rows to show
     */
    record Preview(Table table, int limit) {}

    /** One release in a list. */
    record ReleaseLine(
            String id, boolean current, Instant created, LocalDate asOf, List<String> views, List<String> models) {}

    /** One algorithm. */
    record AlgorithmLine(String name, String description, List<String> tasks, List<Parameter> parameters) {
        /** One of its parameters; the range and the default as a person would write them. */
        record Parameter(String name, String range, String defaultValue, String description) {}
    }
}
