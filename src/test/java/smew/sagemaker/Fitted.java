package smew.sagemaker;

import java.nio.file.Path;
import java.time.LocalDate;
import smew.base.Progress;
import smew.learn.Training;
import smew.model.Card;
import smew.model.Predictor;
import smew.serve.TestStore;

/** Models that learned something, to be asked and to be compared with. */
final class Fitted {

    private Fitted() {}

    static Predictor model(TestStore.Model model, Path folder) {
        Path directory = folder.resolve(model.definition().name());
        Training.fit(model.definition(), model.table(), Training.Terms.of(LocalDate.EPOCH), directory, Progress.NONE);
        return Predictor.load(directory);
    }

    static Card card(TestStore.Model model, Path folder) {
        return model(model, folder).card();
    }
}
