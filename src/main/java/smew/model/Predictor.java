package smew.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import smew.base.Json;
import smew.columns.Table;

/** A loaded model: immutable, safe for any number of threads. STUB: the learn/model worker fills this in. */
public final class Predictor {
    private final Card card;

    private Predictor(Card card) {
        this.card = card;
    }

    /** Loads models/NAME of a release: card.json, then the artefact after its digest was checked, through an allow-list. */
    public static Predictor load(Path directory) {
        return new Predictor(Json.read(directory.toString(), Card.class));
    }

    public Card card() {
        return card;
    }

    /**
     * Predictions for the given rows of a table that has the model's inputs among its columns, in the order given.
     *
     * @param rows row numbers of the table
     */
    public List<Prediction> predict(Table table, int[] rows) {
        return List.of();
    }

    /**
     * Predictions for rows given by input name: Number, Boolean, String or null.
     *
     * @throws smew.base.SmewException DATA, naming row and column of every value that does not fit
     */
    public List<Prediction> predict(List<Map<String, @Nullable Object>> rows) {
        return List.of();
    }
}
