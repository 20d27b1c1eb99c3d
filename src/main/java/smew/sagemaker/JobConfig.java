package smew.sagemaker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One JSON object that SageMaker tells a job, from its file or, without one, from the variable that its training toolkit sets.
 *
 * @param origin what to call it in an error: the file's name, or the variable
 * @param text as it was written
 */
record JobConfig(String origin, String text, JsonNode object) {

    /**
     * Reads it.
     *
     * @throws SmewException CONFIGURATION when it is no JSON object
     */
    static Optional<JobConfig> read(Path file, String variable, Map<String, String> environment) {
        if (Files.exists(file)) {
            try {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                return Optional.of(parse(file.getFileName().toString(), file.toString(), text));
            } catch (IOException failed) {
                throw ContainerFiles.failure("Reading", file, failed);
            }
        }
        return Optional.ofNullable(environment.get(variable)).map(text -> parse(variable, variable, text));
    }

    private static JobConfig parse(String origin, String where, String text) {
        try {
            JsonNode node = Json.unambiguousTree(text.getBytes(StandardCharsets.UTF_8));
            if (node.isObject()) {
                return new JobConfig(origin, text, node);
            }
            throw malformed(where, "it is no JSON object", null);
        } catch (JacksonException malformed) {
            throw malformed(where, "it cannot be read as JSON (" + malformed.getOriginalMessage() + ")", malformed);
        }
    }

    private static SmewException malformed(
            String where, String found, @org.jspecify.annotations.Nullable Exception cause) {
        String message = "Reading " + where + ": " + found + ", expected what SageMaker writes there.";
        return cause == null
                ? new SmewException(Fault.CONFIGURATION, message)
                : new SmewException(Fault.CONFIGURATION, message, cause);
    }

    /** A text of an object; empty where it is absent, null or blank. */
    static Optional<String> text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull()
                ? Optional.empty()
                : Optional.of(value.asString()).filter(text -> !text.isBlank());
    }
}
