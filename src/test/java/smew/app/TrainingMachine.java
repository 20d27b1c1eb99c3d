package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDate;
import smew.base.Progress;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.learn.Training;
import smew.project.Project;
import smew.sagemaker.ModelArchive;
import smew.store.RemoteFiles;
import smew.store.S3Store;
import smew.store.Store;
import tools.jackson.databind.JsonNode;

/** The machine of a training job. */
record TrainingMachine(CloudProject cloud) {

    /** Learns as the container would: from the rows and the hyperparameters that the job names, and from nothing else. */
    void learn(JsonNode job) {
        String rows = job.path("InputDataConfig")
                .path(0)
                .path("DataSource")
                .path("S3DataSource")
                .path("S3Uri")
                .asString();
        Path model = cloud.folder.resolve("opt-ml-model");
        try (RemoteFiles remote = new RemoteFiles(cloud.store());
                Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Path file = remote.fetch(rows).files().getFirst().copy();
            Table table = duck.query(
                    "FROM read_parquet(" + Duck.literal(file.toString()) + ")", Origin.engine("Reading", "rows"));
            JsonNode parameters = job.path("HyperParameters");
            assertEquals("risk_of_loss", parameters.path("name").asString());
            assertEquals("status", parameters.path("label").asString());
            assertEquals("id", parameters.path("entity").asString());
            assertEquals("day", parameters.path("time").asString());
            assertEquals(
                    "decision-tree max-depth=3", parameters.path("algorithm").asString());
            Training.fit(
                    Project.read(cloud.project(), duck::parse).models().getFirst(),
                    table,
                    Training.Terms.of(LocalDate.parse(parameters.path("as-of").asString()))
                            .tested(),
                    model,
                    Progress.NONE);
        }
        put(job, ModelArchive.pack(model, cloud.folder.resolve("model.tar.gz")).file());
    }

    /** Leaves an archive where the job leaves its model. */
    void put(JsonNode job, Path archive) {
        try (Store store = Store.open(cloud.store())) {
            ((S3Store) store)
                    .keep(
                            archive,
                            "sagemaker/jobs/" + job.path("TrainingJobName").asString() + "/output/model.tar.gz");
        }
    }
}
