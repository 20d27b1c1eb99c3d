package smew.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Turns an Arrow stream into a {@link Table}. */
public final class TableBuilder {

    private final List<ColumnBuilder> builders = new ArrayList<>();
    private int rows;

    private TableBuilder() {}

    /**
     * Reads a stream to its end; the caller closes it.
     *
     * @throws IOException when the stream breaks off
     */
    public static Table read(ArrowReader reader) throws IOException {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        TableBuilder table = new TableBuilder();
        for (FieldVector vector : root.getFieldVectors()) {
            table.builders.add(ColumnBuilder.like(vector));
        }
        while (reader.loadNextBatch()) {
            table.append(root);
        }
        return new Table(table.builders.stream().map(ColumnBuilder::build).toList(), table.rows);
    }

    private void append(VectorSchemaRoot batch) {
        for (int column = 0; column < builders.size(); column++) {
            builders.get(column).append(batch.getVector(column));
        }
        rows += batch.getRowCount();
    }
}
