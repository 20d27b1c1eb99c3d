package smew.app;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.app.Engine.SqlRequest.Format;
import smew.base.Fault;
import smew.base.SmewException;
import smew.store.StoreSettings;

/** Where rows go, and how they are written. */
final class OutputOptions {

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
            description =
                    "Writes into a .csv, .csv.gz, .json or .parquet file, here or on S3, instead of standard output.")
    private Optional<Place> output = Optional.empty();

    /**
     * How the file that was asked for is to be written; empty without one.
     *
     * @throws SmewException USAGE where nobody says
     */
    Optional<Format> fileFormat() {
        return output.map(place -> fileFormat(place.text()));
    }

    /**
     * Brings rows there.
     *
     * @param reached how S3 is
     */
    void bring(Surroundings world, Answer.Rows rows, StoreSettings reached) {
        Answer answer = new Answer(world, rows);
        if (output.isPresent()) {
            answer.write(fileFormat().orElseThrow(), output.get(), reached);
        } else {
            answer.print(format.orElse(json ? Format.JSON : world.terminal().out() ? Format.TABLE : Format.CSV));
        }
    }

    private Format fileFormat(String target) {
        String name = target.toLowerCase(Locale.ROOT);
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
