package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.store.StoreSettings;

final class SettingsTest extends OnPrompt {

    private LocalDate asOf(String... arguments) {
        assertEquals(0, prompt.run(arguments), prompt.err());
        return prompt.engine.runs.getLast().asOf();
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        prompt.engine.runs.getLast().variables().forEach((name, given) -> variables.put(name, given.text()));
        return variables;
    }

    @Test
    void aFlagGoesBeforeTheEnvironmentWhichGoesBeforeTheFileWhichGoesBeforeTheDefault() {
        assertEquals(LocalDate.of(2026, 1, 1), asOf("run"));
        prompt.write("smew.properties", "as-of = 2021-01-01\n");
        assertEquals(LocalDate.of(2021, 1, 1), asOf("run"));
        prompt.environment.put("SMEW_AS_OF", "2022-02-02");
        assertEquals(LocalDate.of(2022, 2, 2), asOf("run"));
        assertEquals(LocalDate.of(2023, 3, 3), asOf("run", "--as-of", "2023-03-03"));
    }

    @Test
    void variablesMergeByNameInTheSameOrder() {
        prompt.write("smew.properties", "set.a = file\nset.b = file\nset.c = file\n");
        prompt.environment.put("SMEW_SET_B", "environment");
        prompt.environment.put("SMEW_SET_C", "environment");
        prompt.run("run", "--set", "c=flag", "--set", "d=x=y");
        assertEquals(Map.of("a", "file", "b", "environment", "c", "flag", "d", "x=y"), variables());
    }

    @Test
    void allUnknownKeysOfTheFileAreReportedWithLineAndNearestKey() {
        prompt.write(
                "smew.properties", "# settings\nas-off = 2021-01-01\nport = 1\n\nthread = 3\nproject = x\nset = y\n");
        assertEquals(2, prompt.run("run"));
        assertTrue(prompt.err().contains("smew.properties:2: as-off is no setting. Did you mean as-of?"), prompt.err());
        assertTrue(
                prompt.err().contains("smew.properties:5: thread is no setting. Did you mean threads?"), prompt.err());
        assertTrue(prompt.err().contains("smew.properties:6: project cannot be set here"), prompt.err());
        assertTrue(prompt.err().contains("smew.properties:7: set needs the name"), prompt.err());
    }

    @Test
    void anUnknownVariableOfTheEnvironmentIsOnlyWarnedOf() {
        prompt.environment.put("SMEW_THREDS", "3");
        assertEquals(0, prompt.run("run"));
        assertTrue(prompt.err().contains("SMEW_THREDS is no setting and is ignored. Did you mean SMEW_THREADS?"));
    }

    @Test
    void aBadValueNamesWhereItCameFrom() {
        prompt.write("smew.properties", "# one\n\nthreads = many\n");
        assertEquals(2, prompt.run("run"));
        assertTrue(prompt.err().startsWith("smew.properties:3 holds 'many', expected a whole number"), prompt.err());
        prompt.environment.put("SMEW_THREADS", "0");
        assertEquals(2, prompt.run("run"));
        assertTrue(prompt.err().startsWith("SMEW_THREADS holds '0'"), prompt.err());
        assertEquals(2, prompt.run("run", "--threads=-1"));
        assertTrue(prompt.err().startsWith("--threads holds '-1'"), prompt.err());
        assertEquals(0, prompt.run("run", "--threads", "4"));
        assertEquals(OptionalInt.of(4), prompt.engine.runs.getLast().threads());
    }

    @Test
    void helpWorksWhateverTheFileHolds() {
        prompt.write("smew.properties", "nonsense = 1\nthreads = many\n");
        assertEquals(0, prompt.run("run", "--help"));
        assertTrue(prompt.out().contains("--threads"), prompt.out());
    }

    @Test
    void aRelativePathOfTheFileStartsAtTheProjectAndOneOfAFlagAtTheCurrentFolder() {
        Path project = directory.resolve("project");
        assertTrue(project.toFile().mkdir());
        prompt.write("project/smew.properties", "store = releases-here\n");
        prompt.run("run", "--project", "project");
        assertEquals(
                project.resolve("releases-here").toString(),
                prompt.engine.runs.getLast().store().location());
        prompt.run("run", "--project", "project", "--store", "elsewhere");
        assertEquals(
                directory.resolve("elsewhere").toString(),
                prompt.engine.runs.getLast().store().location());
        prompt.environment.put("SMEW_PROJECT", "project");
        prompt.run("run");
        assertEquals(project, prompt.engine.runs.getLast().project());
        assertEquals(
                project.resolve("releases-here").toString(),
                prompt.engine.runs.getLast().store().location());
    }

    private Path accessLog(String... arguments) {
        prompt.run(arguments);
        return prompt.engine.serves.getLast().accessLog().orElseThrow().file().orElse(Path.of("standard output"));
    }

