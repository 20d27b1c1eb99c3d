package smew.starter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Features that look back: at earlier rows of the same entity. */
final class History {

    /** Columns with all of mean, least, most and sum; more would crowd the view. */
    private static final int WHOLE = 4;

    private static final int MEANS = 12;

    /** Digits that fit into 64 bits, and room for numbers that are a thousand times as large. */
    private static final int DIGITS = 18;

    private static final int ROOM = 3;
    private static final int DECIMALS = 9;

    private final Names names;
    private final SourceColumn time;
    private final Names.Unused unused;

    History(Names names, SourceColumn time, Names.Unused unused) {
        this.names = names;
        this.time = time;
        this.unused = unused;
    }

    /** Numbers whose values differ within entities, those that differ in the most entities first. */
    static List<Profile.Column> varying(Profile profile, List<SourceColumn> candidates, List<LeftOut> leftOut) {
        Set<String> out = new HashSet<>(leftOut.stream().map(LeftOut::name).toList());
        return candidates.stream()
                .filter(SourceColumn::isNumber)
                .filter(column -> !out.contains(column.name()))
                .map(column -> profile.column(column.name()))
                .filter(column -> column.varies() > 0 && column.odd() == 0)
                .sorted(java.util.Comparator.comparingLong((Profile.Column column) -> -column.varies()))
                .limit(MEANS)
                .toList();
    }

    /** How many earlier rows there are, and when the latest of them was. */
    List<Feature> rhythm() {
        String event = names.sql(time.name());
        List<Feature> features = new ArrayList<>();
        features.add(feature("earlier_rows", "count(*) OVER earlier", "rows of the same entity before this one"));
        features.add(
                switch (time.type()) {
                    case "DATE" ->
                        feature(
                                "days_since_previous",
                                "date_diff('day', max(" + event + ") OVER earlier, " + event + ")",
                                "days since the latest of them; null for a first one");
                    case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                        feature(
                                "days_since_previous",
                                "date_diff('second', max(" + event + ") OVER earlier, " + event + ") / 86400",
                                "days since the latest of them, with fractions; null for a first one");
                    default ->
                        feature(
                                time.name() + "_since_previous",
                                event + " - max(" + event + ") OVER earlier",
                                "difference to the latest of them; null for a first one");
                });
        return features;
    }

    /** What earlier values were. */
    List<Feature> of(List<Profile.Column> varying) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < varying.size(); i++) {
            Profile.Column column = varying.get(i);
            String value = names.sql(column.name());
            String said = Said.plain(column.name());
            features.add(feature(
                    column.name() + "_earlier_mean", "avg(" + value + ") OVER earlier", "mean of earlier " + said));
            if (i < WHOLE && column.different() > 2) {
                features.add(feature(
                        column.name() + "_earlier_min", "min(" + value + ") OVER earlier", "least earlier " + said));
                features.add(feature(
                        column.name() + "_earlier_max", "max(" + value + ") OVER earlier", "greatest earlier " + said));
                features.add(feature(
                        column.name() + "_earlier_sum",
                        "(sum(" + value + ") OVER earlier)::DOUBLE",
                        "sum of earlier " + said + "; null for a first one"));
            }
        }
        return features;
    }

    private Feature feature(String name, String expression, String meaning) {
        return new Feature(unused.name(name), expression, Optional.of(meaning));
    }

    /**
     * The same columns with those that are added up as decimals: sums of doubles depend on the order of the rows in their last
     * digits, and a run could not be reproduced to the letter.
     */
    static List<SourceColumn> exact(
            Names names, List<SourceColumn> columns, List<Profile.Column> varying, boolean typedByReader) {
        return columns.stream()
                .map(column -> varying.stream()
                        .filter(summed -> summed.name().equals(column.name()))
                        .filter(_ ->
                                column.type().equals("DOUBLE") || column.type().equals("FLOAT"))
                        .findFirst()
                        .map(summed -> decimal(names, column, summed, typedByReader))
                        .orElse(column))
                .toList();
    }

    private static SourceColumn decimal(
            Names names, SourceColumn column, Profile.Column summed, boolean typedByReader) {
        double most =
                Math.max(Math.abs(Double.parseDouble(summed.least())), Math.abs(Double.parseDouble(summed.most())));
        int before = Math.max(1, (int) Math.floor(Math.log10(Math.max(most, 1))) + 1) + ROOM;
        int wanted = column.decimals() > 0 ? Math.min(column.decimals(), DECIMALS) : DECIMALS;
        boolean narrow = before + wanted <= DIGITS;
        if (before + wanted > 2 * DIGITS) {
            return column;
        }
        String type = "DECIMAL(" + (narrow ? DIGITS : 2 * DIGITS) + ", " + wanted + ")";
        String note = column.note().map(text -> text + "; ").orElse("") + "exact sums, whatever the order of the rows";
        if (column.expression().isEmpty() && typedByReader) {
            return column.as(type, Optional.empty(), type).noted(note);
        }
        String value = column.expression().orElse(names.sql(column.file()));
        return column.as(column.read(), Optional.of("(" + value + ")::" + type), type)
                .noted(note);
    }
}
