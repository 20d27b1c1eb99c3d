package smew.model;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.project.Figure;
import smew.project.Relation;

/**
 * {@code card.json}: all that is known of a model besides its artefact. It holds no time of day and no duration, so that
 * two trainings of the same rows, SQL, as-of and seed write the same bytes.
 *
 * @param formatVersion of the card and the artefact together, {@link #FORMAT_VERSION} when written
 * @param labelType the type in which predictions are given
 * @param classes sorted: integers by value, false before true, text by its characters; empty for regression
 * @param positive the class that probability and precision speak of; empty for regression and for more than two classes
 * @param entity key columns; empty where nothing names an entity
 * @param time event time column, then tie breakers
 * @param inputs in the order of the model's SELECT
 * @param algorithm with every parameter, whether written or by default
 * @param split which labelled rows were held out
 * @param resample {@code none}, {@code smote} or {@code class-weight}
 * @param metrics on held-out rows
 * @param importance descending, sums to 1; empty where nothing was learned from any input
 * @param calibration how probabilities are corrected; empty for regression, and where no rows were set aside for that
 * @param threshold from which probability on the positive class is predicted; empty: the most probable class is
 * @param insight what the model does with its inputs, found on held-out rows; empty in cards of format 1
 * @param search what {@code @algorithm auto} compared; empty where the algorithm was named
 * @param audit what the leak tests found; empty where they were not run
 * @param training what the rows looked like that were learned from; empty in cards made before it was kept
 */
