package smew.sagemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.project.Calibrate;
import smew.project.Directive;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.project.SqlFile.DirectiveLine;
import smew.project.ThresholdRule;

class HyperParametersTest {

    private static final Set<String> KEYS = Set.of("trees", "max-depth", "learning-rate");

    @TempDir
    Path prefix;

    private HyperParameters read(String json) throws IOException {
        Path config = Files.createDirectories(prefix.resolve("input/config"));
        Files.writeString(config.resolve("hyperparameters.json"), json);
        return HyperParameters.read(ContainerFiles.below(prefix), Map.of("SM_HPS", "{\"label\":\"other\"}"), KEYS);
    }

    private static SmewException refusal(org.junit.jupiter.api.function.Executable doing) {
        SmewException refused = assertThrows(SmewException.class, doing);
        assertEquals(Fault.CONFIGURATION, refused.fault());
        return refused;
    }

    @Test
    void readsTheTextsThatSageMakerWrites() throws IOException {
        Relation.Model model = read("""
                {"label": "churn", "entity": "\\"customer_id\\"", "time": "[\\"day\\", \\"order no\\"]", "seed": "7",
                 "algorithm": "random-forest max-leaves=50", "trees": "20", "max_depth": "\\"5\\"", "name": "risk",
                 "split": "time 0.25", "resample": "class-weight", "missing": "zero", "positive": "\\"Yes\\"",
                 "task": "classification", "sagemaker_region": "\\"eu-west-1\\"", "sagemaker_program": "x.py",
                 "_tuning_objective_metric": "auc"}
                """).model(Optional.of("ignored"));
        assertEquals("risk", model.name());
        assertEquals("churn", model.label());
        assertEquals(List.of("customer_id"), model.entity());
        assertEquals(List.of("day", "order no"), model.time());
        assertEquals(Optional.of("Yes"), model.positive());
        assertEquals(7, model.seed());
        assertEquals(
                Map.of("max-leaves", "50", "trees", "20", "max-depth", "5"),
                model.algorithm().parameters());
        assertEquals(Optional.of(new Relation.Split(Relation.SplitBy.TIME, 0.25)), model.split());
        assertEquals(Relation.Resample.CLASS_WEIGHT, model.resample());
        assertEquals(Relation.Missing.ZERO, model.missing());
    }

