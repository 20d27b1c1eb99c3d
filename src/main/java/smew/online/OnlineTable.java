package smew.online;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.MappedTable;
import smew.columns.Table;

/**
 * The online rows of one feature view or model: one row per entity, found by its key. They lie in memory, or stay in a file that is
 * mapped and only the index is in memory. Immutable, safe for any number of threads. A key is one column or several, of any type.
 */
public final class OnlineTable {

    private static final int SHOWN_CHARACTERS = 80;

    private final String name;
    private final List<Column> key;
    private final Table columns;
    private final @Nullable MappedTable file;
    private final Index index;

    private OnlineTable(String name, List<Column> key, Table columns, @Nullable MappedTable file, Index index) {
        this.name = name;
        this.key = key;
        this.columns = columns;
        this.file = file;
        this.index = index;
        if (index.size() != index.complete()) {
            throw damaged(
                    name,
                    "hold " + index.complete() + " rows for " + index.size() + " entities, expected one row each");
        }
    }

    /**
     * Indexes the rows of a table. A row whose key has a null can be asked for by nobody and is left out of the index.
     *
     * @param name of the feature view or model, for messages
     * @param entity the key columns, at least one, each of them in the table
     * @throws SmewException DATA when a key column is missing or two rows share a key
     */
    public static OnlineTable of(String name, List<String> entity, Table table) {
        List<Column> key = key(name, entity, table);
        return new OnlineTable(name, key, table, null, Index.of(new KeyColumns(key), table.rows()));
    }

    /** The same of rows that stay in their file. */
    public static OnlineTable of(String name, List<String> entity, MappedTable file) {
        List<Column> key = key(name, entity, file.none());
        Keys keys = new MappedKeys(
                entity.stream().flatMap(part -> file.column(part).stream()).toList());
        return new OnlineTable(name, key, file.none(), file, Index.of(keys, file.rows()));
    }

    private static List<Column> key(String name, List<String> entity, Table columns) {
        List<Column> key = new ArrayList<>();
        for (String part : entity) {
            key.add(columns.column(part)
                    .orElseThrow(() -> damaged(
                            name,
                            "have no entity column " + part + "; its columns are "
                                    + String.join(", ", columns.names()))));
        }
        if (key.isEmpty()) {
            throw damaged(name, "name no entity column");
        }
        return List.copyOf(key);
    }

    public String name() {
        return name;
    }

    /** The key columns, in the order in which a key's parts are written: their names and types, as {@link #columns} has them. */
    public List<Column> key() {
        return key;
    }

    /** All columns, with their rows where these lie in memory and without any where they are mapped. */
    public Table columns() {
        return columns;
    }

    public int rows() {
        return file == null ? columns.rows() : file.rows();
    }

    /** Whether the rows stay in their file. */
    public boolean isMapped() {
        return file != null;
    }

    /** How much of a file is mapped; 0 where the rows lie in memory. */
    public long mappedBytes() {
        return file == null ? 0 : file.bytes();
    }

    /**
     * A table that has these rows, under the numbers that {@link #numbers} tells: all there are where they lie in memory, which costs
     * nothing, and otherwise copies of these.
     */
    public Table pick(int... rows) {
        return file == null ? columns : file.pick(rows);
    }

    /** The numbers of rows in what {@link #pick} gives for them. */
    public int[] numbers(int... rows) {
        return file == null ? rows : IntStream.range(0, rows.length).toArray();
    }

    /** The newest date or time of a column, in seconds since 1970; empty where there is none. */
    public OptionalDouble newest(String column) {
        return Newest.seconds(
                columns.column(column), Optional.ofNullable(file).flatMap(mapped -> mapped.column(column)));
    }

    /** How many entities can be found. */
    public int entities() {
        return index.size();
    }

    /**
     * Looks a key up.
     *
     * @param parts one text per key column; a part may hold any character. A UUID in a text column is found in either case
     * @return the row, empty when no entity has this key
     * @throws SmewException USAGE when the parts cannot be a key: too many, too few, or a text where an integer belongs
     */
    public OptionalInt find(List<String> parts) {
        if (parts.size() != key.size()) {
            throw malformed(parts, "found " + parts.size() + (parts.size() == 1 ? " part" : " parts"));
        }
        int row = index.find(parts);
        if (row == Index.MALFORMED) {
            throw malformed(parts, "found '" + shown(String.join(",", parts)) + "'");
        }
        return row < 0 ? OptionalInt.empty() : OptionalInt.of(row);
    }

    /**
     * The same of a key that is one integer.
     *
     * @return -1 when no entity has this key
     */
    public int find(long id) {
        int row = key.size() == 1 ? index.find(id) : Index.MALFORMED;
        return row == Index.MALFORMED ? find(List.of(Long.toString(id))).orElse(-1) : row;
    }

    /** One row as column name to value, in column order; values as {@link Cell#value} has them. */
    public Map<String, @Nullable Object> row(int row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        int number = numbers(row)[0];
        for (Column column : pick(row).columns()) {
            values.put(column.name(), Cell.value(column, number));
        }
        return values;
    }

    private SmewException malformed(List<String> parts, String found) {
        String expected = key.stream()
                .map(column -> column.name() + " is " + Key.expected(column))
                .collect(Collectors.joining(", "));
        String how = key.size() == 1
                ? ""
                : " Write the " + key.size() + " parts separated by commas, and a comma inside a part as %2C.";
        return new SmewException(
                Fault.USAGE,
                "Looking up " + (parts.size() == 1 ? "an id" : "a composite id") + " in " + name + ": " + found
                        + ", expected that " + expected + "." + how);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    private static SmewException damaged(String name, String found) {
        return new SmewException(
                Fault.DATA,
                "Loading the online rows of " + name + ": they " + found
                        + ". The release is damaged or was made by another version: make a new one with smew run.");
    }
}
