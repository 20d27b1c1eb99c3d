package smew.sagemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;

class ContainerFilesTest {

    @TempDir
    Path prefix;

    @Test
    void hostsAModelOnlyWhereSageMakerMountedOneAndNobodyNamedAStore() throws IOException {
        Path other = Path.of("other");
        assertEquals(Optional.empty(), ContainerFiles.ofHost(Optional.empty(), false, prefix));
        assertEquals(
                Optional.of(other),
                ContainerFiles.ofHost(Optional.of(other), true, prefix).map(ContainerFiles::prefix));
        Files.createDirectories(prefix.resolve("model"));
        assertEquals(
                Optional.of(prefix),
                ContainerFiles.ofHost(Optional.empty(), false, prefix).map(ContainerFiles::prefix));
        assertEquals(Optional.empty(), ContainerFiles.ofHost(Optional.empty(), true, prefix));
    }

    @Test
    void findsTheModelInItsFolderOrInTheOnlyFolderThere() throws IOException {
        ContainerFiles files = ContainerFiles.below(prefix);
        SmewException none = assertThrows(SmewException.class, files::modelDirectory);
        assertEquals(Fault.NOT_READY, none.fault());
        assertTrue(none.getMessage().contains("there is no card.json"), none.getMessage());
        Path nested = card("risk");
        Files.createDirectories(prefix.resolve("model/code"));
        assertEquals(nested, files.modelDirectory());
        card("value");
        assertTrue(assertThrows(SmewException.class, files::modelDirectory)
                .getMessage()
                .contains("several folders hold a card.json"));
        Files.writeString(prefix.resolve("model/card.json"), "{}");
        assertEquals(prefix.resolve("model"), files.modelDirectory());
    }

    private Path card(String folder) throws IOException {
        Path nested = Files.createDirectories(prefix.resolve("model").resolve(folder));
        Files.writeString(nested.resolve("card.json"), "{}");
        return nested;
    }

    @Test
    void theTrainingToolkitMayMoveWhatIsWrittenUnlessAFolderIsGiven() {
        Map<String, String> moved = Map.of("SM_MODEL_DIR", "/m", "SM_OUTPUT_DATA_DIR", "/o");
        ContainerFiles files = ContainerFiles.ofJob(Optional.empty(), moved);
        assertEquals(Path.of("/m"), files.model());
        assertEquals(Path.of("/o"), files.extras());
        assertEquals(
                prefix.resolve("model"),
                ContainerFiles.ofJob(Optional.of(prefix), moved).model());
    }

    @Test
    void writesTheFirst1024CharactersOfAFailureAndNeverHalfOfOne() throws IOException {
        ContainerFiles files = ContainerFiles.below(prefix);
        files.writeFailure("x".repeat(5000));
        assertEquals(1024, Files.readString(prefix.resolve("output/failure")).length());
        files.writeFailure("x".repeat(1023) + "\uD83E\uDD86" + "y".repeat(9));
        assertEquals("x".repeat(1023), Files.readString(prefix.resolve("output/failure")));
        files.clear();
        assertTrue(Files.notExists(prefix.resolve("output/failure")));
    }
}
