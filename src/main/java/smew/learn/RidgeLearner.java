package smew.learn;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.model.Design;
import smew.model.Learned;

/** Linear regression with a penalty on squared weights, by the normal equations: memory grows with columns, not rows. */
final class RidgeLearner implements Learner {

    @Override
    public Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step) {
        Design design = new Design(rows.inputs());
        Standard standard = Standard.of(rows, design);
        int width = design.width();
        double mean = Arrays.stream(rows.numbers()).average().orElseThrow();
        double[] gram = new double[width * width];
        double[] right = new double[width];
        add(rows, design, standard, mean, gram, right);
        step.done(0.5);
        centre(rows, design, standard, gram);
        DMatrixRMaj matrix = new DMatrixRMaj(width, width);
        DMatrixRMaj vector = new DMatrixRMaj(width, 1);
        for (int a = 0; a < width; a++) {
            vector.set(a, 0, right[a] * standard.inverse()[a]);
            for (int b = 0; b < width; b++) {
                double product = gram[Math.min(a, b) * width + Math.max(a, b)];
                matrix.set(a, b, product * standard.inverse()[a] * standard.inverse()[b]);
            }
            matrix.add(a, a, chosen.number("l2"));
        }
        DMatrixRMaj weights = new DMatrixRMaj(width, 1);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(width);
        if (!solver.setA(matrix)) {
            throw new SmewException(
                    Fault.DATA,
                    "Fitting linear-ridge: the inputs depend on each other so closely that l2=" + chosen.number("l2")
                            + " cannot separate them. Use a larger l2, or drop inputs.");
        }
        solver.solve(vector, weights);
        double[] importance = new double[rows.inputs().size()];
        Standard.addImportance(weights.getData(), design, importance);
        double[][] coefficients = {standard.unfolded(weights.getData(), mean)};
        return new Fit(new Learned.Linear(coefficients, Optional.of(standard.means())), importance);
    }

    /** Sums of products of columns (upper triangle) and of columns with the label; numbers are centred, levels not yet. */
    private static void add(
            TrainingRows rows, Design design, Standard standard, double mean, double[] gram, double[] right) {
        int inputs = rows.columns().length;
        int[] at = new int[inputs];
        double[] value = new double[inputs];
        for (int row = 0; row < rows.size(); row++) {
            for (int input = 0; input < inputs; input++) {
                float cell = rows.columns()[input][row];
                at[input] = design.column(input, cell);
                value[input] = design.value(input, cell);
                value[input] -= design.isLevel(at[input]) ? 0 : standard.means()[at[input]];
            }
            double label = rows.numbers()[row] - mean;
            for (int a = 0; a < inputs; a++) {
                right[at[a]] += value[a] * label;
                for (int b = a; b < inputs; b++) {
                    gram[at[a] * design.width() + at[b]] += value[a] * value[b];
                }
            }
        }
    }

    /** Centres the columns of levels: their products lose the product of their means; labels are centred, so need nothing. */
    private static void centre(TrainingRows rows, Design design, Standard standard, double[] gram) {
        int width = design.width();
        for (int a = 0; a < width; a++) {
            for (int b = a; b < width; b++) {
                if (design.isLevel(a) && design.isLevel(b)) {
                    gram[a * width + b] -= rows.size() * standard.means()[a] * standard.means()[b];
                }
            }
        }
    }
}
