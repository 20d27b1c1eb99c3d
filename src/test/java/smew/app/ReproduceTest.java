package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Json;
import smew.base.Progress;
import smew.features.Inputs.Given;
import smew.release.Manifest;
import smew.store.RemoteFiles;
import smew.store.StoreSettings;
import tools.jackson.databind.JsonNode;

/** A release is run again from what it says of itself: the same to the byte, or what differs is named. */
class ReproduceTest {

    @TempDir
    Path folder;

    private CloudProject cloud;
    private Prompt prompt;

    @BeforeEach
    void start() {
        cloud = new CloudProject(folder);
        cloud.write("sql/models/large_loans.sql", """
                -- @label amount
                -- @algorithm linear-ridge
                SELECT id, day, amount, status FROM history;
                """);
        cloud.write("smew.properties", "as-of = 2021-01-01\n");
        prompt = new Prompt(cloud.project());
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private int smew(String... arguments) {
        return prompt.run(cloud.wiring, arguments);
    }

    private Path release() throws IOException {
        Path store = cloud.project().resolve("out");
        return store.resolve("releases")
                .resolve(Files.readString(store.resolve("CURRENT")).strip());
    }

    private void alter(UnaryOperator<String> change) throws IOException {
        Path file = release().resolve("release.json");
        String before = Files.readString(file);
        String after = change.apply(before);
        assertFalse(after.equals(before), "the release was changed");
        Files.writeString(file, after);
    }

    @Test
    void aReleaseIsTheSameWhereverItIsRebuiltAndWhateverTheProjectHasBecome() throws IOException {
        cloud.write("data/loans-1.csv", CloudProject.loans(0, 20));
        cloud.write("data/loans-2.csv", CloudProject.loans(20, 50));
        assertEquals(0, smew("run", "--seed", "7", "--set", "loans=data/loans-*.csv"), prompt.err());
        String id = release().getFileName().toString();
        cloud.write("sql/features/history.sql", "this is no SQL any more");
        cloud.write("smew.properties", "set.loans = nowhere.csv\n");
        // In another place, with nothing but the data.
        Path moved = folder.resolve("moved/project");
        Files.createDirectories(moved.getParent());
        Files.move(cloud.project(), moved);
        Prompt there = new Prompt(moved);
        assertEquals(0, there.run(cloud.wiring, "reproduce"), there.err());
        assertTrue(there.out().contains("models/risk_of_loss/model.trees"), there.out());
        assertTrue(there.out().contains("risk_of_loss: accuracy"), there.out());
        assertTrue(there.out().contains("amounts_are_positive: failing"), there.out());
        assertFalse(there.out().contains("report.html"), there.out());
        assertFalse(there.out().contains("differs"), there.out());
        assertTrue(there.out().endsWith("figures are the same.\n"), there.out());
        assertTrue(there.out().contains("Release " + id + " was reproduced: 12 files and "), there.out());
        assertEquals(0, there.run(cloud.wiring, "reproduce", id, "--json", "--threads", "1"), there.err());
        JsonNode json = Json.tree(there.out());
        assertTrue(json.get("same").asBoolean());
        assertEquals(json.at("/files/0/released"), json.at("/files/0/rebuilt"));
        try (Stream<Path> releases = Files.list(moved.resolve("out/releases"))) {
            assertEquals(1, releases.count(), "the store is as it was");
        }
    }

    @Test
    void aReleaseWithoutModelsIsRebuiltWithoutThem() {
        assertEquals(0, smew("run", "--features-only"), prompt.err());
        assertEquals(0, smew("reproduce"), prompt.err());
        assertFalse(prompt.out().contains("models/"), prompt.out());
        assertTrue(prompt.out().contains("was reproduced: 4 files"), prompt.out());
    }

    @Test
    void aReleaseOnS3OfInputsOnS3IsReproduced() {
        try (RemoteFiles remote = new RemoteFiles(cloud.store())) {
            remote.put(cloud.project().resolve("loans.csv"), "s3://bucket/raw/loans-1.csv");
        }
        Manifest released = run(cloud.store(), "s3://bucket/raw/loans-*.csv");
        assertEquals(
                "s3://bucket/raw/loans-*.csv",
                released.asked().orElseThrow().variables().get("loans"));
        Reproduction found = reproduce(cloud.store(), Map.of());
        assertTrue(found.same(), () -> new ReproductionText(found).difference());
        assertEquals(released.id(), found.release());
        assertEquals(List.of(), found.reasons());
        assertEquals(Optional.empty(), found.kept());
        Given moved = new Given("loans.csv", "--set loans", cloud.project(), true);
        assertTrue(reproduce(cloud.store(), Map.of("loans", moved)).same());
    }

    private Manifest run(StoreSettings store, String loans) {
        return cloud.wiring
                .run(
                        new RunRequest(
                                cloud.project(),
                                store,
                                CloudProject.AS_OF,
                                Map.of(
                                        "loans",
                                        new Given(loans, "--set loans", folder, true),
                                        "unread",
                                        new Given("1", "SMEW_SET_UNREAD", folder, false)),
                                OptionalLong.of(3),
                                OptionalInt.empty(),
                                Optional.empty(),
                                false,
                                true,
                                RunRequest.Orders.NONE),
                        Progress.NONE)
                .manifest();
    }

    private Reproduction reproduce(StoreSettings store, Map<String, Given> moved) {
        return cloud.wiring.reproduce(
                new ReproduceRequest(
                        cloud.project(),
                        store,
                        Optional.empty(),
                        moved,
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Progress.NONE);
    }

    @Test
    void anInputThatChangedOrCameOrWentIsNamed() throws IOException {
        cloud.write("data/loans-1.csv", CloudProject.loans(0, 20));
        cloud.write("data/loans-2.csv", CloudProject.loans(20, 50));
        assertEquals(0, smew("run", "--set", "loans=data/loans-*.csv"), prompt.err());
        cloud.write("data/loans-2.csv", CloudProject.loans(20, 49));
        assertEquals(4, smew("reproduce"));
        assertTrue(
                prompt.err()
                        .startsWith("input loans of release "
                                + release().getFileName() + ": "
                                + cloud.project().resolve("data/loans-2.csv")
                                + " is not what the release read: its SHA-256 is "),
                prompt.err());
        cloud.write("data/loans-2.csv", CloudProject.loans(20, 50));
        cloud.write("data/loans-3.csv", CloudProject.loans(50, 60));
        assertEquals(4, smew("reproduce"));
        assertTrue(prompt.err().contains("loans-3.csv is there, and the release did not read it"), prompt.err());
        Files.delete(cloud.project().resolve("data/loans-3.csv"));
        Files.delete(cloud.project().resolve("data/loans-1.csv"));
        assertEquals(3, smew("reproduce"));
        assertTrue(prompt.err().contains("there is no " + cloud.project().resolve("data/loans-1.csv")), prompt.err());
        Files.delete(cloud.project().resolve("data/loans-2.csv"));
        assertEquals(3, smew("reproduce"));
        assertTrue(prompt.err().contains("there is no file"), prompt.err());
        cloud.write("archive/loans-1.csv", CloudProject.loans(0, 20));
        cloud.write("archive/loans-2.csv", CloudProject.loans(20, 50));
        assertEquals(0, smew("reproduce", "--set", "loans=archive/*.csv"), prompt.err());
        assertEquals(2, smew("reproduce", "--set", "loan=archive/*.csv"));
        assertTrue(prompt.err().contains("loan is no input of release"), prompt.err());
        assertTrue(prompt.err().contains("Did you mean loans?"), prompt.err());
    }

    @Test
    void whatDiffersIsNamedWithByHowMuchAndTheLikelyReason() throws IOException {
        assertEquals(0, smew("run"), prompt.err());
        String smile = Json.tree(Files.readString(release().resolve("release.json")))
                .at("/versions/smile")
                .asString();
        alter(text -> text.replaceFirst(
                        "(online/history.arrow\",\\s+\"bytes\" : \\d+,\\s+\"digest\" : \")....", "$1beef")
                .replaceFirst("\"rows\" : 400", "\"rows\" : 402")
                .replace("\"smile\" : \"" + smile, "\"smile\" : \"5.0.0"));
        assertEquals(7, smew("reproduce"));
        assertTrue(prompt.err().contains("1 of 12 files and 1 of "), prompt.err());
        assertTrue(
                prompt.err()
                        .contains(
                                "differ, expected none: online/history.arrow, history rows is 400 instead of 402 by -2."),
                prompt.err());
        assertTrue(
                prompt.err().contains("The release was made with smile 5.0.0, and this is " + smile + "."),
                prompt.err());
        assertTrue(
                prompt.err()
                        .contains(
                                "The file online/history.arrow in the store is not what its release.json says either"),
                prompt.err());
        assertTrue(prompt.err().contains("--keep-in DIR keeps what was rebuilt."), prompt.err());
        assertEquals(
                List.of("differs", "differs by -2"),
                prompt.out()
                        .lines()
                        .filter(line -> line.contains("differs"))
                        .map(line -> line.replaceFirst(".*differs", "differs"))
                        .toList());
    }

    @Test
    void anAlteredRecordIsSeenInTheNameOfTheRelease() throws IOException {
        assertEquals(0, smew("run"), prompt.err());
        alter(text -> text.replace("\"as_of\" : \"2021-01-01\"", "\"as_of\" : \"2021-01-02\""));
        assertEquals(7, smew("reproduce"));
        assertTrue(prompt.err().contains("6 of 12 files and 0 of "), prompt.err());
        assertTrue(
                prompt.err().contains("The id of the release was made of other SQL, inputs, as-of, seed"),
                prompt.err());
    }

    @Test
    void aReleaseOfAnOlderSmewIsReadAndReproducedAsFarAsItTells() throws IOException {
        Files.delete(cloud.project().resolve("sql/models/large_loans.sql"));
        cloud.write("elsewhere/loans.csv", CloudProject.loans(0, 40));
        UnaryOperator<String> older = text -> text.replaceFirst("(?s)\"asked\" : \\{.*?\\{.*?\\}\\s+\\},", "");
        assertEquals(0, smew("run", "--set", "loans=elsewhere/loans.csv"), prompt.err());
        alter(older);
        assertEquals(0, smew("reproduce"), prompt.err());
        assertEquals(0, smew("run", "--seed", "5"), prompt.err());
        alter(older);
        assertEquals(7, smew("reproduce"));
        assertTrue(
                prompt.err().contains("An older Smew made the release, and did not write down which seed"),
                prompt.err());
    }

    @Test
    void whatWasRebuiltIsKeptWhereAskedForAndOverwritesNothing() throws IOException {
        assertEquals(0, smew("run"), prompt.err());
        assertEquals(0, smew("reproduce", "--keep-in", "again"), prompt.err());
        assertTrue(prompt.err().contains("Kept in " + cloud.project().resolve("again")), prompt.err());
        assertTrue(Files.isRegularFile(cloud.project().resolve("again/out/CURRENT")));
        assertTrue(Files.isRegularFile(cloud.project().resolve("again/sql/features/history.sql")));
        assertEquals(0, smew("releases", "--store", "again/out"), prompt.err());
        assertEquals(2, smew("reproduce", "--keep-in", "again"));
        assertTrue(prompt.err().contains("it exists and is no empty folder"), prompt.err());
    }

    @Test
    void withoutAReleaseThereIsNothingToReproduce() {
        assertEquals(5, smew("reproduce"));
        assertEquals(3, smew("reproduce", "20200101T000000.000Z-000000000000"));
    }
}
