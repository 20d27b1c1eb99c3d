package smew.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import smew.app.SageMakerEngine.RunOrder;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;
import smew.project.Project;
import smew.store.RemoteFiles;

/**
 * The one input whose files are spread over the machines.
 *
 * @param variable that the SQL reads
 * @param folder on S3, with a slash at its end
 * @param pattern of the files below it
 */
record ShardedInput(String variable, String folder, String pattern) {

    /** Files of other tools have a dot or an underscore in front. */
    private static final String DATA = "**/[!._]*";

    /**
     * Finds it: the one that was named, or else the only one that is a folder or a pattern.
     *
     * @throws SmewException USAGE or CONFIGURATION when there is none, or fewer files than machines
     */
    static ShardedInput of(Project project, Map<String, String> inputs, RunOrder order) {
        ProcessingVerb.refuseModelsOverSources(project, order.run());
        String variable = order.shard().map(name -> known(name, inputs)).orElseGet(() -> only(inputs));
        ShardedInput found =
                at(variable, Optional.ofNullable(inputs.get(variable)).orElse(""));
        int machines = order.machines().count();
        try (RemoteFiles remote = new RemoteFiles(order.run().store())) {
            int files = remote.count(found.folder());
            if (files < machines) {
                throw new SmewException(
                        Fault.CONFIGURATION,
                        "Spreading " + found.folder() + " over " + machines + " machines: it holds " + files
                                + " files, expected one for each machine at least. Give a smaller --instance-count, or write"
                                + " the input in more files, each with whole entities.");
            }
        }
        return found;
    }

    private static String known(String name, Map<String, String> inputs) {
        if (!inputs.containsKey(name)) {
            throw new SmewException(
                    Fault.USAGE,
                    "--shard holds '" + name + "', expected an input of the project."
                            + Near.hint(name, new TreeSet<>(inputs.keySet())));
        }
        return name;
    }

    private static String only(Map<String, String> inputs) {
        List<String> folders = inputs.entrySet().stream()
                .filter(input -> input.getValue().endsWith("/") || isPattern(input.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (folders.size() != 1) {
            throw new SmewException(
                    Fault.USAGE,
                    "Running on several machines: "
                            + (folders.isEmpty() ? "no input is" : String.join(", ", folders) + " are")
                            + " a folder or a pattern on S3, expected one whose files can be spread. Give --shard NAME.");
        }
        return folders.getFirst();
    }

    private static boolean isPattern(String address) {
        return address.matches(".*[*?\\[].*");
    }

    private static ShardedInput at(String variable, String address) {
        if (address.endsWith("/")) {
            return new ShardedInput(variable, address, DATA);
        }
        if (!isPattern(address)) {
            throw new SmewException(
                    Fault.USAGE,
                    "--shard names " + variable + ", which is " + address
                            + ", expected a folder with a slash at its end, or a pattern such as s3://BUCKET/loans/*.csv.");
        }
        String folder = folder(address);
        return new ShardedInput(variable, folder, address.substring(folder.length()));
    }

    /** The folder that an address is, or that a pattern begins with, with a slash at its end. */
    static String folder(String address) {
        String literal = address.replaceFirst("[*?\\[].*", "");
        return literal.substring(0, literal.lastIndexOf('/') + 1);
    }

    /** What a machine reads of it. */
    String local() {
        return ProcessingVerb.SHARD + "/" + pattern;
    }
}
