package smew.sagemaker;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * One named input of a training job.
 *
 * @param contentType as the job has it, {@code text/csv; header=absent}
 * @param folder holds the files
 * @param pipe through which they come instead, one after the other, where the job asked for that
 * @param sharded whether each host got only a part of the files
 * @param recordIo whether each file was wrapped into a record
 */
public record Channel(
        String name,
        Optional<String> contentType,
        Path folder,
        Optional<Path> pipe,
        boolean sharded,
        boolean recordIo) {

    /** How rows lie in files. */
    public sealed interface Format {

        /**
         * Commas, quotes doubled inside quotes, UTF-8.
         *
         * @param header whether the first line of each file names the columns
         * @param labelFirst whether the first column is the label, if nobody says otherwise
         */
        record Csv(boolean header, boolean labelFirst) implements Format {}

        /** Parquet. */
        record Parquet() implements Format {}
    }

    /**
     * The format that the content type states; empty where the files' names have to tell.
     *
     * @throws SmewException CONFIGURATION when it is one that is not read
     */
    Optional<Format> format() {
        if (contentType.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = contentType.get().split(";", -1);
        Map<String, String> parameters = new TreeMap<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String[] pair = part.split("=", 2);
            parameters.put(pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1].strip() : "");
        }
        return switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
            case "text/csv", "csv" -> Optional.of(csv(parameters));
            case "application/x-parquet", "application/parquet", "application/vnd.apache.parquet", "parquet" ->
                Optional.of(new Format.Parquet());
            default ->
                throw refused(
                        "is of content type " + contentType.get() + ", expected text/csv or application/x-parquet.");
        };
    }

    private Format csv(Map<String, String> parameters) {
        String labels = parameters.getOrDefault("label_size", "");
        if (!labels.isEmpty() && !labels.equals("1")) {
            throw refused("has label_size=" + labels + ", expected 1: one column, the first, is learned.");
        }
        boolean labelFirst = labels.equals("1");
        String header = parameters.getOrDefault("header", labelFirst ? "absent" : "present");
        if (!header.equals("present") && !header.equals("absent")) {
            throw refused("has header=" + header + ", expected present or absent.");
        }
        return new Format.Csv(header.equals("present"), labelFirst || header.equals("absent"));
    }

    SmewException refused(String found) {
        return new SmewException(
                Fault.CONFIGURATION,
                "Reading channel " + name + ": it " + found + " Change the job's InputDataConfig, or the files.");
    }
}
