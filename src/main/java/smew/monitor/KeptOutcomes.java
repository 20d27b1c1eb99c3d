package smew.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.model.Card;

/**
 * What became of predictions, in a store: {@code outcomes/MODEL/DIGEST-DIGEST.parquet}, named by the file and the columns that it came
 * from, so that loading a file again changes nothing, and with another time column replaces it. Columns: {@code key_1} … as text,
 * {@code label} as the card states it, {@code time} and {@code loaded}.
 *
 * @param log of the same store
 */
public record KeptOutcomes(LoggedPredictions log, Card card) {

    private static final String ROOT = "outcomes";
    private static final String PARQUET = ".parquet";

    /** As DuckDB names the type. */
    private static final String TEXT = "VARCHAR";

    private static final Set<String> INTEGERS = Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT");

    /**
     * What a file held.
     *
     * @param rows with a label
     * @param unlabelled without one, which are left out
     * @param known whether the file was loaded before
     */
    public record Loaded(long rows, long unlabelled, boolean known) {}

    /**
     * Takes a file in.
     *
     * @param file CSV or Parquet with the key columns and the label of the model
     * @param time the column that says when an outcome was known; empty: {@code time}, where there is one
     * @throws SmewException NOT_FOUND without the file; DATA, naming the file and what about it is wrong
     */
    public Loaded load(OutcomeFile file, Optional<String> time, InstantSource clock) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.execute("SET TimeZone = 'UTC'", Origin.engine("Reading", file.name()));
            OutcomeColumns columns = OutcomeColumns.of(duck, file, card, time);
            OutcomeRows rows = new OutcomeRows(duck, file, card, columns);
            rows.read();
            String folder = ROOT + "/" + card.name() + "/";
            String content = digest(file).substring(0, 16);
            String name = content + "-"
                    + Digest.of(columns.keys() + " " + columns.label() + " " + columns.time())
                            .substring(0, 8) + PARQUET;
            boolean known = log.store().holds(folder + name);
            if (!known) {
                Path aside = log.scratch().resolve("outcomes.parquet");
                rows.write(aside, clock.instant());
                log.store().keep(aside, folder + name);
                // What was made of other columns of the same file before.
                log.store()
                        .drop(log.store().list(ROOT + "/" + card.name()).stream()
                                .filter(other -> other.startsWith(content) && !other.equals(name))
                                .map(other -> folder + other)
                                .toList());
            }
            return new Loaded(rows.labelled(), rows.unlabelled(), known);
        }
    }

    private static String digest(OutcomeFile file) {
        try {
            return Digest.of(file.path());
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Reading " + file + ": " + failed + ".", failed);
        }
    }

    /**
     * Every outcome that was ever loaded beside the newest prediction for its key, made before the outcome was known where it says
     * when. Of several outcomes for one key and time the one that was loaded last counts.
     *
     * @param filter which predictions
     * @throws SmewException NOT_FOUND where none are logged
     */
    public Matched matched(LogFilter filter) {
        List<Path> files = log.here(log.store().list(ROOT + "/" + card.name()).stream()
                .filter(name -> name.endsWith(PARQUET))
                .map(name -> ROOT + "/" + card.name() + "/" + name)
                .toList());
        String said = log.relation(filter);
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Origin origin = Origin.engine("Joining outcomes with predictions of", card.name());
            duck.execute("SET TimeZone = 'UTC'", origin);
            duck.execute("CREATE TEMP VIEW said AS SELECT * FROM " + said, origin);
            Map<String, String> types = types(duck, origin);
            duck.execute(
                    "CREATE TEMP TABLE known AS SELECT *, row_number() OVER (ORDER BY " + keys()
                            + ", time) AS number FROM (SELECT " + same(types)
                            + ", time, arg_max(label, (loaded, label)) AS label FROM "
                            + LoggedPredictions.relation(files) + " GROUP BY ALL)",
                    origin);
            Table rows = duck.query(join(types), origin);
            return new Matched(rows, duck.count("SELECT count(*) FROM known", origin));
        }
    }

    private String keys() {
        return IntStream.rangeClosed(1, card.entity().size())
                .mapToObj(number -> "key_" + number)
                .collect(Collectors.joining(", "));
    }

    /** Of the columns of the log. */
    private static Map<String, String> types(Duck duck, Origin origin) {
        List<String> names = duck.texts("SELECT column_name FROM (DESCRIBE said)", origin);
        List<String> types = duck.texts("SELECT column_type FROM (DESCRIBE said)", origin);
        return IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, types::get));
    }

    /** Keys as text, each in one spelling: 7, 7.0 and 007 are one number, and so is a UUID in either case. */
    private String same(Map<String, String> types) {
        List<String> names = LogNames.of(card).keys();
        return IntStream.range(0, names.size())
                .mapToObj(key -> {
                    String text = "key_" + (key + 1);
                    String type = types.getOrDefault(names.get(key), TEXT);
                    String spelled = TEXT.equals(type)
                            ? spelled(text)
                            : "coalesce(CAST(" + key(text, type) + " AS VARCHAR), " + text + ")";
                    return spelled + " AS " + text;
                })
                .collect(Collectors.joining(", "));
    }

    /** A text as a key of this type, NULL where it is none: 7.5 is no integer, and a cast would round it. */
    private static String key(String text, String type) {
        String cast = "TRY_CAST(" + text + " AS " + type + ")";
        return INTEGERS.contains(type)
                ? "CASE WHEN TRY_CAST(" + text + " AS DECIMAL(38, 9)) % 1 <> 0 THEN NULL ELSE " + cast + " END"
                : cast;
    }

    private static String spelled(String text) {
        return "CASE WHEN regexp_full_match(" + text
                + ", '[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}') THEN lower(" + text + ") ELSE " + text
                + " END";
    }

    /** Texts become keys of the log's type, not the other way round. */
    private String join(Map<String, String> types) {
        LogNames names = LogNames.of(card);
        String same = IntStream.range(0, names.keys().size())
                .mapToObj(key -> {
                    String type = types.getOrDefault(names.keys().get(key), TEXT);
                    String logged = "said." + Duck.identifier(names.keys().get(key));
                    return key("known.key_" + (key + 1), type) + " = " + (TEXT.equals(type) ? spelled(logged) : logged);
                })
                .collect(Collectors.joining(" AND "));
        List<String> each = names.probabilities().stream()
                .map(name -> probability(name, types))
                .toList();
        String probabilities = IntStream.range(0, each.size())
                .mapToObj(code -> ", " + Matched.probability(code) + ": " + each.get(code))
                .collect(Collectors.joining());
        return """
                SELECT known.label AS label, newest.*
                FROM (
                    SELECT number, max_by(
                        {prediction: said.prediction::VARCHAR, probability: %s, release: said.release%s},
                        (said.time, said.request_id)) AS newest
                    FROM known JOIN said ON %s AND (known.time IS NULL OR said.time < known.time)
                    GROUP BY number)
                JOIN known USING (number)
                ORDER BY number
                """.formatted(comparable(each), probabilities, same);
    }

    /**
     * The probability that was logged, unless it is that of a positive class while the card has none: a release of two classes logged no
     * other. A backend may give that of the predicted class alone.
     */
    private static String comparable(List<String> each) {
        return each.isEmpty()
                ? "said.probability"
                : "CASE WHEN said.backend <> 'local' OR coalesce(" + String.join(", ", each)
                        + ") IS NOT NULL THEN said.probability END";
    }

    /** An older Smew logged none; an older release did not know every class. */
    private static String probability(String name, Map<String, String> types) {
        return "DOUBLE".equals(types.get(name)) ? "said." + Duck.identifier(name) : "NULL::DOUBLE";
    }
}
