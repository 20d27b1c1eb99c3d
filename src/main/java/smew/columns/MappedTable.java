package smew.columns;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of an Arrow file that stays where it is, mapped into memory that the machine may take back: on the heap it takes some bytes
 * for each batch. Safe for any number of threads. The file must not be written to; deleted it may be, for on Linux and macOS it lasts
 * until nobody maps it any more.
 */
public final class MappedTable {

    private final List<MappedColumn> columns;
    private final Table none;
    private final int rows;
    private final long bytes;

    /**
     * Looks where everything lies.
     *
     * @throws RuntimeException where the file is no Arrow file, or a damaged one
     */
    MappedTable(MemorySegment file) {
        FileLayout layout = FileLayout.of(file);
        BatchStarts batches = new BatchStarts(layout.batches());
        List<MappedColumn> found = new ArrayList<>();
        for (FileLayout.Named named : layout.columns()) {
            int column = found.size();
            found.add(
                    named.stored() == Stored.TEXT
                            ? new MappedTexts(named, column, file, layout, batches)
                            : new MappedValues(named, column, file, layout, batches));
        }
        this.columns = List.copyOf(found);
        this.none = new Table(columns.stream().map(MappedColumn::none).toList(), 0);
        this.rows = batches.rows();
        this.bytes = file.byteSize();
    }

    public int rows() {
        return rows;
    }

    /** How long the file is. */
    public long bytes() {
        return bytes;
    }

    public Optional<MappedColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The same columns without rows: their names and types. */
    public Table none() {
        return none;
    }

    /** Copies some of the rows, in the order given. */
    public Table pick(int... picked) {
        List<Column> copies = new ArrayList<>(columns.size());
        for (MappedColumn column : columns) {
            copies.add(column.pick(picked));
        }
        return new Table(copies, picked.length);
    }

    /** Copies all of them, on all processors. */
    Table read() {
        return new Table(columns.stream().map(MappedColumn::read).toList(), rows);
    }
}
