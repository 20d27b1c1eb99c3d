package smew.sagemaker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import smew.aws.StubAws;
import smew.aws.StubAws.Call;
import smew.aws.StubAws.Reply;
import tools.jackson.databind.JsonNode;

/** Plays the part of SageMaker, and of Application Auto Scaling, that endpoints are made of. */
final class HostingStub {

    private final SageMakerStub owner;
    private final Map<String, JsonNode> models = new TreeMap<>();
    private final Map<String, JsonNode> configurations = new TreeMap<>();
    private final Map<String, Map<String, Object>> endpoints = new TreeMap<>();
    private final Map<String, String> targets = new TreeMap<>();

    HostingStub(SageMakerStub owner) {
        this.owner = owner;
    }

    void endpoint(String name, String configuration) {
        endpoints.put(name, described(name, configuration));
    }

    Map<String, List<String>> standing() {
        return Map.of(
                "endpoints", List.copyOf(endpoints.keySet()),
                "configurations", List.copyOf(configurations.keySet()),
                "models", List.copyOf(models.keySet()),
                "targets", List.copyOf(targets.keySet()));
    }

    /** Answers all that endpoints need. */
    void playOn(StubAws stub) {
        stub.on("POST /endpoints/[^/]+/invocations", this::forward);
        scaling(stub);
        stub.on(
                "SageMaker.CreateModel",
                SageMakerShapes.CREATE_MODEL,
                call -> make(call, "ModelName", "model/", models));
        stub.on(
                "SageMaker.CreateEndpointConfig",
                SageMakerShapes.CREATE_ENDPOINT_CONFIG,
                call -> make(call, "EndpointConfigName", "endpoint-config/", configurations));
        stub.on(
                "SageMaker.DescribeModel",
                SageMakerShapes.NAMED_MODEL,
                call -> models.containsKey(SageMakerStub.text(call, "ModelName"))
                        ? Reply.json(Map.of(
                                "ModelName",
                                SageMakerStub.text(call, "ModelName"),
                                "PrimaryContainer",
                                models.get(SageMakerStub.text(call, "ModelName"))
                                        .path("PrimaryContainer")))
                        : Reply.error(400, "ValidationException", "Could not find model."));
        stub.on("SageMaker.DescribeEndpointConfig", SageMakerShapes.NAMED_ENDPOINT_CONFIG, call -> {
            String name = SageMakerStub.text(call, "EndpointConfigName");
            return configurations.containsKey(name)
                    ? Reply.json(Map.of(
                            "EndpointConfigName",
                            name,
                            "EndpointConfigArn",
                            SageMakerStub.ARN + "endpoint-config/" + name,
                            "ProductionVariants",
                            configurations.get(name).path("ProductionVariants")))
                    : Reply.error(400, "ValidationException", "Could not find endpoint configuration.");
        });
        stub.on("SageMaker.CreateEndpoint", SageMakerShapes.CREATE_ENDPOINT, call -> {
            String name = SageMakerStub.text(call, "EndpointName");
            endpoints.put(name, described(name, SageMakerStub.text(call, "EndpointConfigName")));
            owner.tag(SageMakerStub.ARN + "endpoint/" + name, call.json());
            return Reply.json(Map.of("EndpointArn", SageMakerStub.ARN + "endpoint/" + name));
        });
        stub.on("SageMaker.UpdateEndpoint", SageMakerShapes.UPDATE_ENDPOINT, call -> {
            String name = SageMakerStub.text(call, "EndpointName");
            endpoints.put(name, described(name, SageMakerStub.text(call, "EndpointConfigName")));
            return Reply.json(Map.of("EndpointArn", SageMakerStub.ARN + "endpoint/" + name));
        });
        stub.on("SageMaker.DescribeEndpoint", SageMakerShapes.NAMED_ENDPOINT, call -> {
            Map<String, Object> endpoint = endpoints.get(SageMakerStub.text(call, "EndpointName"));
            return endpoint == null
                    ? Reply.error(400, "ValidationException", "Could not find endpoint.")
                    : owner.state(new LinkedHashMap<>(endpoint));
        });
        stub.on(
                "SageMaker.DeleteEndpoint",
                SageMakerShapes.NAMED_ENDPOINT,
                call -> delete(call, "EndpointName", endpoints));
        stub.on(
                "SageMaker.DeleteEndpointConfig",
                SageMakerShapes.NAMED_ENDPOINT_CONFIG,
                call -> delete(call, "EndpointConfigName", configurations));
        stub.on("SageMaker.DeleteModel", SageMakerShapes.NAMED_MODEL, call -> delete(call, "ModelName", models));
        stub.on(
                "SageMaker.ListEndpoints",
                SageMakerShapes.LIST,
                _ -> Reply.json(Map.of("Endpoints", named(endpoints.keySet(), "Endpoint", "endpoint/"))));
        stub.on(
                "SageMaker.ListEndpointConfigs",
                SageMakerShapes.LIST,
                _ -> Reply.json(Map.of(
                        "EndpointConfigs", named(configurations.keySet(), "EndpointConfig", "endpoint-config/"))));
        stub.on(
                "SageMaker.ListModels",
                SageMakerShapes.LIST,
                _ -> Reply.json(Map.of("Models", named(models.keySet(), "Model", "model/"))));
    }

