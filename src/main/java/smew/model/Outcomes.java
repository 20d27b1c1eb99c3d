package smew.model;

import java.util.List;

/** From scores to what a model says: the outcomes of a card in their own type. Immutable. */
public final class Outcomes {

    private final Card card;
    private final Object[] values;
    private final double threshold;
    private final int positive;

    public Outcomes(Card card) {
        this.card = card;
        this.positive = card.positiveIndex();
        this.threshold = card.threshold().map(Threshold::value).orElse(Double.NaN);
        this.values = card.classes().stream().map(this::value).toArray();
    }

    Card card() {
        return card;
    }

    /** How many classes there are; 0 for a regression. */
    int classes() {
        return values.length;
    }

    /** How many scores a row has: one per class, or one number. */
    public int scores() {
        return Math.max(1, values.length);
    }

    /** A class in the label's own type, by its place in {@link Card#classes()}. */
    public Object value(int index) {
        return values[index];
    }

    /**
     * What the scores of a row say.
     *
     * @param scores a probability per class in the order of the card; or one number
     */
    public Prediction prediction(double[] scores) {
        if (values.length == 0) {
            return new Prediction(scores[0], null, List.of());
        }
        return prediction(predicted(scores), scores);
    }

    /**
     * The class that a probability per class predicts: of two classes the positive one from the card's threshold on; without a
     * threshold, the first of the greatest.
     */
    public int predicted(double[] probabilities) {
        return predicted(probabilities, 0);
    }

    /** The same of a row whose probabilities start at a place. */
    int predicted(double[] probabilities, int from) {
        if (positive >= 0 && !Double.isNaN(threshold)) {
            return probabilities[from + positive] >= threshold ? positive : 1 - positive;
        }
        int best = 0;
        for (int c = 0; c < values.length; c++) {
            best = probabilities[from + c] > probabilities[from + best] ? c : best;
        }
        return best;
    }

    /** The class whose probability is spoken of; below 0: that of the predicted one. */
    int positive() {
        return positive;
    }

    /** What probabilities say where it is known which class is predicted. */
    public Prediction prediction(int predicted, double[] probabilities) {
        Double[] boxed = new Double[probabilities.length];
        for (int c = 0; c < boxed.length; c++) {
            boxed[c] = probabilities[c];
        }
        return new Prediction(values[predicted], probabilities[positive < 0 ? predicted : positive], List.of(boxed));
    }

    private Object value(String text) {
        return switch (card.labelType()) {
            case INTEGER -> Long.valueOf(text);
            case NUMBER -> Double.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case TEXT -> text;
        };
    }
}
