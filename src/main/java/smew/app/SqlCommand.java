package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

    @Mixin
    private final OutputOptions output = new OutputOptions();

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
        output.bring(world, Answer.Rows.of(world.engine(), request), store);
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
}
