package smew.sagemaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The machines of a training job. The first by name trains; the others have nothing to do.
 *
 * @param current this one, which is among them
 */
public record TrainingHosts(String current, List<String> all) {

    public TrainingHosts {
        all = all.stream().sorted().toList();
        if (!all.contains(current)) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Reading resourceconfig.json: this host is " + current + ", and the hosts are "
                            + String.join(", ", all) + ". Expected it among them.");
        }
    }

    /**
     * Reads {@code resourceconfig.json}, or else {@code SM_RESOURCE_CONFIG}, or else {@code SM_HOSTS} and
     * {@code SM_CURRENT_HOST}; without any of them this host is alone.
     *
     * @throws SmewException CONFIGURATION when it makes no sense
     */
    public static TrainingHosts read(ContainerFiles files, Map<String, String> environment) {
        Optional<JobConfig> config = JobConfig.read(files.hosts(), "SM_RESOURCE_CONFIG", environment);
        List<String> all = config.map(found -> names(found.object().get("hosts")))
                .orElseGet(() -> names(tree(environment.getOrDefault("SM_HOSTS", "[]"))));
        String current = config.flatMap(found -> JobConfig.text(found.object(), "current_host"))
                .or(() -> Optional.ofNullable(environment.get("SM_CURRENT_HOST")))
                .orElse(all.isEmpty() ? "algo-1" : all.getFirst());
        return new TrainingHosts(current, all.isEmpty() ? List.of(current) : all);
    }

    private static JsonNode tree(String text) {
        try {
            return Json.tree(text);
        } catch (JacksonException malformed) {
            throw new SmewException(
                    Fault.CONFIGURATION, "Reading SM_HOSTS: expected a JSON list of host names.", malformed);
        }
    }

    private static List<String> names(@org.jspecify.annotations.Nullable JsonNode list) {
        List<String> names = new ArrayList<>();
        if (list != null) {
            list.forEach(name -> names.add(name.asString()));
        }
        return names;
    }

    /** Whether this host is the one that trains. */
    public boolean trains() {
        return current.equals(all.getFirst());
    }

    /** What a host that has nothing to do says of it. */
    public String idle() {
        return "Host " + current + " of " + String.join(", ", all) + " has nothing to do: " + all.getFirst()
                + " trains on all rows.";
    }

    boolean several() {
        return all.size() > 1;
    }
}