    @Test
    void anAccessLogOfTheFileLiesInTheProjectAndOneOfTheEnvironmentInTheCurrentFolder() {
        assertTrue(directory.resolve("project").toFile().mkdir());
        prompt.write("project/smew.properties", "access-log = logs/access.log\n");
        assertEquals(directory.resolve("project/logs/access.log"), accessLog("serve", "--project", "project"));
        assertEquals(
                directory.resolve("here.log"), accessLog("serve", "--project", "project", "--access-log", "here.log"));
        prompt.environment.put("SMEW_ACCESS_LOG", "there.log");
        assertEquals(directory.resolve("there.log"), accessLog("serve", "--project", "project"));
        prompt.environment.clear();
        prompt.write("project/smew.properties", "access-log = -\n");
        assertEquals(Path.of("standard output"), accessLog("serve", "--project", "project"));
    }

    @Test
    void aSwitchBeforeTheProjectDoesNotChangeWhichFileIsRead() {
        assertTrue(directory.resolve("project").toFile().mkdir());
        prompt.write("smew.properties", "as-of = 1999-01-01\n");
        prompt.write("project/smew.properties", "as-of = 2021-01-01\nfeatures-only = true\n");
        LocalDate expected = LocalDate.of(2021, 1, 1);
        assertEquals(expected, asOf("run", "--json", "--project", "project"));
        assertEquals(expected, asOf("run", "--features-only", "--trace", "--project=project"));
        assertEquals(expected, asOf("run", "--project", "project", "--json"));
    }

    @Test
    void aSwitchThatIsOnInTheEnvironmentStaysOnWithTheFlag() {
        prompt.environment.put("SMEW_FEATURES_ONLY", "true");
        prompt.run("run", "--features-only");
        assertTrue(prompt.engine.runs.getLast().featuresOnly());
        prompt.run("run");
        assertTrue(prompt.engine.runs.getLast().featuresOnly());
    }

    @Test
    void keysMayBeContinuedAndCommentedAsJavaDoes() {
        prompt.write("smew.properties", "! c\\\n# set.x = 1 \\\nset.y = a,\\\n  b\nset.z: \\u0041\nmemry = 1GB\n");
        assertEquals(2, prompt.run("run"));
        assertTrue(prompt.err().contains("smew.properties:6: memry"), prompt.err());
        prompt.write("smew.properties", "! c\\\n# set.x = 1 \\\nset.y = a,\\\n  b\nset.z: \\u0041\n");
        prompt.run("run");
        assertEquals(Map.of("y", "a,b", "z", "A"), variables());
    }

    @Test
    void aStoreAndItsInputsMayLieOnS3() {
        prompt.run("run", "--store", "s3://bucket/prefix", "--set", "loans=s3://bucket/loans.csv");
        assertEquals("s3://bucket/prefix", prompt.engine.runs.getLast().store().location());
        assertTrue(prompt.engine.runs.getLast().store().onS3());
        prompt.write("smew.properties", "store = s3://bucket/other\ns3-kms-key = alias/x\naws-region = eu-west-1\n");
        prompt.run("run");
        StoreSettings store = prompt.engine.runs.getLast().store();
        assertEquals("s3://bucket/other", store.location());
        assertEquals(Optional.of("alias/x"), store.s3().kmsKey());
        assertEquals(Optional.of("eu-west-1"), store.aws().region());
    }

    @Test
    void copiesLieInTheCacheFolderOfTheUser() {
        prompt.environment.put("XDG_CACHE_HOME", directory.resolve("caches").toString());
        prompt.run("run");
        assertEquals(
                directory.resolve("caches/smew"),
                prompt.engine.runs.getLast().store().s3().cache());
        prompt.run("run", "--cache", "here", "--cache-size", "5GB");
        assertEquals(
                directory.resolve("here"),
                prompt.engine.runs.getLast().store().s3().cache());
        assertEquals(5_000_000_000L, prompt.engine.runs.getLast().store().s3().cacheBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://b/x", "S3A://b/x", "http://host/x", "az://b/x", "abfs+tls://b/x"})
    void noAddressIsTakenForAFolder(String address) {
        assertEquals(2, prompt.run("run", "--store", address));
        assertTrue(prompt.err().contains(address) && prompt.err().contains("folders and s3://"), prompt.err());
        assertEquals(2, prompt.run("run", "--set", "loans=" + address));
        prompt.write("smew.properties", "store = " + address + "\n");
        assertEquals(2, prompt.run("releases"));
    }

    @Test
    void aFileAddressIsItsPath() {
        prompt.run("run", "--store", directory.resolve("there").toUri().toString());
        assertEquals(
                directory.resolve("there").toString(),
                prompt.engine.runs.getLast().store().location());
    }
}
