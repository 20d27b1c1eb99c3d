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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import smew.base.Json;
import smew.base.Work;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.model.Card;

/** Training jobs that end well. */
class ContainerTrainingTest extends OnJobFolder {

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
        return Files.readAllBytes(prefix.resolve("model/model.trees"));
    }

    @Test
    void aFileOfWholeNumbersDoesNotRoundThoseOfAnother() throws IOException {
        data("train/a.csv", HEADER + rows(0, 100).replace(".5,", ",") + rows(100, 200));
        String digest = trained().provenance().dataDigest();
        Path folder = prefix.resolve("input/data/train");
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            String rows =
                    "FROM read_csv(" + Duck.literal(folder.resolve("a.csv").toString()) + ")";
            int part = 0;
            for (String half : List.of(
                    "* REPLACE (amount::INTEGER AS amount) " + rows + " WHERE id < 100",
                    "y, city, amount, id " + rows + " WHERE id >= 100")) {
                Path file = folder.resolve("part-" + part++ + ".parquet");
                duck.execute(
                        "COPY (SELECT " + half + ") TO " + Duck.literal(file.toString()) + " (FORMAT parquet)",
                        Origin.engine("Writing", "Parquet"));
            }
        }
        Files.delete(folder.resolve("a.csv"));
        assertEquals(digest, trained().provenance().dataDigest());
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
                    List.of("c1", "c2", "c3"),
                    card.inputs().stream().map(Card.Input::name).toList());
            assertEquals(200, card.rows().total());
        }
        data("train/b.csv", "1,2,3\n");
        assertTrue(failure(4).contains("Expected the same columns in every file of channel train."));
    }

    @Test
    void foldersNamedKeyAndValueAreColumnsWhereColumnsHaveNames() throws IOException {
        data("train/year=2023/a.csv", HEADER + rows(0, 100));
        data("train/year=2024/a.csv", HEADER + rows(100, 200));
        assertTrue(trained().inputs().stream().anyMatch(input -> input.name().equals("year")));
        channels("{'train':{'ContentType':'text/csv;label_size=1'}}");
        config("hyperparameters", "{\"task\":\"regression\",\"algorithm\":\"decision-tree\"}");
        data("train/year=2023/a.csv", rows(0, 100));
        data("train/year=2024/a.csv", rows(100, 200));
        assertEquals(3, trained().inputs().size());
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
        CompletableFuture<Boolean> writer = Work.beside(() -> {
            try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(gzip((HEADER + rows(0, 100)).getBytes(StandardCharsets.UTF_8)));
                out.write(gzip((HEADER + rows(100, 200)).getBytes(StandardCharsets.UTF_8)));
                return true;
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
