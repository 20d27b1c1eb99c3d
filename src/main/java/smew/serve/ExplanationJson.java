package smew.serve;

import java.util.List;
import java.util.Locale;
import smew.columns.Column;
import smew.model.Card;
import smew.model.Explanation;
import smew.model.Explanation.Contribution;

/** Writes explanations of one model's rows. What is the same in all of them is encoded once. */
final class ExplanationJson {

    private final Column[] inputs;
    private final byte[][] names;
    private final byte[][] texts;
    private final boolean calibrated;

    /**
     * Prepares the answers.
     *
     * @param inputs the columns of the card's inputs, in its order
     */
    ExplanationJson(Card card, List<Column> inputs) {
        this.inputs = inputs.toArray(Column[]::new);
        this.names = card.inputs().stream()
                .map(input -> JsonBuffer.quoted(input.name()))
                .toArray(byte[][]::new);
        this.texts = card.inputs().stream()
                .map(input -> input.description().map(JsonBuffer::quoted).orElse(new byte[0]))
                .toArray(byte[][]::new);
        this.calibrated = card.calibrated();
    }

    private ExplanationJson(ExplanationJson same, List<Column> inputs) {
        this.inputs = inputs.toArray(Column[]::new);
        this.names = same.names;
        this.texts = same.texts;
        this.calibrated = same.calibrated;
    }

    /** The same for inputs of other rows. */
    ExplanationJson over(List<Column> others) {
        return new ExplanationJson(this, others);
    }

    /**
     * Writes {@code ,"explanation":{…},"reasons":[…]}.
     *
     * @param reasons how many at most; an input that adds nothing is no reason
     * @param remote whether another backend made the prediction, while the model of the release explains its own
     */
    void write(JsonBuffer json, int row, Explanation explanation, int reasons, boolean remote) {
        List<Contribution> contributions = explanation.contributions();
        json.raw(",\"explanation\":{\"explains\":")
                .text(explanation.explains().name().toLowerCase(Locale.ROOT));
        explanation.of().ifPresent(of -> json.raw(",\"of\":").value(of));
        if (calibrated) {
            json.raw(",\"calibrated\":false");
        }
        if (remote) {
            json.raw(",\"backend\":").raw(ServedModel.LOCAL);
        }
        json.raw(",\"baseline\":")
                .number(explanation.baseline())
                .raw(",\"value\":")
                .number(explanation.value())
                .raw(",\"contributions\":{");
        for (int input = 0; input < names.length; input++) {
            json.raw(input == 0 ? "" : ",")
                    .raw(names[input])
                    .raw(":")
                    .number(contributions.get(input).amount());
        }
        json.raw("}},\"reasons\":[");
        int[] chosen = explanation.strongest(reasons);
        for (int i = 0; i < chosen.length; i++) {
            json.raw(i == 0 ? "" : ",");
            reason(json, chosen[i], row, contributions.get(chosen[i]).amount());
        }
        json.raw("]");
    }

    private void reason(JsonBuffer json, int input, int row, double amount) {
        json.raw("{\"feature\":").raw(names[input]).raw(",\"value\":").cell(inputs[input], row);
        json.raw(",\"contribution\":").number(amount);
        json.raw(amount > 0 ? ",\"direction\":\"raises\"" : ",\"direction\":\"lowers\"");
        if (texts[input].length > 0) {
            json.raw(",\"text\":").raw(texts[input]);
        }
        json.raw("}");
    }
}
