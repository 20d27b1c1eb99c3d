package smew.release;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smew.base.Json;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.store.Sparse;
import smew.store.Store;
import tools.jackson.databind.JsonNode;

/**
 * Which parts of a Parquet file on S3 a query reads: DuckDB plans it with nothing but the file's footer, and the plan names the
 * columns and the filters of each scan. Row groups are left out where their statistics contradict a filter, as DuckDB itself
 * leaves them out.
 */
final class NeededColumns {

    /** A footer is small; its length stands at the end. */
    private static final int TAIL_BYTES = 1 << 16;

    private static final int END_BYTES = 8;
    private static final long MAGIC_BYTES = 4;

    /** A request costs about as much time as so many bytes. */
    private static final long GAP_BYTES = 1 << 18;

    /** {@code (id >= 3)}, as plans print a comparison with a constant. */
    private static final Pattern COMPARISON =
            Pattern.compile("\\(*\"?([A-Za-z_][A-Za-z0-9_]*)\"? (=|>=|<=|>|<) ('[^']*'(?:::\\w+)?|-?[0-9.]+)\\)*");

    /** Types whose statistics are exact. */
    private static final Pattern EXACT =
            Pattern.compile("U?(TINYINT|SMALLINT|INTEGER|BIGINT)|DOUBLE|FLOAT|DATE|TIMESTAMP");

    private final Set<String> columns = new TreeSet<>();
    private final List<String> filters = new ArrayList<>();

    private NeededColumns() {}

    /** Brings the end of a file, with which a query over it can be planned. */
    static void fetchFooter(Sparse sparse) {
        long tail = Math.max(0, sparse.bytes() - TAIL_BYTES);
        sparse.fetch(List.of(new Sparse.Range(0, MAGIC_BYTES), new Sparse.Range(tail, sparse.bytes())));
        ByteBuffer end = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(sparse.file())) {
            channel.read(end, sparse.bytes() - END_BYTES);
        } catch (IOException failed) {
            throw Store.failure("Reading", sparse.file(), failed);
        }
        long footer = sparse.bytes() - END_BYTES - end.getInt(0);
        if (footer > MAGIC_BYTES && footer < tail) {
            sparse.fetch(List.of(new Sparse.Range(footer, tail)));
        }
    }

    /**
     * Plans a query over the footers of files.
     *
     * @throws SmewException when it is no query, or asks for what is not there
     */
    static NeededColumns of(Duck duck, String sql) {
        NeededColumns needed = new NeededColumns();
        needed.read(Json.deepTree(duck.plan(sql, Origin.engine("Planning", "the query"))));
        return needed;
    }

    /**
     * What has to be brought of a file whose footer is there: the needed columns in the row groups that may hold matches, and
     * all that stands behind the last of them.
     */
    List<Sparse.Range> of(Duck duck, Sparse sparse, Manifest.View view) {
        String metadata = "parquet_metadata(" + Duck.literal(sparse.file().toString()) + ")";
        Origin origin = Origin.engine("Reading the footer of", view.name());
        Set<Long> leftOut = leftOut(duck, metadata, view, origin);
        Table chunks = duck.query(
                "SELECT row_group_id::BIGINT, path_in_schema, least(coalesce(dictionary_page_offset, data_page_offset),"
                        + " data_page_offset)::BIGINT AS start, total_compressed_size::BIGINT FROM " + metadata
                        + " ORDER BY start",
                origin);
        long[] groups = longs(chunks, 0);
        long[] starts = longs(chunks, 2);
        long[] sizes = longs(chunks, 3);
        Column.Texts names = (Column.Texts) chunks.columns().get(1);
        List<Sparse.Range> ranges = new ArrayList<>();
        long end = MAGIC_BYTES;
        for (int i = 0; i < chunks.rows(); i++) {
            end = Math.max(end, starts[i] + sizes[i]);
            if (isNeeded(names.dictionary()[names.codes()[i]]) && !leftOut.contains(groups[i])) {
                add(ranges, new Sparse.Range(starts[i], starts[i] + sizes[i]));
            }
        }
        // Bloom filters and indexes.
        add(ranges, new Sparse.Range(end, sparse.bytes()));
        return ranges;
    }

    /**
     * A filter may name a column that the plan does not project.
     *
     * @param path of a column, or of a part of one: {@code tags, list, element}
     */
    private boolean isNeeded(String path) {
        String top = path.replaceFirst("[,.].*", "");
        return columns.stream()
                        .anyMatch(
                                name -> name.equals(path) || path.startsWith(name + ",") || path.startsWith(name + "."))
                || filters.stream().anyMatch(filter -> filter.contains(top));
    }

    /** Neighbours are fetched together, with what little lies between them. */
    private static void add(List<Sparse.Range> ranges, Sparse.Range range) {
        if (!ranges.isEmpty() && range.from() - ranges.getLast().to() <= GAP_BYTES) {
            ranges.set(ranges.size() - 1, new Sparse.Range(ranges.getLast().from(), range.to()));
        } else {
            ranges.add(range);
        }
    }

    /** Row groups whose least and greatest value contradict a filter. */
    private Set<Long> leftOut(Duck duck, String metadata, Manifest.View view, Origin origin) {
        Set<Long> out = new TreeSet<>();
        for (String filter : filters) {
            for (String term : filter.split(" AND ", -1)) {
                Matcher comparison = COMPARISON.matcher(term);
                if (!filter.contains(" OR ") && comparison.matches()) {
                    view.columns().stream()
                            .filter(column -> column.name().equals(comparison.group(1)))
                            .filter(column -> EXACT.matcher(column.type()).matches())
                            .map(column -> "SELECT row_group_id::BIGINT FROM " + metadata + " WHERE path_in_schema = "
                                    + Duck.literal(column.name()) + " AND "
                                    + contradiction(column.type(), comparison.group(2), comparison.group(3)))
                            .forEach(query -> Arrays.stream(longs(duck.query(query, origin), 0))
                                    .forEach(out::add));
                }
            }
        }
        return out;
    }

    private static String contradiction(String type, String operator, String value) {
        String least = "TRY_CAST(stats_min_value AS " + type + ")";
        String greatest = "TRY_CAST(stats_max_value AS " + type + ")";
        return switch (operator) {
            case "=" -> "(" + least + " > " + value + " OR " + greatest + " < " + value + ")";
            case ">=" -> greatest + " < " + value;
            case ">" -> greatest + " <= " + value;
            case "<=" -> least + " > " + value;
            default -> least + " >= " + value;
        };
    }

    private static long[] longs(Table table, int column) {
        return ((Column.Integers) table.columns().get(column)).values();
    }

    private void read(JsonNode node) {
        if (node.isArray()) {
            node.forEach(this::read);
            return;
        }
        JsonNode info = node.path("extra_info");
        if (node.path("name").asString("").strip().equals("READ_PARQUET")) {
            texts(info.path("Projections")).forEach(columns::add);
            filters.addAll(texts(info.path("Filters")));
        }
        node.path("children").forEach(this::read);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(text -> texts.add(text.asString()));
        } else if (node.isString()) {
            texts.add(node.asString());
        }
        return texts;
    }
}
