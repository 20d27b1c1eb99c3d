package smew.model;

import java.io.Serializable;
import java.util.Optional;
import smile.classification.DecisionTree;
import smile.regression.RegressionTree;

/**
 * What an algorithm learned: the content of an artefact. Inputs are those of the card, encoded by {@link Encoding}.
 */
public sealed interface Learned {

    /** Trees as Smile grows and keeps them; they are scored from arrays ({@link FlatTrees}). */
    sealed interface Trees extends Learned {}

    /**
     * Regression trees whose outputs are averaged: a forest or one tree. For a class, a tree's output is its share of
     * rows in the leaf.
     *
     * @param groups one group of trees for regression and for two classes (of the second class), else one per class
     */
    record Forest(RegressionTree[][] groups) implements Trees, Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Regression trees whose outputs are added up. Two classes: the second one has probability 1 / (1 + exp(-2 f))
     * (Friedman 2001, "Greedy function approximation", algorithm 5); more: softmax.
     *
     * @param groups as in a forest
     * @param base where each group's sum starts
     * @param rate by which every tree's output is multiplied
     */
    record Boosted(RegressionTree[][] groups, double[] base, double rate) implements Trees, Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Decision trees that vote for a class, each with its weight (SAMME; Zhu et al. 2009). */
    record Votes(DecisionTree[] trees, double[] weights) implements Trees, Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Weighted sums of the {@link Design} of the inputs.
     *
     * @param coefficients one row for regression and for two classes (log odds of the second class), else one per class; the
     *     last element of a row is its intercept
     * @param means of the columns over the rows that were fitted, as they were weighed; empty in models that are older
     */
    record Linear(double[][] coefficients, Optional<double[]> means) implements Learned {}
}
