package smew.sagemaker;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;
import smew.project.Directive;
import smew.project.Kind;
import smew.project.ModelDirectives;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.project.SqlFile.DirectiveLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The hyperparameters of a training job: the directives of a model without their {@code @}, the parameters of its algorithm, and
 * {@code name}, {@code as-of}, {@code sql-digest} and what comments say of columns: {@code comments}, {@code comments-2} and so on,
 * as objects of JSON. All are texts, because SageMaker knows nothing else; keys may have
 * underscores in place of dashes, and a text may stand in JSON's quotes, as SageMaker's Python SDK writes it.
 *
 * @param origin what to call them in an error
 * @param text as they were written
 * @param values by key with dashes, without those that are SageMaker's own
 * @param algorithmKeys parameters that some algorithm has
 */
public record HyperParameters(String origin, String text, Map<String, String> values, Set<String> algorithmKeys) {

    private static final String NAME = "name";
    private static final String AS_OF = "as-of";
    private static final String SQL_DIGEST = "sql-digest";
    private static final String PLAIN_NAME = "model";
    private static final String VARIABLE = "SM_HP_";

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public HyperParameters {
        values = Map.copyOf(values);
        algorithmKeys = Set.copyOf(algorithmKeys);
    }

    /**
     * Reads {@code hyperparameters.json}, or else {@code SM_HPS}, or else every {@code SM_HP_KEY}.
     *
     * @throws SmewException CONFIGURATION, with every key that is unknown and the nearest known one
     */
    public static HyperParameters read(
            ContainerFiles files, Map<String, String> environment, Set<String> algorithmKeys) {
        JobConfig config =
                JobConfig.read(files.hyperParameters(), "SM_HPS", environment).orElseGet(() -> variables(environment));
        Set<String> known = known(algorithmKeys);
        Map<String, String> values = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : config.object().properties()) {
            String key = entry.getKey().replace('_', '-');
            if (entry.getKey().startsWith("sagemaker_") || entry.getKey().startsWith("_tuning_")) {
                continue;
            }
            String where = config.origin() + ":" + line(config.text(), entry.getKey());
            if (!known.contains(key) && !CommentValues.isKey(key)) {
                problems.add(new Problem(where, entry.getKey() + " is no hyperparameter." + Near.hint(key, known)));
            } else if (entry.getValue().isContainer()) {
                problems.add(new Problem(where, entry.getKey() + " is no text, expected one."));
            } else if (values.put(key, unquoted(key, entry.getValue().asString().strip())) != null) {
                problems.add(new Problem(where, key + " is given twice; give it once."));
            }
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Reading the hyperparameters", problems);
        }
        return new HyperParameters(config.origin(), config.text(), values, algorithmKeys);
    }

    /**
     * What to give a training job so that it trains the model of a project.
     *
     * @param asOf the date that the rows were made for
     */
    public static Map<String, String> of(Relation.Model model, LocalDate asOf) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(NAME, model.name());
        values.put(AS_OF, asOf.toString());
        values.put(SQL_DIGEST, model.file().digest());
        values.put("label", column(model.label()));
        put(values, "entity", columns(model.entity()));
        put(values, "time", columns(model.time()));
        model.task().ifPresent(task -> values.put("task", word(task)));
        model.positive().ifPresent(positive -> values.put("positive", "'" + positive.replace("'", "''") + "'"));
        StringBuilder algorithm = new StringBuilder(model.algorithm().name());
        model.algorithm().parameters().forEach((key, value) -> algorithm.append(" " + key + "=" + value));
        values.put("algorithm", algorithm.toString());
        model.split().ifPresent(split -> values.put("split", word(split.by()) + " " + split.fraction()));
        values.put("resample", word(model.resample()));
        values.put("missing", word(model.missing()));
        if (!model.features().columns().isEmpty()) {
            values.put("features", model.features().text());
        }
        values.put("seed", Long.toString(model.seed()));
        model.folds().ifPresent(folds -> values.put("folds", Integer.toString(folds)));
        model.calibrate().ifPresent(calibrate -> values.put("calibrate", calibrate.text()));
        model.threshold().ifPresent(threshold -> values.put("threshold", threshold.text()));
        values.putAll(CommentValues.values(model.file().comments()));
        return values;
    }

    /**
     * The model they describe.
     *
     * @param label what to learn where they do not say it
     * @throws SmewException CONFIGURATION, with every value that is wrong
     */
    public Relation.Model model(Optional<String> label) {
        List<DirectiveLine> lines = new ArrayList<>();
        for (Directive directive : Directive.values()) {
            String value = values.get(directive.key());
            if (value != null && directive.allowedIn(Kind.MODEL) && directive != Directive.ALGORITHM) {
                lines.add(new DirectiveLine(directive, value, line(text, directive.key())));
            }
        }
        if (!values.containsKey(Directive.LABEL.key())) {
            label.ifPresent(column -> lines.add(new DirectiveLine(Directive.LABEL, column(column), 1)));
        }
        StringBuilder algorithm = new StringBuilder(values.getOrDefault(Directive.ALGORITHM.key(), "random-forest"));
        new TreeSet<>(algorithmKeys)
                .forEach(key -> Optional.ofNullable(values.get(key))
                        .ifPresent(value -> algorithm.append(" " + key + "=" + value)));
        lines.add(new DirectiveLine(Directive.ALGORITHM, algorithm.toString(), line(text, Directive.ALGORITHM.key())));
        return ModelDirectives.read(new SqlFile(
                named(NAME, IDENTIFIER, "letters, digits, _ and -").orElse(PLAIN_NAME),
                origin,
                "",
                "",
                lines,
                List.of(),
                named(SQL_DIGEST, SHA256, "the SHA-256 of the SQL in 64 digits").orElseGet(this::digest),
                CommentValues.read(values, (key, expected) -> wrong(key, expected))));
    }

    /**
     * The date that the rows were made for, where they say it.
     *
     * @throws SmewException CONFIGURATION when it is no date
     */
    public Optional<LocalDate> asOf() {
        try {
            return Optional.ofNullable(values.get(AS_OF)).map(LocalDate::parse);
        } catch (DateTimeException noDate) {
            throw new SmewException(Fault.CONFIGURATION, wrong(AS_OF, "a date such as 2021-09-17"), noDate);
        }
    }

    /** Stands in for that of a SQL file: of what was asked for, whatever the job was called. */
    private String digest() {
        return Digest.of(Json.bytes(new TreeMap<>(values)));
    }

    private Optional<String> named(String key, Pattern allowed, String expected) {
        Optional<String> value = Optional.ofNullable(values.get(key));
        if (value.filter(text -> !allowed.matcher(text).matches()).isPresent()) {
            throw new SmewException(Fault.CONFIGURATION, wrong(key, expected));
        }
        return value;
    }

    private String wrong(String key, String expected) {
        return origin + ":" + line(text, key) + ": " + key + " holds '" + values.get(key) + "', expected " + expected
                + ".";
    }

    private static JobConfig variables(Map<String, String> environment) {
        Map<String, String> found = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                found.put(name.substring(VARIABLE.length()).toLowerCase(Locale.ROOT), value);
            }
        });
        String origin = found.isEmpty() ? "hyperparameters.json" : VARIABLE + "*";
        return new JobConfig(origin, "", Json.tree(Json.bytes(found)));
    }

    private static Set<String> known(Set<String> algorithmKeys) {
        Set<String> known = new TreeSet<>(algorithmKeys);
        Arrays.stream(Directive.values())
                // Of those that repeat, one line can say all that @features may say.
                .filter(directive -> directive == Directive.FEATURES
                        || (directive.allowedIn(Kind.MODEL) && !directive.repeatsIn(Kind.MODEL)))
                .forEach(directive -> known.add(directive.key()));
        known.addAll(Set.of(NAME, AS_OF, SQL_DIGEST));
        return known;
    }

    /**
     * A text without the quotes of JSON, or a JSON list of names as a directive has it. A column's name may stand in quotes of
     * its own, which look the same and stay where it needs them.
     */
    private static String unquoted(String key, String written) {
        boolean text = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
        boolean list = written.startsWith("[") && written.endsWith("]");
        if (!text && !list) {
            return written;
        }
        try {
            JsonNode node = Json.tree(written);
            String plain = node.isArray()
                    ? columns(node.valueStream().map(JsonNode::asString).toList())
                    : node.asString();
            Optional<Directive> directive = Arrays.stream(Directive.values())
                    .filter(known -> known.key().equals(key))
                    .findFirst();
            boolean needsQuotes = directive
                    .filter(known -> !ModelDirectives.accepts(known, plain) && ModelDirectives.accepts(known, written))
                    .isPresent();
            return needsQuotes ? written : plain.strip();
        } catch (JacksonException noJson) {
            return written;
        }
    }

    /** The line of a key in JSON as it was written, from 1. */
    private static int line(String text, String key) {
        int at = text.indexOf('"' + key + '"');
        return at < 0
                ? 1
                : 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private static void put(Map<String, String> values, String key, String value) {
        if (!value.isEmpty()) {
            values.put(key, value);
        }
    }

    private static String columns(List<String> names) {
        return String.join(", ", names.stream().map(HyperParameters::column).toList());
    }

    /** In quotes where a directive needs them. */
    private static String column(String name) {
        return ModelDirectives.accepts(Directive.LABEL, name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
