package smew.serve;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import smew.model.Prediction;
import smew.release.ReleaseId;
import smew.release.Releases;

/** One prediction as the server would answer it, without a server: what a run shows of its release. */
public final class ScoredEntity {

    private ScoredEntity() {}

    /**
     * The first entity of the default model, scored.
     *
     * @return the JSON of {@code GET /predictions/{id}}; empty without a model or without rows
     */
    public static Optional<String> first(Releases releases, ReleaseId id) {
        Snapshot snapshot = new SnapshotLoader(releases, ServeSettings.DEFAULT.withFeaturesOnly(true)).load(id);
        if (snapshot.models().isEmpty() || snapshot.model().table().entities() == 0) {
            return Optional.empty();
        }
        ServedModel model = snapshot.model();
        Prediction prediction =
                model.predictor().predict(model.table().table(), new int[] {0}).getFirst();
        JsonBuffer json = new JsonBuffer();
        model.writePrediction(json, 0, prediction);
        return Optional.of(new String(json.toBytes(), StandardCharsets.UTF_8));
    }
}
