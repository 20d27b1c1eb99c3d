package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training jobs that fail, and what SageMaker shows of that. */
class FailedTrainingTest extends OnJobFolder {

    @Test
    void leavesAFolderAloneThatIsNoJobs() {
        Path elsewhere = prefix.resolve("elsewhere");
        assertEquals(3, prompt.run(new Wiring(Clock.systemUTC()), "train", "--prefix", elsewhere.toString()));
        assertTrue(prompt.err().contains("there is no folder input"), prompt.err());
        assertFalse(Files.exists(elsewhere));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|2|the job has no channel, expected one named train",
                "{'test':{}}|2|the job has the channels test, expected one named train",
                "{'train':{},'training':{}}|2|train and training mean the same",
                "{'train':{},'validaton':{}}|2|validaton is none that training reads. Did you mean validation?",
                "{'train':{'ContentType':'application/json'}}|2|is of content type application/json, expected text/csv",
                "{'train':{'ContentType':'text/csv;label_size=0'}}|2|label_size=0, expected 1",
                "{'train':{'RecordWrapperType':'RecordIO'}}|2|wrapped into RecordIO",
                "{'train':{'TrainingInputMode':'Pipe','ContentType':'application/x-parquet'}}|2|through a pipe as Parquet",
                "{'train':{'TrainingInputMode':'Pipe'}}|2|there is no pipe",
                "{'train':{},'test':{}}|4|there is no file in",
                "[]|2|inputdataconfig.json: it is no JSON object",
            })
    void refusesChannelsThatItCannotTrainOn(String json, int code, String expected) throws IOException {
        data("train/a.csv", HEADER + rows(0, 50));
        channels(json);
        String failure = failure(code);
        assertTrue(failure.contains(expected), failure);
        assertEquals(1, failure.lines().count(), failure);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2,Oslo,0\\n2,x|a.csv: line 3: found 2 columns, expected 4. Fix the row",
                "|its files hold no rows",
                "1,2,\u00d8slo,0\\n|a.csv",
            })
    void namesTheLineOfABadRow(String rows, String expected) throws IOException {
        write(
                "input/data/train/a.csv",
                (HEADER + (rows == null ? "" : rows.replace("\\n", "\n"))).getBytes(StandardCharsets.ISO_8859_1));
        String failure = failure(4);
        assertTrue(failure.contains(expected), failure);
    }

    @Test
    void tellsTheBadRowFarDownAndWarnsOfAWordAmongNumbers() throws IOException {
        data("train/a.csv", HEADER + rows(0, 30_000) + "1,2\n");
        String failure = failure(4);
        assertTrue(failure.contains("a.csv line 30002: found 2 columns, expected 4. Fix the row."), failure);
        data("train/a.csv", HEADER + rows(0, 300) + "301,n/a,Oslo,0\n");
        trained();
        assertTrue(prompt.err().contains("Column amount of channel train is learned as a category"), prompt.err());
        assertTrue(prompt.err().contains("such as 'n/a'"), prompt.err());
    }

    @Test
    void aLongFailureIsCutAndAWrongHyperparameterEndsWithItsCode() throws IOException {
        data("train/a.csv", HEADER + rows(0, 50));
        config("hyperparameters", "{\"label\":\"y\",\"tree\":\"1\"}");
        assertTrue(failure(2).contains("tree is no hyperparameter. Did you mean trees?"));
        config("hyperparameters", "{\"label\":\"y\",\"trees\":\"0\"}");
        assertTrue(failure(2).contains("trees is '0', expected an integer from 1"));
        config("hyperparameters", "{\"label\":\"yy\"}");
        assertTrue(failure(2).contains("has no column yy"));
        config("hyperparameters", "{\"label\":\"y\",\"positive\":\"" + "x".repeat(3000) + "\"}");
        assertEquals(2, train());
        assertEquals(1024, Files.readString(prefix.resolve("output/failure")).length());
    }
}
