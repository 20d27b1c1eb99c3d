package smew.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Json;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.model.Card;
import smew.model.CardFile;

/** Training jobs in a folder that stands for a container's. */
class ContainerTrainingTest {

    private static final String HEADER = "id,amount,city,y\n";
    private static final String PARAMETERS =
            "{\"label\":\"y\",\"entity\":\"id\",\"algorithm\":\"decision-tree\",\"as-of\":\"2024-01-01\"}";

    @TempDir
    Path prefix;

    private Prompt prompt;

    @BeforeEach
    void prepare() throws IOException {
        prompt = new Prompt(prefix);
        config("hyperparameters", PARAMETERS);
    }

    private void config(String name, String json) throws IOException {
        write("input/config/" + name + ".json", json.getBytes(StandardCharsets.UTF_8));
    }

    private void channels(String json) throws IOException {
        config("inputdataconfig", json.replace('\'', '"'));
    }

    private void data(String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write("input/data/" + path, path.contains(".gz") || path.endsWith("zipped") ? gzip(bytes) : bytes);
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = prefix.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var zipped = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    /** Loans without a header; the larger ones go bad. */
    private static String rows(int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int id = from; id < to; id++) {
            Random random = new Random(id);
            int amount = random.nextInt(1000);
            rows.append(String.format(
                    Locale.ROOT,
                    "%d,%d.5,%s,%d\n",
                    id,
                    amount,
                    random.nextBoolean() ? "Oslo" : "\"Rome, IT\"",
                    amount + random.nextInt(200) > 600 ? 1 : 0));
        }
        return rows.toString();
    }

    private int train() {
        return prompt.run(new Wiring(Clock.systemUTC()), "train", "--prefix", prefix.toString());
    }

    private Card trained() {
        assertEquals(0, train(), prompt.err());
        return CardFile.read(prefix.resolve("model"));
    }

    /** The exit code has to be this; the answer is what SageMaker shows. */
    private String failure(int code) throws IOException {
        assertEquals(code, train(), prompt.err());
        assertFalse(Files.exists(prefix.resolve("model/card.json")));
        String failure = Files.readString(prefix.resolve("output/failure"));
        assertTrue(prompt.err().contains(failure), prompt.err());
        assertFalse(failure.contains("read_csv"), failure);
        return failure;
    }

    @Test
    void trainsOnPlainAndZippedFilesInNestedFoldersAndPrintsMetricsForARegularExpression() throws IOException {
        data("train/a.csv", HEADER + rows(0, 200));
        data("train/2024/01/b.csv.gz", HEADER + rows(200, 300));
        data("train/_SUCCESS", "");
        data("train/.b.csv.crc", "x");
        Card card = trained();
        assertEquals(300, card.rows().total());
        assertEquals(Card.SplitBy.RANDOM, card.split().by());
        double auc = card.metrics().figures().getOrDefault("auc", 0.0);
        assertTrue(prompt.out().contains("smew auc=" + auc + ";" + System.lineSeparator()), prompt.out());
        assertEquals(
                auc,
                Json.tree(Files.readString(prefix.resolve("output/data/metrics.json")))
                        .at("/metrics/auc")
                        .asDouble());
        assertTrue(prompt.err().contains("channel train 300 rows"), prompt.err());
        assertFalse(Files.exists(prefix.resolve("output/failure")));
    }

