package smew.serve;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import smew.base.SmewException;
import smew.model.Prediction;
import smew.release.ReleaseFiles;
import smew.release.Releases;

/** One prediction as the server would answer it, without a server: what a run shows of its release. */
public final class ScoredEntity {

    private ScoredEntity() {}

    /**
     * The first entity of the default model, scored from the files of a release that is not published yet: a release that
     * cannot be served fails here, and not when it is current.
     *
     * @return the JSON of {@code GET /predictions/{id}}; empty without a model or rows, or where the model refuses the row
     * @throws SmewException DATA when the release could not be served
     */
    public static Optional<String> first(Releases releases, ReleaseFiles files) {
        Snapshot snapshot = new SnapshotLoader(releases, ServeSettings.DEFAULT.withFeaturesOnly(true)).load(files);
        if (snapshot.models().isEmpty() || snapshot.model().table().entities() == 0) {
            return Optional.empty();
        }
        ServedModel model = snapshot.model();
        Prediction prediction;
        try {
            prediction = model.predictor()
                    .predict(model.table().table(), new int[] {0})
                    .getFirst();
        } catch (SmewException refused) {
            // @missing error makes a null in an online row a fault of whoever asks for it, not of the run.
            return Optional.empty();
        }
        JsonBuffer json = new JsonBuffer();
        model.writePrediction(json, 0, prediction);
        return Optional.of(new String(json.toBytes(), StandardCharsets.UTF_8));
    }
}
