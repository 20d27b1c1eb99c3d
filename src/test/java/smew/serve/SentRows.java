package smew.serve;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.Json;
import smew.columns.ArrowStream;
import smew.columns.Column;
import smew.columns.Table;

/** The same random rows for the loans of {@link TestStore} in every format that a client may send. */
record SentRows(List<Row> rows) {

    private static final List<String> CITIES = List.of("Oslo", "Łódź", "São Paulo", "a,\"b\"\n", "", "é");

    record Row(
            @Nullable Double amount,
            @Nullable String city,
            @Nullable Boolean member,
            @Nullable Long marker) {}

    static SentRows random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Row(
                    random.nextInt(9) == 0
                            ? null
                            : random.nextInt(3) == 0 ? random.nextInt(1000) : random.nextDouble() * 1000,
                    random.nextInt(9) == 0 ? null : CITIES.get(random.nextInt(CITIES.size())),
                    random.nextInt(9) == 0 ? null : random.nextBoolean(),
                    random.nextInt(9) == 0 ? null : (long) random.nextInt(3)));
        }
        return new SentRows(rows);
    }

    private String joined(Function<Row, String> text, String separator) {
        return rows.stream().map(text).collect(Collectors.joining(separator));
    }

    private static String array(Row row) {
        return "[" + row.amount + "," + Json.write(row.city) + "," + row.member + "," + row.marker + "]";
    }

    private static String object(Row row) {
        return "{\"marker\":" + row.marker + ",\"zzz\":[{}],\"city\":" + Json.write(row.city) + ",\"amount\":"
                + row.amount + ",\"member\":" + row.member + "}";
    }

    private static String line(Row row) {
        return text(row.amount) + ","
                + (row.city == null ? "" : '"' + row.city.replace("\"", "\"\"") + '"')
                + "," + text(row.member) + "," + text(row.marker);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private String column(Function<Row, @Nullable Object> value) {
        return rows.stream().map(value).map(Json::write).collect(Collectors.joining(",", "[", "]"));
    }

    /** In JSON, one text for each shape. */
    List<String> json() {
        return List.of(
                "{\"instances\":[" + joined(SentRows::array, ",") + "]}",
                "{\"a\":[1,{\"instances\":2}],\"inputs\":[" + joined(SentRows::object, ",") + "],\"b\":{}}",
                "{\"instances\":[" + joined(row -> "{\"features\":" + array(row) + "}", ",\n") + "]}",
                "{\"dataframe_records\":[" + joined(SentRows::object, " , ") + "]}",
                "{\"dataframe_split\":{\"index\":[],\"columns\":[\"amount\",\"city\",\"member\",\"marker\"],\"data\":["
                        + joined(SentRows::array, ",") + "]}}",
                "{\"inputs\":{\"city\":" + column(Row::city) + ",\"amount\":" + column(Row::amount) + ",\"marker\":"
                        + column(Row::marker) + ",\"zzz\":" + column(_ -> 1) + ",\"member\":" + column(Row::member)
                        + "}}");
    }

    String lines() {
        return joined(SentRows::array, "\n\n");
    }

    String csv() {
        return joined(SentRows::line, "\r\n");
    }

    Table table() {
        int count = rows.size();
        return new Table(
                List.of(
                        new Column.Integers(
                                "marker",
                                rows.stream()
                                        .mapToLong(row -> row.marker == null ? 0 : row.marker)
                                        .toArray(),
                                nulls(Row::marker)),
                        new Column.Dates("day", new int[count], new BitSet()),
                        new Column.Doubles(
                                "amount",
                                rows.stream()
                                        .mapToDouble(row -> row.amount == null ? 0 : row.amount)
                                        .toArray(),
                                nulls(Row::amount)),
                        TestStore.texts("city", rows.stream().map(Row::city).toArray(String[]::new)),
                        new Column.Doubles(
                                "member",
                                rows.stream()
                                        .mapToDouble(row -> row.member == null || !row.member ? 0 : 1)
                                        .toArray(),
                                nulls(Row::member))),
                count);
    }

    private BitSet nulls(Function<Row, @Nullable Object> value) {
        BitSet nulls = new BitSet();
        IntStream.range(0, rows.size())
                .filter(row -> value.apply(rows.get(row)) == null)
                .forEach(nulls::set);
        return nulls;
    }

    byte[] arrow(int batchRows) {
        return arrow(table(), batchRows);
    }

    static byte[] arrow(Table table, int batchRows) {
        ArrowStream.Writer writer = ArrowStream.writer(Map.of());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int from = 0; from < table.rows(); from += batchRows) {
            int to = Math.min(table.rows(), from + batchRows);
            stream.writeBytes(writer.batch(table.pick(IntStream.range(from, to).toArray()), to == table.rows()));
        }
        return stream.toByteArray();
    }
}
