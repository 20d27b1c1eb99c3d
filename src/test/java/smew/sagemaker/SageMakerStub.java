package smew.sagemaker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import smew.aws.AwsSettings;
import smew.aws.StubAws;
import smew.aws.StubAws.Call;
import smew.aws.StubAws.Reply;
import tools.jackson.databind.JsonNode;

/**
 * Plays SageMaker: keeps what it is asked to make, with its tags, and lets jobs and endpoints go through states as told. Every
 * request has to fit the shape in the service's reference.
 */
public final class SageMakerStub implements AutoCloseable {

    static final String ARN = "arn:aws:sagemaker:eu-central-1:123456789012:";

    private final StubAws stub = StubAws.start();
    private final Map<String, JsonNode> jobs = new LinkedHashMap<>();
    private final HostingStub hosting = new HostingStub(this);
    private final Map<String, Map<String, String>> tags = new TreeMap<>();

    /** What the next questions for an endpoint or job are answered with; the last one stays. */
    public final Deque<Map<String, Object>> states = new ArrayDeque<>();

    /** How many questions fail before one is answered. */
    public int throttled;

    /** Does the work of a training or processing job when it is begun. */
    public Consumer<JsonNode> work = job -> {};

    /** A server that answers invocations. */
    public String container = "";

    public SageMakerStub() {
        jobs();
        hosting.playOn(stub);
        stub.on("SageMaker.ListTags", SageMakerShapes.LIST_TAGS, call -> {
            List<Map<String, String>> found = new ArrayList<>();
            tags.getOrDefault(text(call, "ResourceArn"), Map.of())
                    .forEach((key, value) -> found.add(Map.of("Key", key, "Value", value)));
            return Reply.json(Map.of("Tags", found));
        });
        stub.on("SageMaker.AddTags", SageMakerShapes.ADD_TAGS, call -> {
            tag(text(call, "ResourceArn"), call.json());
            return Reply.json(Map.of());
        });
    }

    private void jobs() {
        stub.on(
                "SageMaker.CreateTrainingJob",
                SageMakerShapes.CREATE_TRAINING_JOB,
                call -> begin(call, "TrainingJobName", "training-job/", "TrainingJobArn"));
        stub.on(
                "SageMaker.CreateProcessingJob",
                SageMakerShapes.CREATE_PROCESSING_JOB,
                call -> begin(call, "ProcessingJobName", "processing-job/", "ProcessingJobArn"));
        stub.on("SageMaker.DescribeTrainingJob", SageMakerShapes.DESCRIBE_TRAINING_JOB, call -> {
            String name = text(call, "TrainingJobName");
            JsonNode job = jobs.get(name);
            if (job == null || !job.has("TrainingJobName")) {
                return Reply.error(400, "ValidationException", "Requested resource not found.");
            }
            Map<String, Object> answer = new LinkedHashMap<>(Map.of(
                    "TrainingJobName",
                    name,
                    "TrainingJobArn",
                    ARN + "training-job/" + name,
                    "TrainingJobStatus",
                    "InProgress",
                    "SecondaryStatus",
                    "Starting",
                    "CreationTime",
                    1_800_000_000L,
                    "ModelArtifacts",
                    Map.of(
                            "S3ModelArtifacts",
                            job.path("OutputDataConfig").path("S3OutputPath").asString() + name
                                    + "/output/model.tar.gz")));
            List.of("InputDataConfig", "OutputDataConfig").forEach(member -> answer.put(member, job.path(member)));
            return state(answer);
        });
        stub.on("SageMaker.DescribeProcessingJob", SageMakerShapes.DESCRIBE_PROCESSING_JOB, call -> {
            String name = text(call, "ProcessingJobName");
            JsonNode job = jobs.get(name);
            if (job == null || !job.has("ProcessingJobName")) {
                return Reply.error(400, "ValidationException", "Could not find requested job.");
            }
            Map<String, Object> answer = new LinkedHashMap<>(Map.of(
                    "ProcessingJobName",
                    name,
                    "ProcessingJobArn",
                    ARN + "processing-job/" + name,
                    "ProcessingJobStatus",
                    "InProgress",
                    "CreationTime",
                    1_800_000_000L));
            List.of("ProcessingInputs", "AppSpecification").forEach(member -> answer.put(member, job.path(member)));
            return state(answer);
        });
        stub.on("SageMaker.StopTrainingJob", SageMakerShapes.DESCRIBE_TRAINING_JOB, _ -> Reply.json(Map.of()));
        stub.on("SageMaker.StopProcessingJob", SageMakerShapes.DESCRIBE_PROCESSING_JOB, _ -> Reply.json(Map.of()));
        stub.on(
                "SageMaker.ListTrainingJobs",
                SageMakerShapes.LIST,
                call -> Reply.json(Map.of(
                        "TrainingJobSummaries",
                        listed(call, "TrainingJobName", "TrainingJobArn", "training-job/", "TrainingJobStatus"))));
        stub.on(
                "SageMaker.ListProcessingJobs",
                SageMakerShapes.LIST,
                call -> Reply.json(Map.of(
                        "ProcessingJobSummaries",
                        listed(
                                call,
                                "ProcessingJobName",
                                "ProcessingJobArn",
                                "processing-job/",
                                "ProcessingJobStatus"))));
    }