    @Test
    void hasTheDefaultsOfASqlFileAndNeedsNoEntity() throws IOException {
        Relation.Model model = read("{}").model(Optional.of("my label"));
        assertEquals("my label", model.label());
        assertEquals(List.of(), model.entity());
        assertEquals("random-forest", model.algorithm().name());
        assertEquals(42, model.seed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'labell':'y'}|hyperparameters.json:1: labell is no hyperparameter. Did you mean label?",
                "{'max_dept':'4'}|max_dept is no hyperparameter. Did you mean max-depth?",
                "{'label':'y','trees':['1']}|trees is no text",
                "{'max_depth':'1','max-depth':'2'}|max-depth is given twice",
                "['label']|it is no JSON object",
                "{'label'|it cannot be read as JSON",
            })
    void refusesWhatItDoesNotKnow(String json, String expected) {
        String message = refusal(() -> read(json.replace('\'', '"'))).getMessage();
        assertTrue(message.contains(expected), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|A model needs @label COLUMN",
                "{'label':'a, b'}|@label holds 'a, b': one column is expected, not 2.",
                "{'label':'y','seed':'many'}|@seed holds 'many': 'many' is no whole number",
                "{'label':'y','split':'half'}|@split holds 'half': two words are expected",
                "{'label':'y','split':'time 0.3'}|A split by time needs an event time. Add @time",
                "{'label':'y','entity':'y'}|Column y is the label and also part of the entity",
                "{'label':'y','algorithm':'random-forest trees=2','trees':'3'}|parameter trees is given twice",
                "{'label':'y','name':'a/b'}|name holds 'a/b', expected letters",
                "{'label':'y','sql-digest':'x'}|sql-digest holds 'x', expected the SHA-256",
            })
    void refusesValuesAsASqlFileDoes(String json, String expected) throws IOException {
        HyperParameters read = read(json.replace('\'', '"'));
        String message = refusal(() -> read.model(Optional.empty())).getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test
    void namesTheLineOfABadValue() throws IOException {
        HyperParameters read = read("{\n\"label\": \"y\",\n\"seed\": \"x\"\n}");
        String message = refusal(() -> read.model(Optional.empty())).getMessage();
        assertTrue(message.startsWith("hyperparameters.json:3: @seed"), message);
        String date = refusal(() -> read("{\n\"as-of\": \"today\"}").asOf()).getMessage();
        assertTrue(date.startsWith("hyperparameters.json:2: as-of holds 'today', expected a date"), date);
    }

    @Test
    void carriesTheModelOfAProject() throws IOException {
        Map<String, String> comments = new TreeMap<>();
        IntStream.range(0, 40)
                .forEach(i -> comments.put("column " + i, "\"said\" of it, number " + i + ".".repeat(99)));
        SqlFile file = new SqlFile(
                "risk",
                "sql/models/risk.sql",
                "SELECT 1",
                "",
                List.of(
                        new DirectiveLine(Directive.FOLDS, "5", 1),
                        new DirectiveLine(Directive.FEATURES, "drop a", 2),
                        new DirectiveLine(Directive.FEATURES, "drop \"b c\"", 3)),
                List.of(),
                "a".repeat(64),
                comments);
        Relation.Model model = new Relation.Model(
                file,
                List.of("customer id", "b\"c"),
                List.of("day"),
                "the label",
                Optional.of(Relation.Task.CLASSIFICATION),
                Optional.of(" it's \"so\" "),
                new Relation.Algorithm("gradient-boosting", Map.of("trees", "9")),
                Optional.of(new Relation.Split(Relation.SplitBy.ENTITY, 0.2)),
                Relation.Resample.CLASS_WEIGHT,
                Relation.Missing.ERROR,
                -3,
                Optional.of(new Calibrate(Calibrate.Method.PLATT, Optional.of(0.15))),
                Optional.of(new ThresholdRule.Cost(1, 20.5)));
        Map<String, String> values = HyperParameters.of(model, LocalDate.of(2021, 9, 17));
        HyperParameters read = read(Json.write(values));
        Relation.Model back = read.model(Optional.empty());
        assertEquals(model.name(), back.name());
        assertEquals(model.file().digest(), back.file().digest());
        assertEquals(model.entity(), back.entity());
        assertEquals(model.time(), back.time());
        assertEquals(model.label(), back.label());
        assertEquals(model.task(), back.task());
        assertEquals(model.positive(), back.positive());
        assertEquals(model.algorithm(), back.algorithm());
        assertEquals(model.split(), back.split());
        assertEquals(model.resample(), back.resample());
        assertEquals(model.missing(), back.missing());
        assertEquals(model.seed(), back.seed());
        assertEquals(model.calibrate(), back.calibrate());
        assertEquals(model.threshold(), back.threshold());
        assertEquals(model.folds(), back.folds());
        assertEquals(model.features(), back.features());
        assertEquals(comments, back.file().comments());
        assertTrue(values.values().stream().allMatch(value -> value.length() <= 2_500), "what SageMaker takes");
        assertEquals(Optional.of(LocalDate.of(2021, 9, 17)), read.asOf());
    }

    @Test
    void theNameOfTheJobDoesNotChangeTheDigest() throws IOException {
        String first = read("{\"label\":\"y\",\"sagemaker_job_name\":\"a\"}")
                .model(Optional.empty())
                .file()
                .digest();
        String second = read("{\"sagemaker_job_name\":\"b\",\"label\":\"y\"}")
                .model(Optional.empty())
                .file()
                .digest();
        String other = read("{\"label\":\"z\"}").model(Optional.empty()).file().digest();
        assertEquals(first, second);
        assertTrue(!first.equals(other));
    }

    @Test
    void takesTheVariablesOfTheTrainingToolkitWhereThereIsNoFile() {
        ContainerFiles files = ContainerFiles.below(prefix);
        assertEquals(
                "a",
                HyperParameters.read(files, Map.of("SM_HPS", "{\"label\":\"a\"}", "SM_HP_LABEL", "b"), KEYS)
                        .model(Optional.empty())
                        .label());
        assertEquals(
                Map.of("trees", "3", "max-depth", "4"),
                HyperParameters.read(files, Map.of("SM_HP_TREES", "3", "SM_HP_MAX_DEPTH", "4"), KEYS)
                        .model(Optional.of("y"))
                        .algorithm()
                        .parameters());
    }
}
