package smew.sagemaker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Near;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/**
 * The inputs of a training job.
 *
 * @param train the rows to learn from
 * @param heldOut the rows to evaluate on, where the job has such a channel
 */
public record Channels(Channel train, Optional<Channel> heldOut) {

    private static final List<String> TRAIN = List.of("train", "training");
    private static final List<String> HELD_OUT = List.of("validation", "test");
    private static final String VARIABLE = "SM_CHANNEL_";

    /**
     * Reads {@code inputdataconfig.json}, or else {@code SM_INPUT_DATA_CONFIG}; without either, every folder of the data and
     * every {@code SM_CHANNEL_NAME} is a channel.
     *
     * @throws SmewException CONFIGURATION when a channel is missing, unknown, or comes in a way that is not read
     */
    public static Channels read(ContainerFiles files, Map<String, String> environment, TrainingHosts hosts) {
        Optional<JobConfig> config = JobConfig.read(files.channels(), "SM_INPUT_DATA_CONFIG", environment);
        List<Channel> channels = new ArrayList<>();
        if (config.isPresent()) {
            config.get()
                    .object()
                    .properties()
                    .forEach(entry -> channels.add(channel(entry.getKey(), entry.getValue(), files, environment)));
        } else {
            JsonNode plain = Json.tree("{}");
            folders(files, environment).forEach(name -> channels.add(channel(name, plain, files, environment)));
        }
        for (Channel channel : channels) {
            check(channel, hosts);
        }
        Channel train = only(channels, TRAIN)
                .orElseThrow(() -> new SmewException(
                        Fault.CONFIGURATION,
                        "Looking for the rows to learn from: the job has "
                                + (channels.isEmpty() ? "no channel" : "the channels " + names(channels))
                                + ", expected one named train. Add it to the job's InputDataConfig."));
        return new Channels(train, only(channels, HELD_OUT));
    }

    private static List<String> folders(ContainerFiles files, Map<String, String> environment) {
        List<String> names = new ArrayList<>();
        ContainerFiles.folders(files.data())
                .forEach(folder -> names.add(folder.getFileName().toString()));
        environment.keySet().stream()
                .filter(name -> name.startsWith(VARIABLE))
                .map(name -> name.substring(VARIABLE.length()).toLowerCase(Locale.ROOT))
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(names::add);
        return names;
    }

    private static Channel channel(
            String name, JsonNode config, ContainerFiles files, Map<String, String> environment) {
        Path standard = files.data().resolve(name);
        Optional<Path> moved = Optional.ofNullable(environment.get(VARIABLE + name.toUpperCase(Locale.ROOT)))
                .filter(folder -> !Files.isDirectory(standard))
                .map(Path::of);
        boolean piped = JobConfig.text(config, "TrainingInputMode")
                .filter("Pipe"::equalsIgnoreCase)
                .isPresent();
        return new Channel(
                name,
                JobConfig.text(config, "ContentType"),
                moved.orElse(standard),
                piped ? Optional.of(files.data().resolve(name + "_0")) : Optional.empty(),
                JobConfig.text(config, "S3DistributionType")
                        .filter("ShardedByS3Key"::equalsIgnoreCase)
                        .isPresent(),
                JobConfig.text(config, "RecordWrapperType")
                        .filter("RecordIO"::equalsIgnoreCase)
                        .isPresent());
    }

    private static void check(Channel channel, TrainingHosts hosts) {
        if (!TRAIN.contains(channel.name()) && !HELD_OUT.contains(channel.name())) {
            List<String> known = new ArrayList<>(TRAIN);
            known.addAll(HELD_OUT);
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Reading the channels of the job: " + channel.name() + " is none that training reads."
                            + Near.hint(channel.name(), known));
        }
        if (channel.sharded() && hosts.several()) {
            throw channel.refused("is sharded by S3 key over " + hosts.all().size()
                    + " hosts, so that each sees only a part of the rows; expected S3DistributionType FullyReplicated, or"
                    + " one instance.");
        }
        if (channel.recordIo()) {
            throw channel.refused("is wrapped into RecordIO, expected RecordWrapperType None.");
        }
    }

    private static Optional<Channel> only(List<Channel> channels, List<String> names) {
        List<Channel> found = channels.stream()
                .filter(channel -> names.contains(channel.name()))
                .toList();
        if (found.size() > 1) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Reading the channels of the job: " + names(found)
                            + " mean the same to training, expected one of them.");
        }
        return found.stream().findFirst();
    }

    private static String names(List<Channel> channels) {
        return String.join(" and ", channels.stream().map(Channel::name).toList());
    }
}
