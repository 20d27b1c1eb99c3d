package smew.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.columns.ArrowFile;
import smew.columns.Column;
import smew.columns.Table;

/** All that holds of rows in memory holds of rows that stay in their file, which may be deleted meanwhile. */
class MappedOnlineTableTest extends OnlineTableTest {

    @TempDir
    Path folder;

    @Override
    OnlineTable of(List<String> entity, Table table) {
        Path file = folder.resolve("rows.arrow");
        try {
            ArrowFile.write(file, table, Map.of());
            OnlineTable mapped = OnlineTable.of("loans", entity, ArrowFile.map(file));
            Files.delete(file);
            return mapped;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void holdsNoRowOnTheHeap() {
        OnlineTable table =
                of(List.of("id"), new Table(List.of(new Column.Integers("id", new long[] {1, 2}, new BitSet())), 2));
        assertTrue(table.isMapped() && table.mappedBytes() > 0);
        assertEquals(0, table.columns().rows());
        assertEquals(1, table.pick(1).rows());
    }
}
