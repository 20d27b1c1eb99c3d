package smew.release;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Json;
import smew.base.JsonException;
import smew.base.SmewException;
import smew.project.Basis;
import smew.project.Kind;
import smew.project.Leaks;

/**
 * {@code release.json}: where everything in a release came from, fixed when it is made.
 *
 * @param asOf the date the run pretended to be today
 * @param asked what the run was told besides; empty in a release that an older Smew made
 * @param versions of smew, java, duckdb and smile
 * @param sql every SQL file
 * @param inputs every file that a source read
 * @param views every feature view
 * @param models every model
 * @param checks every check
 * @param leaks what leak tests found; empty where none were made
 * @param gate what speaks against the release; empty where nothing does
 * @param outputs every file of the release but this one
 * @param timings seconds by stage
 * @param contract how its inputs differ from those of the release that was current; empty where they do not
 * @param replayed what replay found, before exceptions and models were looked at; empty where it was not asked, or not all was here
 */
public record Manifest(
        String id,
        Instant created,
        LocalDate asOf,
        Optional<Asked> asked,
        Map<String, String> versions,
        List<Sql> sql,
        List<Input> inputs,
        List<View> views,
        List<Model> models,
        List<Check> checks,
        Optional<Leaks> leaks,
        Optional<Gate> gate,
        List<Output> outputs,
        Map<String, Double> timings,
        Optional<InputChanges> contract,
        Optional<Leaks> replayed) {

    /** Of inputs that nothing is said against. */
    public Manifest(
            String id,
            Instant created,
            LocalDate asOf,
            Optional<Asked> asked,
            Map<String, String> versions,
            List<Sql> sql,
            List<Input> inputs,
            List<View> views,
            List<Model> models,
            List<Check> checks,
            Optional<Leaks> leaks,
            Optional<Gate> gate,
            List<Output> outputs,
            Map<String, Double> timings) {
        this(
                id,
                created,
                asOf,
                asked,
                versions,
                sql,
                inputs,
                views,
                models,
                checks,
                leaks,
                gate,
                outputs,
                timings,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Reads {@code release.json}.
     *
     * @param where it lies, for messages
     * @throws SmewException DATA when it is damaged
     */
    static Manifest read(byte[] bytes, String where) {
        try {
            return Json.read(bytes, Manifest.class);
        } catch (JsonException damaged) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + where + ": it is damaged (" + damaged.getMessage() + "). " + Releases.CURE,
                    damaged);
        }
    }

    /** The same, with one more file and the seconds that had passed by then. */
    public Manifest with(Output written, Map<String, Double> seconds) {
        List<Output> all = Stream.concat(outputs.stream(), Stream.of(written)).toList();
        return new Manifest(
                id, created, asOf, asked, versions, sql, inputs, views, models, checks, leaks, gate, all, seconds,
                contract, replayed);
    }

    /**
     * The same after more was looked at.
     *
     * @param all what checks found
     * @param found what leak tests found
     */
    public Manifest with(List<Check> all, Optional<Leaks> found) {
        return new Manifest(
                id, created, asOf, asked, versions, sql, inputs, views, models, all, found, gate, outputs, timings,
                contract, replayed);
    }

    /** What every file says of the release that it was made for. */
    public Map<String, String> labels() {
        return labels(id.substring(id.lastIndexOf('-') + 1), asOf);
    }

    /**
     * What every file says of its release, which the same run a day later would say as well.
     *
     * @param name the digest that the id ends with
     */
    public static Map<String, String> labels(String name, LocalDate asOf) {
        return Map.of("smew.release", name, "smew.as_of", asOf.toString());
    }

    /** Whether it did not become current when it was made: a gate was closed. */
    public boolean held() {
        return gate.filter(closed -> closed.forced().isEmpty()).isPresent();
    }

    /**
     * What a run was told, and what determines its outputs besides SQL, inputs and as-of.
     *
     * @param seed of every model, instead of each one's own
     * @param variables those that were given: of an input, its path or address, relative to the project where it lies in it
     */
    public record Asked(boolean featuresOnly, Optional<Long> seed, Map<String, String> variables) {
        public Asked {
            variables = Collections.unmodifiableMap(new TreeMap<>(variables));
        }
    }

    /**
     * One SQL file, with its text, so that a release explains itself.
     *
     * @param name of the relation it defines
     * @param description the leading comment, without directives
     * @param reads the relations it reads
     */
    public record Sql(
            String path, Kind kind, String name, String description, List<String> reads, String digest, String text) {}

    /** One file that was read. */
    public record Input(String source, String variable, String uri, long bytes, String digest) {}

    /**
     * One feature view.
     *
     * @param ties rows whose place among the rows of their entity no declared column decided
     */
    public record View(
            String name,
            List<String> entity,
            List<String> time,
            long rows,
            long entities,
            long ties,
            List<Column> columns) {

        /** The Parquet file, relative to the release. */
        public String path() {
            return path(name);
        }

        /** The Parquet file of a feature view, relative to the release. */
        public static String path(String name) {
            return "features/" + name + "/part-0.parquet";
        }
    }

    /** One column of a view, with DuckDB's name of its type. */
    public record Column(String name, String type) {}

    /**
     * One model; all that is known of it is in its card.
     *
     * @param rows of its SELECT
     * @param metrics on held-out rows, by figure
     * @param intervals that hold the true value in 95 of 100 cases, by figure; empty in releases of Smew before it made any
     * @param previous the model that this one replaced; empty where there was none that could be compared
     * @param folds what cross-validation says; empty where none was asked for
     */
    public record Model(
            String name,
            long rows,
            Map<String, Double> metrics,
            Optional<Map<String, Range>> intervals,
            Optional<Replaced> previous,
            Optional<CrossValidated> folds) {

        /** Without intervals, and compared with nothing. */
        public Model(String name, long rows, Map<String, Double> metrics) {
            this(name, rows, metrics, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * Figures of as many models as folds.
     *
     * @param mean over the folds, by figure
     * @param standardError of the mean
     */
    public record CrossValidated(int folds, Map<String, Double> mean, Map<String, Double> standardError) {}

    /** From low to high. */
    public record Range(double low, double high) {}

    /**
     * An older model beside the newer one.
     *
     * @param basis on which rows they were compared
     * @param metrics of the older model, by figure
     * @param differences how much higher the newer model's figures are
     */
    public record Replaced(String release, Basis basis, Map<String, Double> metrics, Map<String, Range> differences) {}

    /**
     * One check: how many rows it returned; of one that a directive declares, how many broke it.
     *
     * @param declared empty of a file of its own
     */
    public record Check(String name, String severity, long failing, Optional<Declared> declared) {

        /** A check in a file of its own. */
        public Check(String name, String severity, long failing) {
            this(name, severity, failing, Optional.empty());
        }
    }

    /**
     * Where a directive of a source or feature view declares a check.
     *
     * @param where file and line of the directive
     * @param found one sentence with numbers and examples; empty where it passed
     */
    public record Declared(String relation, String where, Optional<String> found) {}

    /**
     * What speaks against a release.
     *
     * @param findings at least one
     * @param forced the reason for which it was to become current all the same; empty: it was held back
     */
    public record Gate(List<Finding> findings, Optional<String> forced) {
        public Gate {
            findings = List.copyOf(findings);
        }
    }

    /**
     * One thing that speaks against a model.
     *
     * @param figure by which
     * @param text a sentence without its full stop
     */
    public record Finding(String model, String figure, String text) {}
}