    @Test
    void theSameRowsInAnyFilesAndFormatMakeTheSameModel() throws IOException {
        data("train/a.csv", HEADER + rows(0, 300));
        byte[] first = model();
        Files.delete(prefix.resolve("input/data/train/a.csv"));
        data("train/z.csv", HEADER + rows(0, 150));
        data("train/b/zipped", HEADER + rows(150, 300));
        channels("{'train':{'ContentType':'text/csv'}}");
        assertTrue(failure(2).contains("zipped, which is gzipped, among files that are not"));
        Files.delete(prefix.resolve("input/data/train/b/zipped"));
        data("train/b/y.csv.gz", HEADER + rows(150, 300));
        assertArrayEquals(first, model());
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.execute(
                    "COPY (FROM read_csv("
                            + Duck.literal(prefix.resolve("input/data/train/**").toString())
                            + ") ORDER BY id DESC) TO "
                            + Duck.literal(prefix.resolve("part-0").toString()) + " (FORMAT parquet)",
                    Origin.engine("Writing", "Parquet"));
        }
        Files.delete(prefix.resolve("input/data/train/z.csv"));
        Files.delete(prefix.resolve("input/data/train/b/y.csv.gz"));
        Files.move(prefix.resolve("part-0"), prefix.resolve("input/data/train/part-0"));
        channels("{'train':{'ContentType':'application/x-parquet'}}");
        assertArrayEquals(first, model());
    }

    private byte[] model() throws IOException {
        trained();
        return Files.readAllBytes(prefix.resolve("model/model.ser"));
    }

    @Test
    void theValidationChannelIsWhatItEvaluatesOn() throws IOException {
        data("train/a.csv", HEADER + rows(0, 300));
        // Whole amounts, beside the decimals of the other channel.
        data("validation/a.csv", HEADER + rows(300, 400).replace(".5,", ","));
        channels("{'train':{},'validation':{'ContentType':'text/csv'}}");
        Card card = trained();
        assertEquals(Card.SplitBy.GIVEN, card.split().by());
        assertEquals(0.25, card.split().fraction());
        assertEquals(300, card.rows().training());
        assertEquals(100, card.rows().heldOut());
        data("validation/a.csv", "amount,id,y\n1,2,0\n");
        assertTrue(failure(4).contains("channel validation: it has no column city, which channel train has."));
        data("validation/a.csv", HEADER + "1,many,Oslo,0\n");
        assertTrue(failure(4).contains("column amount is VARCHAR, and DOUBLE in channel train"));
        data("validation/a.csv", HEADER + "1,2,Oslo,\n");
        assertTrue(failure(4).contains("rows without a label do not count"));
    }

    @Test
    void withoutAHeaderTheFirstColumnIsTheLabel() throws IOException {
        config("hyperparameters", "{\"algorithm\":\"decision-tree\",\"max_depth\":\"3\"}");
        StringBuilder rows = new StringBuilder();
        rows(0, 200).lines().forEach(row -> rows.append(row.replaceFirst("(.*),(\\d)$", "$2,$1\n")));
        data("train/a.csv", rows.toString());
        for (String type : new String[] {"text/csv;label_size=1", "text/csv; header=absent"}) {
            channels("{'train':{'ContentType':'" + type + "'}}");
            Card card = trained();
            assertEquals("label", card.label());
            assertEquals(
                    java.util.List.of("c1", "c2", "c3"),
                    card.inputs().stream().map(Card.Input::name).toList());
            assertEquals(200, card.rows().total());
        }
        data("train/b.csv", "1,2,3\n");
        assertTrue(failure(4).contains("Expected the same columns in every file of channel train."));
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

    @Test
    void ofSeveralHostsTheFirstTrainsAndShardsAreRefused() throws IOException {
        data("train/a.csv", HEADER + rows(0, 200));
        config("resourceconfig", "{\"current_host\":\"algo-2\",\"hosts\":[\"algo-2\",\"algo-1\"]}");
        assertEquals(0, train());
        assertFalse(Files.exists(prefix.resolve("model/card.json")));
        assertTrue(prompt.err().contains("Host algo-2 of algo-1, algo-2 has nothing to do"), prompt.err());
        channels("{'train':{'S3DistributionType':'ShardedByS3Key'}}");
        assertTrue(failure(2).contains("sharded by S3 key over 2 hosts"));
        channels("{'train':{'S3DistributionType':'FullyReplicated'}}");
        config("resourceconfig", "{\"current_host\":\"algo-1\",\"hosts\":[\"algo-2\",\"algo-1\"]}");
        assertEquals(200, trained().rows().total());
        config("resourceconfig", "{\"current_host\":\"algo-1\",\"hosts\":[\"algo-1\"]}");
        channels("{'train':{'S3DistributionType':'ShardedByS3Key'}}");
        assertEquals(200, trained().rows().total());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void readsCsvThroughAPipeWithOneHeaderForEachFile() throws Exception {
        channels("{'train':{'TrainingInputMode':'Pipe','ContentType':'text/csv'}}");
        Path pipe = prefix.resolve("input/data/train_0");
        Files.createDirectories(pipe.getParent());
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(gzip((HEADER + rows(0, 100)).getBytes(StandardCharsets.UTF_8)));
                out.write(gzip((HEADER + rows(100, 200)).getBytes(StandardCharsets.UTF_8)));
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        });
        Card piped = trained();
        writer.join();
        assertEquals(200, piped.rows().total());
        Files.delete(pipe);
        channels("{'train':{'ContentType':'text/csv'}}");
        data("train/a.csv", HEADER + rows(0, 200));
        assertEquals(piped.provenance(), trained().provenance());
    }

    @Test
    void takesTheVariablesOfTheTrainingToolkitWhereSageMakersFilesAreMissing() throws IOException {
        Files.delete(prefix.resolve("input/config/hyperparameters.json"));
        data("train/a.csv", HEADER + rows(0, 200));
        Files.move(prefix.resolve("input/data/train"), prefix.resolve("elsewhere"));
        prompt.environment.put("SM_HPS", PARAMETERS);
        prompt.environment.put("SM_CHANNEL_TRAIN", prefix.resolve("elsewhere").toString());
        prompt.environment.put("SM_NUM_CPUS", "1");
        prompt.environment.put("SM_HOSTS", "[\"algo-1\",\"algo-2\"]");
        prompt.environment.put("SM_CURRENT_HOST", "algo-1");
        assertEquals(200, trained().rows().total());
        prompt.environment.put("SM_CURRENT_HOST", "algo-2");
        assertEquals(0, train());
        assertTrue(prompt.err().contains("nothing to do"), prompt.err());
    }
}