    private Reply make(Call call, String member, String kind, Map<String, JsonNode> into) {
        String name = SageMakerStub.text(call, member);
        into.put(name, call.json());
        owner.tag(SageMakerStub.ARN + kind + name, call.json());
        return Reply.json(Map.of(member.replace("Name", "Arn"), SageMakerStub.ARN + kind + name));
    }

    private static Reply delete(Call call, String member, Map<String, ?> from) {
        return from.remove(SageMakerStub.text(call, member)) == null
                ? Reply.error(400, "ValidationException", "Could not find it.")
                : Reply.json(Map.of());
    }

    private static List<Map<String, String>> named(Iterable<String> names, String kind, String path) {
        List<Map<String, String>> all = new ArrayList<>();
        names.forEach(name -> all.add(Map.of(kind + "Name", name, kind + "Arn", SageMakerStub.ARN + path + name)));
        return all;
    }

    private static Map<String, Object> described(String name, String configuration) {
        return Map.of(
                "EndpointName",
                name,
                "EndpointArn",
                SageMakerStub.ARN + "endpoint/" + name,
                "EndpointConfigName",
                configuration,
                "EndpointStatus",
                "InService",
                "CreationTime",
                1_800_000_000L,
                "LastModifiedTime",
                1_800_000_000L,
                "ProductionVariants",
                List.of(Map.of("VariantName", "main", "CurrentInstanceCount", 1)));
    }

    private void scaling(StubAws stub) {
        stub.on("AnyScaleFrontendService.RegisterScalableTarget", SageMakerShapes.REGISTER, call -> {
            targets.put(SageMakerStub.text(call, "ResourceId"), SageMakerStub.text(call, "ScalableDimension"));
            return Reply.json(Map.of());
        });
        stub.on(
                "AnyScaleFrontendService.PutScalingPolicy",
                SageMakerShapes.POLICY,
                _ -> Reply.json(Map.of("PolicyARN", "arn:aws:autoscaling:eu-central-1:123456789012:scalingPolicy:1")));
        stub.on("AnyScaleFrontendService.DescribeScalableTargets", SageMakerShapes.DESCRIBE_TARGETS, call -> {
            List<Map<String, Object>> found = new ArrayList<>();
            call.json().path("ResourceIds").forEach(id -> {
                if (targets.containsKey(id.asString())) {
                    found.add(Map.of(
                            "ServiceNamespace",
                            "sagemaker",
                            "ResourceId",
                            id.asString(),
                            "ScalableDimension",
                            targets.get(id.asString()),
                            "MinCapacity",
                            1,
                            "MaxCapacity",
                            2,
                            "RoleARN",
                            "arn:aws:iam::123456789012:role/scaling",
                            "CreationTime",
                            1_800_000_000L));
                }
            });
            return Reply.json(Map.of("ScalableTargets", found));
        });
        stub.on(
                "AnyScaleFrontendService.DeregisterScalableTarget",
                SageMakerShapes.DEREGISTER,
                call -> delete(call, "ResourceId", targets));
    }

    private Reply forward(Call call) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(owner.container + "/invocations"))
                            .header("Content-Type", call.headers().getFirst("Content-Type"))
                            .header("Accept", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(answer.statusCode(), Map.of("Content-Type", "application/json"), answer.body());
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
