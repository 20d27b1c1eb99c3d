package smew.sagemaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.model.Card;
import smew.model.Outcomes;
import smew.model.Prediction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an endpoint answered, as predictions under a card. Understood are the answers of our own /invocations in JSON
 * ({@code {"predictions":[{"prediction":0,"probability":0.03,"probabilities":{…}}]}}) and CSV ({@code prediction,probability}),
 * and one number for each row, in JSON ({@code {"predictions":[0.03]}}) or in CSV, on lines or all on one. Such a number is the
 * prediction of a regression, and the probability of the positive class where there are two; where there are more, a row needs a
 * probability for each class in the order of the card.
 */
final class AnswerBody {

    private final String doing;
    private final Card card;
    private final Outcomes outcomes;

    private AnswerBody(String doing, Card card) {
        this.doing = doing;
        this.card = card;
        this.outcomes = new Outcomes(card);
    }

    /**
     * Reads an answer.
     *
     * @param doing such as {@code Asking endpoint churn}
     * @param rows how many rows were sent
     * @throws SmewException OUTSIDE when the answer has another shape or number of rows
     */
    static List<Prediction> read(String doing, Card card, int rows, String contentType, byte[] body) {
        AnswerBody answer = new AnswerBody(doing, card);
        List<Prediction> predictions =
                contentType.toLowerCase(Locale.ROOT).contains("json") ? answer.json(body) : answer.csv(body, rows);
        if (predictions.size() != rows) {
            throw answer.wrong("it answered with " + predictions.size()
                    + (predictions.size() == 1 ? " prediction" : " predictions") + " for " + rows
                    + (rows == 1 ? " row" : " rows"));
        }
        return predictions;
    }

    private List<Prediction> json(byte[] body) {
        JsonNode predictions;
        try {
            predictions = Json.tree(body).path("predictions");
        } catch (JacksonException malformed) {
            throw wrong("its answer says it is JSON, and cannot be read as such");
        }
        if (!predictions.isArray()) {
            throw wrong("its answer holds no array of predictions");
        }
        List<Prediction> read = new ArrayList<>(predictions.size());
        for (JsonNode each : predictions) {
            read.add(each.isObject() ? object(each, read.size()) : fields(texts(each), read.size()));
        }
        return read;
    }

    private static List<String> texts(JsonNode node) {
        return node.isArray()
                ? node.valueStream().map(JsonNode::asString).toList()
                : List.of(node.isNumber() ? node.asString() : "");
    }

    private Prediction object(JsonNode node, int row) {
        String prediction = node.path("prediction").asString("");
        List<String> classes = card.classes();
        if (classes.isEmpty()) {
            return number(prediction, row);
        }
        double[] probabilities = new double[classes.size()];
        JsonNode all = node.path("probabilities");
        if (all.isObject()) {
            for (int c = 0; c < probabilities.length; c++) {
                probabilities[c] = probability(all.path(classes.get(c)).asString(""), row);
            }
        } else {
            return predicted(prediction, node.path("probability").asString(""), row);
        }
        return prediction.isEmpty()
                ? outcomes.prediction(probabilities)
                : outcomes.prediction(index(prediction, row), probabilities);
    }

    private List<Prediction> csv(byte[] body, int rows) {
        List<List<String>> lines = CsvLines.read(body);
        List<Prediction> read = new ArrayList<>(lines.size());
        boolean oneLine = lines.size() == 1 && rows > 1 && lines.getFirst().size() == rows;
        for (List<String> line :
                oneLine ? lines.getFirst().stream().map(List::of).toList() : lines) {
            read.add(fields(line, read.size()));
        }
        return read;
    }

    private Prediction fields(List<String> fields, int row) {
        int classes = card.classes().size();
        if (fields.size() == 1 && classes == 0) {
            return number(fields.getFirst(), row);
        }
        if (fields.size() == 1 && classes == 2) {
            return outcomes.prediction(both(probability(fields.getFirst(), row)));
        }
        if (fields.size() == 2 && classes == 2) {
            return predicted(fields.getFirst(), fields.getLast(), row);
        }
        if (fields.size() == classes && classes > 2) {
            return outcomes.prediction(fields.stream()
                    .mapToDouble(field -> probability(field, row))
                    .toArray());
        }
        throw wrong("prediction " + row + " of its answer has " + fields.size()
                + (fields.size() == 1 ? " value" : " values") + ", which is too little or too much for "
                + (classes == 0 ? "a regression" : classes + " classes")
                + (classes > 2 ? ": tell the probability of each, as our own containers do in JSON" : ""));
    }

    private Prediction predicted(String prediction, String probability, int row) {
        if (card.classes().size() > 2) {
            throw wrong("prediction " + row + " of its answer tells one probability, and the model has "
                    + card.classes().size() + " classes: tell the probability of each");
        }
        double[] probabilities = both(probability(probability, row));
        return prediction.isEmpty()
                ? outcomes.prediction(probabilities)
                : outcomes.prediction(index(prediction, row), probabilities);
    }

    private double[] both(double positive) {
        return card.positiveIndex() == 0
                ? new double[] {positive, 1 - positive}
                : new double[] {1 - positive, positive};
    }

    private Prediction number(String text, int row) {
        double number = parsed(text);
        if (!Double.isFinite(number)) {
            throw wrong("prediction " + row + " of its answer is no number");
        }
        return outcomes.prediction(new double[] {number});
    }

    private double probability(String text, int row) {
        double probability = parsed(text);
        if (!(probability >= 0 && probability <= 1)) {
            throw wrong("prediction " + row + " of its answer lacks a probability from 0 to 1");
        }
        return probability;
    }

    /** The class that a text means: {@code 1.0} is 1, and 1 is true. */
    private int index(String text, int row) {
        int exact = card.classes().indexOf(text);
        if (exact >= 0 || card.labelType() == Card.LabelType.TEXT) {
            return exact >= 0 ? exact : unknown(row);
        }
        double number = parsed(text);
        for (int c = 0; c < card.classes().size(); c++) {
            String known = card.classes().get(c);
            double value = card.labelType() == Card.LabelType.BOOLEAN
                    ? (known.equals("true") ? 1 : 0)
                    : Double.parseDouble(known);
            if (value == number) {
                return c;
            }
        }
        return unknown(row);
    }

    private int unknown(int row) {
        throw wrong("prediction " + row + " of its answer is none of the classes "
                + String.join(
                        ", ",
                        card.classes().subList(0, Math.min(10, card.classes().size()))));
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private SmewException wrong(String found) {
        return new SmewException(
                Fault.OUTSIDE, doing + ": " + found + ". It has to serve model " + card.name() + " of this release.");
    }
}
