package smew.app;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import smew.app.SageMakerEngine.DeployOutcome;
import smew.app.SageMakerEngine.JobOutcome;
import smew.base.Json;
import smew.sagemaker.PlannedRequest;
import smew.sagemaker.Standing;

/** What the commands below {@code sagemaker} print as their result. */
final class SageMakerPrinting {

    private SageMakerPrinting() {}

    /**
     * What became of a job.
     *
     * @param verb that began it
     */
    static void job(PrintStream out, String verb, JobOutcome outcome, boolean json) {
        switch (outcome) {
            case JobOutcome.Planned planned -> out.print(PlannedRequest.json(planned.requests()));
            case JobOutcome.Started started when json -> out.println(Json.write(started));
            case JobOutcome.Started started ->
                out.println("job " + started.job() + " has begun; smew sagemaker " + verb + " --resume " + started.job()
                        + " waits for it");
            case JobOutcome.Released released -> {
                if (!json) {
                    out.println("job " + released.job() + " has ended");
                }
                Printing.run(out, released.release(), json);
                released.release().requireCurrent();
            }
        }
    }

    static void deployed(PrintStream out, PrintStream err, DeployOutcome outcome, boolean json) {
        switch (outcome) {
            case DeployOutcome.Planned planned -> out.print(PlannedRequest.json(planned.requests()));
            case DeployOutcome.Deployed deployed -> {
                deployed.difference()
                        .ifPresent(
                                difference -> err.println("The endpoint differs from the model: " + difference + "."));
                if (json) {
                    out.println(Json.write(members(deployed)));
                    return;
                }
                String change = deployed.done().change().name().toLowerCase(Locale.ROOT);
                out.println("endpoint " + deployed.done().endpoint() + " (" + change + ") "
                        + (deployed.inService() ? "serves " : "will serve ") + deployed.model() + " of release "
                        + deployed.release());
                if (!deployed.inService()) {
                    out.println("smew sagemaker status --endpoint "
                            + deployed.done().endpoint() + " tells how it is; it was not compared with the model"
                            + ", and is not scaled");
                }
            }
        }
    }

    private static Map<String, Object> members(DeployOutcome.Deployed deployed) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("endpoint", deployed.done().endpoint());
        members.put("change", deployed.done().change());
        members.put("release", deployed.release());
        members.put("model", deployed.model());
        members.put("in_service", deployed.inService());
        members.put("endpoint_config", deployed.done().configuration());
        members.put("sagemaker_model", deployed.done().model());
        deployed.difference().ifPresent(difference -> members.put("difference", difference));
        return members;
    }

    static void standing(PrintStream out, Standing standing, boolean json) {
        if (json) {
            out.println(Json.write(standing));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Standing.Endpoint endpoint : standing.endpoints()) {
            rows.add(row(
                    "endpoint",
                    endpoint.name(),
                    endpoint.state(),
                    endpoint.model(),
                    endpoint.release(),
                    endpoint.changed().toString(),
                    endpoint.reason()));
        }
        for (Standing.Job job : standing.jobs()) {
            rows.add(row(
                    job.kind(),
                    job.name(),
                    job.state(),
                    job.model(),
                    job.release(),
                    job.created().toString(),
                    job.reason()));
        }
        if (!rows.isEmpty()) {
            new TextTable(
                            List.of("kind", "name", "state", "model", "release", "since", "reason"),
                            List.of(false, false, false, false, false, false, false),
                            rows)
                    .print(out);
        }
    }

    private static List<String> row(
            String kind,
            String name,
            String state,
            Optional<String> model,
            Optional<String> release,
            String since,
            Optional<String> reason) {
        return List.of(kind, name, state, model.orElse(""), release.orElse(""), since, reason.orElse(""));
    }
}
