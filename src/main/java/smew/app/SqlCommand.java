package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import smew.app.Engine.SqlRequest;
import smew.app.Engine.SqlRequest.Format;
import smew.base.Fault;
import smew.base.SmewException;
import smew.store.StoreSettings;

@Command(
        name = "sql",
        description = "Queries the warehouse of the current release with one SELECT.",
        footer = {
            "",
            "Examples:  smew sql \"SELECT count(*) FROM credit_history\"",
            "           smew sql --file report.sql --output report.parquet"
        })
final class SqlCommand implements Callable<Integer> {

    private final Surroundings world;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "SELECT", description = "The query, in quotes.")
    private Optional<String> query = Optional.empty();

    @Option(names = "--file", paramLabel = "FILE", description = "Reads the query from a file.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets a variable that SQL reads with getvariable('NAME'). Repeatable.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, csv, json or parquet. Default: what --output ends with; else table on a terminal,"
                    + " csv otherwise.")
    private Optional<Format> format = Optional.empty();

    @Option(names = "--json", fallbackValue = "true", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Writes into a .csv, .csv.gz, .json or .parquet file instead of standard output.")
    private Optional<Path> output = Optional.empty();

    SqlCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        OptionDefaults.variables(spec).forEach((name, setting) -> merged.put(name, setting.value()));
        merged.putAll(variables);
        StoreSettings store = common.store(world);
        SqlRequest request = file.isPresent()
                ? new SqlRequest(store, text(file.get()), file.get().toString(), merged)
                : new SqlRequest(store, query.orElse(""), "the query", merged);
        if (query.isPresent() == file.isPresent()) {
            throw new SmewException(
                    Fault.USAGE, "smew sql needs one query, in quotes or with --file FILE. See smew sql --help.");
        }
        Answer answer = new Answer(world, request);
        if (output.isPresent()) {
            Path target = world.directory().resolve(output.get());
            answer.write(fileFormat(target), target);
        } else {
            answer.print(format.orElse(json ? Format.JSON : world.terminal().out() ? Format.TABLE : Format.CSV));
        }
        return 0;
    }

    private String text(Path sql) {
        try {
            return Files.readString(world.directory().resolve(sql));
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.NOT_FOUND, "Reading the query from " + sql + ": it is no readable UTF-8 file.", failed);
        }
    }

    private Format fileFormat(Path target) {
        String name = target.toString().toLowerCase(Locale.ROOT);
        Optional<Format> byName = name.endsWith(".csv") || name.endsWith(".csv.gz")
                ? Optional.of(Format.CSV)
                : name.endsWith(".json")
                        ? Optional.of(Format.JSON)
                        : name.endsWith(".parquet") ? Optional.of(Format.PARQUET) : Optional.empty();
        Format chosen = format.or(() -> json ? Optional.of(Format.JSON) : byName)
                .orElseThrow(() -> new SmewException(
                        Fault.USAGE,
                        "--output " + target + " ends with none of .csv, .csv.gz, .json and .parquet. Rename it, or say"
                                + " --format."));
        if (chosen == Format.TABLE) {
            throw new SmewException(
                    Fault.USAGE, "A table is for a terminal; write a file with --format csv, json or parquet.");
        }
        return chosen;
    }
}
