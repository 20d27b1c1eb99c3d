package smew.serve;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import smew.model.Predictor;

/** A snapshot that stays. */
record Unchanging(Snapshot snapshot) implements Snapshots {

    private static final int SHOWN_DIGITS = 12;

    /**
     * That of a model alone, without a store: it scores the rows that clients send, and knows no entity.
     *
     * @param directory holds card.json and the artefact
     * @throws smew.base.SmewException DATA or NOT_FOUND, naming the file that is missing or damaged
     */
    static Unchanging model(Path directory) {
        Predictor predictor = Predictor.load(directory);
        // There is no release; the digest of the artefact tells which model answers, on every host alike.
        String id = "model-" + predictor.card().artefact().sha256().substring(0, SHOWN_DIGITS);
        ServedModel model = ServedModel.alone(predictor, id);
        return new Unchanging(new Snapshot(id, Map.of(predictor.card().name(), model), Map.of(), Optional.of(model)));
    }
}
