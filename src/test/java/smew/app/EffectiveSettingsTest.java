package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import smew.app.Engine.ServeRequest;

/** What a server says of its settings when it starts. */
class EffectiveSettingsTest extends OnPrompt {

    /** Which project and how AWS is reached; what is asked of a command, not of a server; and the model of a container. */
    private static final Set<String> NOT_SAID = Set.of(
            "project",
            "trace",
            "help",
            "version",
            "prefix",
            "log-format",
            "aws-region",
            "s3-path-style",
            "s3-kms-key",
            "s3-storage-class",
            "cache",
            "cache-size");

    private EffectiveSettings effective(String... options) {
        prompt.run(options);
        ServeRequest request = prompt.engine.serves.getLast();
        return EffectiveSettings.of(request, request.settings());
    }

    @Test
    void everyOptionOfServeIsSaidUnderItsName() {
        Set<String> options = new TreeSet<>();
        OptionTable.spec("serve").options().forEach(option -> options.add(OptionDefaults.name(option)));
        options.removeAll(NOT_SAID);
        assertEquals(
                options,
                new TreeSet<>(effective("serve", "--backend", "sagemaker:churn")
                        .values()
                        .keySet()));
    }

    @Test
    void whatStaysOnDiskIsSaidBesideTheLimit() {
        EffectiveSettings effective = effective("serve", "--port", "0", "--online-memory", "3MB");
        assertTrue(effective.toString().contains("online-memory 3000000 bytes, "), effective.toString());
        String said = effective.mapped(List.of("loans", "history")).toString();
        assertTrue(said.contains("online-memory 3000000 bytes (mapped: loans history), "), said);
    }

    @Test
    void aTokenIsNotSaid() {
        prompt.environment.put("SMEW_TOKEN", "verysecret");
        String said = effective("serve", "--port", "0", "--body-limit", "2MiB").toString();
        assertTrue(said.contains("token needed, ") && said.contains("body-limit 2097152 bytes, "), said);
        assertFalse(said.contains("verysecret"), said);
    }
}
