package smew.project;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What one SQL file of a project defines. */
public sealed interface Relation {

    SqlFile file();

    /** The same, defined by another file. */
    Relation with(SqlFile other);

    default String name() {
        return file().name();
    }

    default Kind kind() {
        return switch (this) {
            case Source _ -> Kind.SOURCE;
            case FeatureView _ -> Kind.FEATURE_VIEW;
            case Model _ -> Kind.MODEL;
            case Check _ -> Kind.CHECK;
        };
    }

    /** What the file says of leaks that are found in it. */
    default LeakRules leakRules() {
        return switch (this) {
            case FeatureView _, Model _ -> LeakRules.of(file());
            case Source _, Check _ -> new LeakRules(List.of(), Map.of());
        };
    }

    /** Checks of its rows that its file declares. */
    default List<DeclaredCheck> declaredChecks() {
        return DeclaredCheck.of(file());
    }

    /**
     * One raw input, renamed and cast.
     *
     * @param inputs variable name to path or URI, as declared, in file order
     * @param time event time column, then tie breakers; empty if not declared
     */
    record Source(SqlFile file, Map<String, String> inputs, List<String> time) implements Relation {
        public Source {
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
            time = List.copyOf(time);
        }

        @Override
        public Source with(SqlFile other) {
            return new Source(other, inputs, time);
        }
    }

    /**
     * Rows of features per entity and event time.
     *
     * @param entity key columns, at least one
     * @param time event time column, then tie breakers; empty when each entity is unique
     */
    record FeatureView(SqlFile file, List<String> entity, List<String> time) implements Relation {
        public FeatureView {
            if (entity.isEmpty()) {
                throw new IllegalArgumentException(file.path() + " has no entity.");
            }
            entity = List.copyOf(entity);
            time = List.copyOf(time);
        }

        @Override
        public FeatureView with(SqlFile other) {
            return new FeatureView(other, entity, time);
        }
    }

    /**
     * Training rows and how to learn from them.
     *
     * @param entity key columns, declared or inherited from the one feature view it reads; empty where rows came without
     *     a project and nobody named a key
     * @param time event time column, then tie breakers, declared or inherited; empty when each entity is unique
     * @param task empty: follows from the label's type
     * @param positive empty: the rarer of two classes
     * @param algorithm name and parameters as written; {@code learn} knows which exist
     * @param split empty: {@code entity 0.3} where an entity has several rows, else {@code random 0.3}
     * @param calibrate empty: as {@link #calibration()} has it
     * @param threshold empty: the most probable class is predicted
     */
    record Model(
            SqlFile file,
            List<String> entity,
            List<String> time,
            String label,
            Optional<Task> task,
            Optional<String> positive,
            Algorithm algorithm,
            Optional<Split> split,
            Resample resample,
            Missing missing,
            long seed,
            Optional<Calibrate> calibrate,
            Optional<ThresholdRule> threshold)
            implements Relation {
        public Model {
            entity = List.copyOf(entity);
            time = List.copyOf(time);
        }

        /** The same where nothing names an entity, so that its columns are inputs. */
        public Model keyless() {
            SqlFile using = file.with(features().using(entity, file.directives()));
            return new Model(
                    using, List.of(), time, label, task, positive, algorithm, split, resample, missing, seed, calibrate,
                    threshold);
        }

        /** How many folds a cross-validation has; empty where none is asked for. */
        public OptionalInt folds() {
            return file.directives().stream()
                    .filter(line -> line.directive() == Directive.FOLDS)
                    .mapToInt(line -> DirectiveValue.folds(line.value()))
                    .findFirst();
        }

        /** Which of its columns may be inputs. */
        public ModelFeatures features() {
            return ModelFeatures.of(file);
        }

        /**
         * What was asked for, or else {@code auto} where the threshold is chosen by a rule: rows are set aside for that anyway.
         * Elsewhere none: to correct costs training rows, and moves the line that the most probable class draws.
         */
        public Calibrate calibration() {
            boolean aside = threshold.filter(ThresholdRule::chosen).isPresent();
            return calibrate.orElseGet(
                    () -> new Calibrate(aside ? Calibrate.Method.AUTO : Calibrate.Method.NONE, Optional.empty()));
        }

        @Override
        public Model with(SqlFile other) {
            return of(other, seed);
        }

        /** The same with another seed. */
        public Model with(long otherSeed) {
            return of(file, otherSeed);
        }

        private Model of(SqlFile other, long otherSeed) {
            return new Model(
                    other, entity, time, label, task, positive, algorithm, split, resample, missing, otherSeed,
                    calibrate, threshold);
        }
    }

    /** A query that must return no rows. */
    record Check(SqlFile file, Severity severity) implements Relation {
        @Override
        public Check with(SqlFile other) {
            return new Check(other, severity);
        }
    }

    /** What is learned. */
    enum Task {
        CLASSIFICATION,
        REGRESSION
    }

    /** What happens to the balance of classes in training rows, never in held-out ones. */
    enum Resample {
        NONE,
        SMOTE,
        CLASS_WEIGHT
    }

    /** What replaces a null number. */
    enum Missing {
        ZERO,
        MEDIAN,
        ERROR
    }

    /** Whether a failing check or a leak stops the release, is warned of, or is only told. */
    enum Severity {
        ERROR,
        WARN,
        INFO;

        /** As written in directives. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which rows are held out together: whole entities, the latest rows, or any rows. */
    enum SplitBy {
        ENTITY,
        TIME,
        RANDOM
    }

    /** A share of rows that training never sees, above 0 and below 1. */
    record Split(SplitBy by, double fraction) {
        public Split {
            if (!(fraction > 0 && fraction < 1)) {
                throw new IllegalArgumentException("Split fraction " + fraction + " is not above 0 and below 1.");
            }
        }
    }

    /** {@code random-forest trees=100 max-depth=16}: the name and the parameters in the order written. */
    record Algorithm(String name, Map<String, String> parameters) {
        public Algorithm {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }
}
