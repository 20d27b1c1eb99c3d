package smew.learn;

import static smew.learn.Parameter.integer;
import static smew.learn.Parameter.number;
import static smew.learn.Parameter.seconds;
import static smew.project.Relation.Resample.CLASS_WEIGHT;
import static smew.project.Relation.Resample.SMOTE;
import static smew.project.Relation.Task.CLASSIFICATION;
import static smew.project.Relation.Task.REGRESSION;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import smew.project.Relation;

/** Every algorithm with its parameters, stated once: parsing, errors, {@code smew algorithms} and the README come from here. */
public final class Algorithms {

    static final String FOREST = "random-forest";
    static final String BOOSTING = "gradient-boosting";
    static final String TREE = "decision-tree";
    static final String ADABOOST = "adaboost";
    static final String LOGISTIC = "logistic-regression";
    static final String RIDGE = "linear-ridge";
    static final String AUTO = "auto";
    static final String BUDGET = "budget";
    static final String FOLDS = "folds";

    private static final Set<Relation.Task> BOTH = Set.of(CLASSIFICATION, REGRESSION);
    private static final Set<Relation.Resample> ANY = Set.of(SMOTE, CLASS_WEIGHT);

    private static final int TREES = 5_000;
    private static final int DEPTH = 64;
    private static final int LEAVES = 1_000_000;
    private static final int ROWS = 1_000_000_000;
    private static final int DAY = 86_400;

    private static final String LEAF_ROWS = "rows of a leaf at least; with class-weight, of the rarest class, though"
            + " a tenth of it is enough, and of others the more the less they weigh";
    private static final String DRAWN_LEAF_ROWS = "rows of a leaf at least, each as often as it was drawn; with"
            + " class-weight, of the rarest class, though a tenth of it is enough, and of others the more the less often"
            + " they are drawn";

    private static final Parameter SPLIT_INPUTS = integer(
            ForestLearner.INPUTS_PER_SPLIT,
            0,
            1_000_000,
            0,
            "inputs tried at each split; 0: the square root of their number, for regression a third");
    private static final Parameter ROWS_PER_TREE = number(
            ForestLearner.ROWS_PER_TREE,
            0,
            1,
            0,
            "share of training rows drawn for each tree, with replacement; 0: as many as there are, 100,000 at most");

    private static final List<Algorithm> ALL = List.of(
            new Algorithm(
                    FOREST,
                    "averages many deep trees, each grown on drawn rows and inputs",
                    BOTH,
                    ANY,
                    List.of(
                            integer("trees", 1, TREES, 100, "number of trees"),
                            integer("max-depth", 2, DEPTH, 16, "levels of a tree at most"),
                            integer("max-leaves", 2, LEAVES, 500, "leaves of a tree at most, the best splits first"),
                            integer("min-leaf-rows", 1, ROWS, 5, DRAWN_LEAF_ROWS),
                            SPLIT_INPUTS,
                            ROWS_PER_TREE)),
            new Algorithm(
                    BOOSTING,
                    "adds up many small trees, each correcting those before it",
                    BOTH,
                    ANY,
                    List.of(
                            integer(
                                    "trees",
                                    1,
                                    TREES,
                                    100,
                                    "number of trees, for each class where there are more than two"),
                            number("learning-rate", 0.0001, 1, 0.1, "by how much each tree corrects"),
                            integer("max-depth", 2, DEPTH, 6, "levels of a tree at most"),
                            integer("max-leaves", 2, LEAVES, 16, "leaves of a tree at most, the best splits first"),
                            integer("min-leaf-rows", 1, ROWS, 20, LEAF_ROWS),
                            number(
                                    "rows-per-tree",
                                    0,
                                    1,
                                    0,
                                    "share of training rows drawn for each tree; 0: seven in ten, 100,000 rows at most"))),
            new Algorithm(
                    TREE,
                    "one tree that a person can read",
                    BOTH,
                    ANY,
                    List.of(
                            integer("max-depth", 2, DEPTH, 8, "levels of the tree at most"),
                            integer("max-leaves", 2, LEAVES, 64, "leaves at most, the best splits first"),
                            integer("min-leaf-rows", 1, ROWS, 20, LEAF_ROWS))),
            new Algorithm(
                    LOGISTIC,
                    "weighs the inputs for the log odds of a class",
                    Set.of(CLASSIFICATION),
                    ANY,
                    List.of(
                            number("l2", 1e-6, 1e9, 1, "penalty on the squared weights of standardised inputs"),
                            number("tolerance", 1e-12, 0.1, 1e-5, "change at which fitting stops"),
                            integer("max-iterations", 1, 100_000, 200, "steps of fitting at most"))),
            new Algorithm(
                    RIDGE,
                    "weighs the inputs for a number",
                    Set.of(REGRESSION),
                    Set.of(),
                    List.of(number("l2", 1e-6, 1e9, 1, "penalty on the squared weights of standardised inputs"))),
            new Algorithm(
                    ADABOOST,
                    "lets small trees vote, each trained where those before it were wrong",
                    Set.of(CLASSIFICATION),
                    Set.of(SMOTE),
                    List.of(
                            integer("trees", 1, TREES, 100, "number of trees"),
                            integer("max-depth", 2, DEPTH, 4, "levels of a tree at most"),
                            integer("max-leaves", 2, LEAVES, 8, "leaves of a tree at most, the best splits first"),
                            integer("min-leaf-rows", 1, ROWS, 5, "rows of a leaf at least"))),
            new Algorithm(
                    AUTO,
                    "compares the others by cross-validation, and takes the simplest that is as good as the best",
                    BOTH,
                    ANY,
                    List.of(
                            seconds(
                                    BUDGET,
                                    1,
                                    DAY,
                                    60,
                                    "about how long comparing may take on two cores; counted in work and not by a clock, so"
                                            + " that the same rows give the same model on any machine"),
                            integer(FOLDS, 2, 20, 5, "parts of the training rows that take turns in being held out"))));

    private Algorithms() {}

    /** All of them, the first being a good start. */
    public static List<Algorithm> all() {
        return ALL;
    }

    static Optional<Algorithm> find(String name) {
        return ALL.stream().filter(algorithm -> algorithm.name().equals(name)).findFirst();
    }
}
