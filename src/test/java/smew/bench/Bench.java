package smew.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./run.sh bench}: measures every item and prints one table. */
@Command(
        name = "./run.sh bench",
        description = "Measures Smew beside its engines on this machine. Nothing is left behind.")
public final class Bench implements Callable<Integer> {

    private static final List<Item> ITEMS = List.of(
            new FeatureBuild(),
            new ArrowLoad(),
            new ForestTraining(),
            new ForestScoring(),
            new Explanations(),
            new StartUp(),
            new PredictionRate(),
            new OnlineIndex(),
            new Batches(),
            new Overload(),
            new Fuzzing(),
            new Endurance(),
            new EndpointLatency(),
            new S3Transfer(),
            new FirstPaint());

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger ROOT = Logger.getLogger("");

    @Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--loans",
            paramLabel = "FILE",
            description = "CSV with the columns of the sample's loans. Default: made by sample-data/loans.sql.")
    private Optional<Path> loans = Optional.empty();

    @Option(names = "--rows", paramLabel = "N", description = "Loans to make. Default: ${DEFAULT-VALUE}.")
    private long rows = 800_000;

    @Option(names = "--runs", paramLabel = "N", description = "Runs of each. Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "How long releases change under load (endurance). Default: ${DEFAULT-VALUE}.")
    private int minutes = 2;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Items: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Names.class)
    private List<String> only = List.of();

    @Option(names = "--help", usageHelp = true, description = "Shows this and ends.")
    private boolean help;

    @Option(names = "--json", description = "Prints JSON, with the figures of every run.")
    private boolean json;

    /** The names of all items. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(ITEMS.stream().map(Item::name).toList());
        }
    }

    /** Runs the benchmark; the exit code is 0, 1 after a failure, 2 for a wrong command line. */
    public static void main(String[] arguments) {
        ROOT.setLevel(Level.WARNING);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Item> items = items();
        if (rows < 20_000 || runs < 1 || minutes < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rows is " + rows + ", --runs " + runs + " and --minutes " + minutes
                            + ", expected 20000, 1 and 1 at least.");
        }
        Machine machine = Machine.here();
        List<Line> lines = new ArrayList<>();
        String data;
        try (Workbench bench = new Workbench(loans, rows, minutes, System.err)) {
            Rounds rounds = new Rounds(runs, System.err);
            for (Item item : items) {
                lines.addAll(item.measure(bench, rounds));
            }
            data = bench.data();
        }
        String command = "./run.sh bench "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        Report report = new Report(command.strip(), machine, data, runs, lines);
        if (json) {
            System.out.print(report.json());
        } else {
            report.print(System.out);
        }
        return 0;
    }

    private List<Item> items() {
        List<String> known = new Names();
        for (String name : only) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "--only names " + name + ", expected some of " + known + ".");
            }
        }
        return ITEMS.stream()
                .filter(item -> only.isEmpty() || only.contains(item.name()))
                .toList();
    }
}