public record Card(
        int formatVersion,
        String name,
        Relation.Task task,
        LabelType labelType,
        List<String> classes,
        Optional<String> positive,
        List<String> entity,
        List<String> time,
        String label,
        List<Input> inputs,
        Algorithm algorithm,
        Split split,
        String resample,
        Relation.Missing missing,
        long seed,
        Rows rows,
        Metrics metrics,
        List<Importance> importance,
        Provenance provenance,
        ArtefactFile artefact,
        Optional<Calibration> calibration,
        Optional<Threshold> threshold,
        Optional<Insight> insight,
        Optional<Search> search,
        Optional<Audit> audit,
        Optional<TrainingStatistics> training) {

    /** The format this build writes, and the newest it reads: it reads all older ones too. */
    public static final int FORMAT_VERSION = 3;

    /** The file's name inside a model's directory. */
    public static final String FILE = "card.json";

    public Card {
        classes = List.copyOf(classes);
        entity = List.copyOf(entity);
        time = List.copyOf(time);
        inputs = List.copyOf(inputs);
        importance = List.copyOf(importance);
        if (task == Relation.Task.CLASSIFICATION && classes.size() < 2) {
            throw new IllegalArgumentException("A classification has two classes or more, not " + classes + ".");
        }
        int corrections = calibration.map(Calibration::maps).map(List::size).orElse(0);
        if (corrections > 0 && corrections != (positive.isPresent() ? 1 : classes.size())) {
            throw new IllegalArgumentException(corrections + " corrections for the classes " + classes + ".");
        }
    }

    /** The figure that tells whether a model is worth anything; empty where a card has none of those that can. */
    public Optional<Figure> head() {
        List<Figure> best = task == Relation.Task.REGRESSION
                ? List.of(Figure.R2, Figure.RMSE)
                : List.of(Figure.AUC, Figure.ACCURACY);
        return best.stream()
                .filter(figure -> metrics.figures().containsKey(figure.key()))
                .findFirst();
    }

    /** The same card with these metrics. */
    public Card with(Metrics evaluated) {
        return with(evaluated, calibration, threshold, insight, search, audit, training);
    }

    /** The same card of a model that decides so. */
    public Card with(Optional<Calibration> calibrated, Optional<Threshold> decided) {
        return with(metrics, calibrated, decided, insight, search, audit, training);
    }

    /** The same card with what the model does with its inputs. */
    public Card with(Insight found) {
        return with(metrics, calibration, threshold, Optional.of(found), search, audit, training);
    }

    /** The same card of a model that was searched for. */
    public Card with(Search compared) {
        return with(metrics, calibration, threshold, insight, Optional.of(compared), audit, training);
    }

    /** The same card with what leak tests say. */
    public Card with(Audit found) {
        return with(metrics, calibration, threshold, insight, search, Optional.of(found), training);
    }

    /** The same card with what was learned from. */
    public Card with(TrainingStatistics seen) {
        return with(metrics, calibration, threshold, insight, search, audit, Optional.of(seen));
    }

    private Card with(
            Metrics evaluated,
            Optional<Calibration> calibrated,
            Optional<Threshold> decided,
            Optional<Insight> seen,
            Optional<Search> compared,
            Optional<Audit> audited,
            Optional<TrainingStatistics> learnedFrom) {
        return new Card(
                formatVersion,
                name,
                task,
                labelType,
                classes,
                positive,
                entity,
                time,
                label,
                inputs,
                algorithm,
                split,
                resample,
                missing,
                seed,
                rows,
                evaluated,
                importance,
                provenance,
                artefact,
                calibrated,
                decided,
                seen,
                compared,
                audited,
                learnedFrom);
    }

    /** The index of the positive class, where there are two; -1 elsewhere. */
    public int positiveIndex() {
        return positive.map(classes::indexOf).orElse(-1);
    }

    /** Whether probabilities are corrected after the algorithm computed them. */
    public boolean calibrated() {
        return calibration
                .filter(corrected -> corrected.method() != Calibration.Method.NONE)
                .isPresent();
    }

    /** In which type a label is stated. */
    public enum LabelType {
        INTEGER,
        NUMBER,
        BOOLEAN,
        TEXT
    }

    /** What a column of a model is to the learner. */
    public enum Type {
        NUMBER,
        BOOLEAN,
        CATEGORY
    }

    /**
     * One input column of a model.
     *
     * @param levels of a category, sorted: those that were frequent enough in training; all others count as unseen
     * @param replacement of a null number or boolean
     * @param nulls how many training rows had no value; NaN and infinite numbers count as null
     * @param otherRows how many training rows had a level that is none of {@code levels}
     * @param description what the column holds, in the words of a comment in SQL; empty where none says so
     */
    public record Input(
            String name,
            Type type,
            List<String> levels,
            double replacement,
            long nulls,
            long otherRows,
            Optional<String> description) {
        public Input {
            levels = List.copyOf(levels);
        }
    }

    /**
     * How the held-out rows were chosen.
     *
     * @param fraction what was asked for; of a set of its own, the share that it is of all labelled rows
     */
    public record Split(SplitBy by, double fraction) {

        /** What a directive asked for, or its default. */
        public static Split of(Relation.Split split) {
            return new Split(
                    switch (split.by()) {
                        case ENTITY -> SplitBy.ENTITY;
                        case TIME -> SplitBy.TIME;
                        case RANDOM -> SplitBy.RANDOM;
                    },
                    split.fraction());
        }
    }

    /** Whole entities, the latest rows, any rows, or rows that came as a set of their own. */
    public enum SplitBy {
        ENTITY,
        TIME,
        RANDOM,
        GIVEN
    }

    /** An algorithm's name and every parameter it ran with. */
    public record Algorithm(String name, Map<String, Object> parameters) {
        public Algorithm {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /**
     * How many rows went where.
     *
     * @param total all rows of the SELECT
     * @param labelled those with a label
     * @param unlabelled those without, which are served but not learned from
     * @param training labelled rows that were learned from, before resampling
     * @param heldOut labelled rows that training never saw
     * @param fitted rows after resampling, which the algorithm saw
     * @param perClass labelled rows of each class
     * @param calibration labelled rows that were set aside to correct probabilities and to choose the threshold; 0 in cards of
     *     format 1
     */
    public record Rows(
            long total,
            long labelled,
            long unlabelled,
            long training,
            long heldOut,
            long fitted,
            Map<String, Long> perClass,
            long calibration) {
        public Rows {
            perClass = Collections.unmodifiableMap(new LinkedHashMap<>(perClass));
        }
    }

    /** The share of one input in what the model learned. */
    public record Importance(String input, double share) {}

    /**
     * Where a model came from.
     *
     * @param sqlDigest SHA-256 of the model's SQL file
     * @param dataDigest SHA-256 of the rows of its SELECT, whatever their order was, and of which are held out where they
     *     came as a set of their own
     */
    public record Provenance(String sqlDigest, String dataDigest, LocalDate asOf, String smew, String smile) {}

    /**
     * The file that holds what was learned.
     *
     * @param kind {@code compiled-trees} for trees in arrays, {@code linear} for coefficients in JSON; up to format 2 {@code trees} for
     *     serialised Smile trees
     */
    public record ArtefactFile(String file, String kind, long bytes, String sha256) {}
}
