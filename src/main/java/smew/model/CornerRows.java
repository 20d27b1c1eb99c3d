package smew.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows on which trees are most likely to go wrong: values on both sides of their own splits. */
final class CornerRows {

    /** Nodes looked at, evenly spread: enough for a few hundred rows. */
    private static final int NODES = 4_096;

    private final List<List<Double>> corners = new ArrayList<>();

    CornerRows(FlatTrees trees, List<Card.Input> inputs) {
        inputs.forEach(_ -> corners.add(new ArrayList<>(List.of(0.0))));
        int nodes = trees.nodes().length / FlatTrees.NODE;
        int step = Math.max(1, nodes / NODES);
        for (int node = 0; node < nodes; node += step) {
            int at = node * FlatTrees.NODE;
            if (!trees.isLeaf(at)) {
                int input = trees.nodes()[at];
                int least = trees.nodes()[at + 1];
                int most = least + trees.nodes()[at + 2];
                List<Double> values = corners.get(input);
                if (trees.category()[input]) {
                    int last = Encoding.codes(inputs.get(input)) - 1;
                    values.add((double) Math.max(0, least));
                    values.add((double) Math.clamp(most + 1, 0, last));
                } else {
                    values.add((double) Math.max(FlatTrees.number(most), -Float.MAX_VALUE));
                    values.add((double) Math.min(FlatTrees.number(most + 1), Float.MAX_VALUE));
                }
            }
        }
    }

    /** Rows of encoded values, row by row; each value is drawn by itself. */
    double[] sample(int count, SplittableRandom random) {
        double[] rows = new double[count * corners.size()];
        for (int at = 0; at < rows.length; at++) {
            List<Double> values = corners.get(at % corners.size());
            rows[at] = values.get(random.nextInt(values.size()));
        }
        return rows;
    }
}
