package smew.app;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;
import smew.app.Engine.SqlRequest.Format;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.EndpointAddress;
import smew.sagemaker.EndpointSettings;
import smew.store.RemoteFiles;

/** How the text of an option becomes a value. A failure says what was expected; the caller says what was found, and where. */
final class Converters {

    private static final String FILE = "file://";
    private static final Pattern ADDRESS =
            Pattern.compile("(?!" + FILE + ")[a-z][a-z0-9+.-]+://", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|[dhms])");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*([KMGT]i?)?B", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("k", 1_000L),
            Map.entry("m", 1_000_000L),
            Map.entry("g", 1_000_000_000L),
            Map.entry("t", 1_000_000_000_000L),
            Map.entry("ki", 1L << 10),
            Map.entry("mi", 1L << 20),
            Map.entry("gi", 1L << 30),
            Map.entry("ti", 1L << 40));

    private Converters() {}

    /** A whole number from 1 up. */
    record Count(int value) {}

    /** A whole number from 0 up. */
    record Retries(int value) {}

    /** A number from 0 up. */
    record Share(double value) {}

    /** A TCP port, 0 for any free one. */
    record Port(int value) {

        // picocli asks for it of whatever is given, and a record's own would have Java link handles first.
        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    /** Bytes, and how they were written. */
    record Size(String text, long bytes) {}

    /** What computes predictions: empty for the model of the release. */
    record BackendName(Optional<EndpointAddress> endpoint) {}

    /** Who answers where the backend fails. */
    enum Fallback {
        LOCAL
    }

    /** How lines of a log look. */
    enum LogFormat {
        TEXT,
        JSON
    }

    /** Which leaks to look for. */
    enum LeakTests {
        ALL,
        NONE
    }

    static CommandLine register(CommandLine line) {
        return line.registerConverter(Path.class, Converters::path)
                .registerConverter(Place.class, Converters::place)
                .registerConverter(LocalDate.class, Converters::date)
                .registerConverter(Duration.class, Converters::duration)
                .registerConverter(Timetable.Every.class, Converters::every)
                .registerConverter(Boolean.class, Converters::truth)
                .registerConverter(boolean.class, Converters::truth)
                .registerConverter(Format.class, Converters::format)
                .registerConverter(BackendName.class, Converters::backend)
                .registerConverter(EndpointSettings.Format.class, Converters::wireFormat)
                .registerConverter(Fallback.class, Converters::fallback)
                .registerConverter(LeakTests.class, Converters::leakTests)
                .registerConverter(LogFormat.class, Converters::logFormat)
                .registerConverter(Size.class, Converters::size)
                .registerConverter(
                        Count.class, text -> new Count(number(text, 1, 100_000_000, "a whole number from 1 up")))
                .registerConverter(
                        Retries.class, text -> new Retries(number(text, 0, 1_000, "a whole number from 0 up")))
                .registerConverter(
                        Port.class,
                        text -> new Port(number(text, 0, 65_535, "a port from 1 to 65535, or 0 for any free one")))
                .registerConverter(Share.class, Converters::share)
                .registerConverter(Long.class, Converters::wholeNumber)
                .registerConverter(Timetable.Cron.class, Converters::cron);
    }

    static Path path(String text) {
        refuseAddress("", text);
        try {
            return text.regionMatches(true, 0, FILE, 0, FILE.length()) ? Path.of(URI.create(text)) : Path.of(text);
        } catch (IllegalArgumentException | FileSystemNotFoundException invalid) {
            throw new TypeConversionException("a folder or file name");
        }
    }

    private static Place place(String text) {
        if (!RemoteFiles.isRemote(text)) {
            Path _ = path(text);
        }
        return new Place(text);
    }

    /**
     * Says of {@code http://} and the like that nothing is read from or written to there.
     *
     * @param origin such as {@code smew.properties:3}; empty where nobody needs to be told
     */
    static void refuseAddress(String origin, String value) {
        if (ADDRESS.matcher(value).lookingAt()) {
            throw new SmewException(
                    Fault.USAGE,
                    "Opening " + value + (origin.isEmpty() ? "" : " of " + origin)
                            + ": Smew reads and writes folders and s3://. Copy the files to one of these and name that.");
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException invalid) {
            throw new TypeConversionException("a date such as 2021-09-17");
        }
    }

    /** {@code 24h}, {@code 30m}, {@code 90s}, {@code 1d}, {@code 1h30m}. */
    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        Duration sum = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            long amount = Long.parseLong(matcher.group(1));
            sum = switch (matcher.group(2)) {
                case "d" -> sum.plusDays(amount);
                case "h" -> sum.plusHours(amount);
                case "m" -> sum.plusMinutes(amount);
                case "ms" -> sum.plusMillis(amount);
                default -> sum.plusSeconds(amount);
            };
            end = matcher.end();
        }
        if (end == 0 || end != text.strip().length()) {
            throw new TypeConversionException("a duration such as 24h, 30m, 90s or 1d");
        }
        return sum;
    }

    private static Timetable.Every every(String text) {
        Duration period = duration(text);
        if (!period.isPositive()) {
            throw new TypeConversionException("a duration above zero such as 24h, 30m, 90s or 1d");
        }
        return new Timetable.Every(period);
    }

    private static Boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new TypeConversionException("true or false");
        };
    }

    private static Format format(String text) {
        for (Format format : Format.values()) {
            if (format.name().equalsIgnoreCase(text.strip())) {
                return format;
            }
        }
        throw new TypeConversionException("table, csv, json or parquet");
    }

    private static BackendName backend(String text) {
        if (text.strip().equals("local")) {
            return new BackendName(Optional.empty());
        }
        try {
            return new BackendName(Optional.of(EndpointAddress.parse(text.strip())));
        } catch (SmewException invalid) {
            throw new TypeConversionException(
                    "local, sagemaker:ENDPOINT, sagemaker:ENDPOINT/VARIANT or sagemaker:ENDPOINT/MODEL.tar.gz");
        }
    }

    private static EndpointSettings.Format wireFormat(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "csv" -> EndpointSettings.Format.CSV;
            case "json" -> EndpointSettings.Format.JSON;
            default -> throw new TypeConversionException("csv or json");
        };
    }

    private static Fallback fallback(String text) {
        if (!text.strip().equals("local")) {
            throw new TypeConversionException("local");
        }
        return Fallback.LOCAL;
    }

    private static LogFormat logFormat(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw new TypeConversionException("text or json");
        };
    }

    private static LeakTests leakTests(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "all" -> LeakTests.ALL;
            case "none" -> LeakTests.NONE;
            default -> throw new TypeConversionException("all or none");
        };
    }

    private static Size size(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new TypeConversionException("a size such as 512MB or 2GB");
        }
        String unit = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
        return new Size(
                text.strip(), Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.getOrDefault(unit, 1L)));
    }

    private static int number(String text, int least, int most, String expected) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException invalid) {
            throw new TypeConversionException(expected);
        }
        throw new TypeConversionException(expected);
    }

    private static Share share(String text) {
        try {
            double number = Double.parseDouble(text.strip());
            if (number >= 0 && Double.isFinite(number)) {
                return new Share(number);
            }
        } catch (NumberFormatException invalid) {
            throw new TypeConversionException("a number from 0 up such as 0.25");
        }
        throw new TypeConversionException("a number from 0 up such as 0.25");
    }

    private static Long wholeNumber(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException invalid) {
            throw new TypeConversionException("a whole number");
        }
    }

    private static Timetable.Cron cron(String text) {
        try {
            return Timetable.Cron.of(text);
        } catch (IllegalArgumentException invalid) {
            throw new TypeConversionException("five cron fields (minute hour day month weekday) such as \"0 2 * * *\" ("
                    + invalid.getMessage() + ")");
        }
    }
}