    /** All jobs of a kind, if they are in the state that is asked for. */
    private List<Map<String, Object>> listed(Call call, String member, String arn, String kind, String status) {
        Map<String, Object> state = states.isEmpty() ? Map.of() : states.peekFirst();
        String now = String.valueOf(state.getOrDefault(status, "InProgress"));
        return jobs.entrySet().stream()
                .filter(job -> job.getValue().has(member))
                .filter(_ -> call.json().path("StatusEquals").asString(now).equals(now))
                .map(job -> Map.<String, Object>of(
                        member, job.getKey(), arn, ARN + kind + job.getKey(), "CreationTime", 1_800_000_000L))
                .toList();
    }

    private Reply begin(Call call, String member, String kind, String arn) {
        String name = text(call, member);
        if (jobs.putIfAbsent(name, call.json()) != null) {
            return Reply.error(400, "ResourceInUse", "Job name must be unique within an AWS account and region");
        }
        tag(ARN + kind + name, call.json());
        work.accept(call.json());
        return Reply.json(Map.of(arn, ARN + kind + name));
    }

    Reply state(Map<String, Object> answer) {
        if (throttled > 0) {
            throttled--;
            return Reply.error(400, "ThrottlingException", "Rate exceeded");
        }
        Map<String, Object> next = states.size() > 1 ? states.removeFirst() : states.peekFirst();
        answer.putAll(next == null ? Map.of() : next);
        return Reply.json(answer);
    }

    void tag(String arn, JsonNode request) {
        request.path("Tags")
                .forEach(tag -> tags.computeIfAbsent(arn, _ -> new TreeMap<>())
                        .put(tag.path("Key").asString(), tag.path("Value").asString()));
    }

    /** An endpoint that somebody else made. */
    public void strangersEndpoint(String name) {
        hosting.endpoint(name, "theirs");
        tags.put(ARN + "endpoint/" + name, Map.of("team", "other"));
    }

    /** What is there, by kind, in order of names. */
    public Map<String, List<String>> standing() {
        Map<String, List<String>> all = new TreeMap<>(hosting.standing());
        all.put("jobs", List.copyOf(jobs.keySet()));
        return all;
    }

    /** Tags of something, by the end of its ARN, such as {@code endpoint/churn}. */
    public Map<String, String> tags(String resource) {
        return tags.getOrDefault(ARN + resource, Map.of());
    }

    /** Operations that change something, in the order of arrival. */
    public List<String> changes() {
        return stub.calls().stream()
                .map(call -> call.operation().replaceFirst(".*\\.", ""))
                .filter(name -> name.matches("(Create|Update|Delete|Stop|Add|Put|Register|Deregister).*"))
                .toList();
    }

    public StubAws stub() {
        return stub;
    }

    public AwsSettings settings() {
        return stub.settings();
    }

    static String text(Call call, String member) {
        return call.json().path(member).asString();
    }

    @Override
    public void close() {
        stub.close();
    }
}
