package smew.learn;

import static smew.project.Relation.Task.CLASSIFICATION;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import smew.model.Card;
import smew.project.Relation;

/**
 * An algorithm with parameters that a search tries. Those before others are simpler: weighted sums before one tree, one tree before
 * a forest, a forest before trees that correct each other; of weighted sums the more restrained, of trees those of fewer leaves.
 *
 * @param kind 0 for the simplest algorithms
 * @param size among those of one kind
 */
record Candidate(Chosen chosen, int kind, double size) {

    static final Comparator<Candidate> SIMPLEST_FIRST =
            Comparator.comparingInt(Candidate::kind).thenComparingDouble(Candidate::size);

    private static final int SUM = 0;
    private static final int TREE = 1;
    private static final int FOREST = 2;
    private static final int CORRECTING = 3;

    /** Everything worth trying, the simplest first. */
    static List<Candidate> all(Relation.Task task, Relation.Resample resample) {
        List<Candidate> all = new ArrayList<>();
        for (double l2 : new double[] {1_000, 30, 1}) {
            all.add(of(task == CLASSIFICATION ? Algorithms.LOGISTIC : Algorithms.RIDGE, Map.of("l2", l2)));
        }
        all.add(tree(4, 8, 20));
        all.add(tree(8, 32, 50));
        all.add(forest(100, 8, 60, 20));
        all.add(forest(100, 16, 500, 5));
        all.add(forest(200, 24, 2_000, 3));
        all.add(of(Algorithms.ADABOOST, Map.of()));
        all.add(boosting(60, 0.1, 3, 6));
        all.add(boosting(100, 0.1, 6, 16));
        all.add(boosting(300, 0.05, 6, 16));
        all.add(boosting(300, 0.1, 10, 48));
        return all.stream()
                .filter(candidate -> candidate.chosen.algorithm().tasks().contains(task)
                        && (resample == Relation.Resample.NONE
                                || candidate.chosen.algorithm().resample().contains(resample)))
                .sorted(SIMPLEST_FIRST)
                .toList();
    }

    private static Candidate tree(double depth, double leaves, double leafRows) {
        return of(Algorithms.TREE, Map.of("max-depth", depth, "max-leaves", leaves, "min-leaf-rows", leafRows));
    }

    private static Candidate forest(double trees, double depth, double leaves, double leafRows) {
        return of(
                Algorithms.FOREST,
                Map.of("trees", trees, "max-depth", depth, "max-leaves", leaves, "min-leaf-rows", leafRows));
    }

    private static Candidate boosting(double trees, double rate, double depth, double leaves) {
        return of(
                Algorithms.BOOSTING,
                Map.of("trees", trees, "learning-rate", rate, "max-depth", depth, "max-leaves", leaves));
    }

    private static Candidate of(String name, Map<String, Double> parameters) {
        Chosen chosen = Chosen.of(Algorithms.find(name).orElseThrow(), parameters);
        return switch (name) {
            case Algorithms.TREE -> new Candidate(chosen, TREE, chosen.number("max-leaves"));
            case Algorithms.FOREST -> new Candidate(chosen, FOREST, leaves(chosen));
            case Algorithms.ADABOOST, Algorithms.BOOSTING -> new Candidate(chosen, CORRECTING, leaves(chosen));
            default -> new Candidate(chosen, SUM, 1 / chosen.number("l2"));
        };
    }

    private static double leaves(Chosen chosen) {
        return chosen.number("trees") * chosen.number("max-leaves");
    }

    /** As a card has it. */
    Card.Algorithm shown() {
        return new Card.Algorithm(chosen.algorithm().name(), chosen.shown());
    }
}
