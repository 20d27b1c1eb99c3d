package smew.release;

import java.util.List;
import java.util.Optional;
import smew.base.Json;

/**
 * What the columns of a project's relations are computed from.
 *
 * @param relations those that read others; what reads nothing but files or nothing at all is where everything comes from
 */
public record ColumnLineage(List<Traced> relations) {

    /** Where a release keeps it; a release of a Smew before it made any has no such file. */
    public static final String FILE = "lineage.json";

    public ColumnLineage {
        relations = List.copyOf(relations);
    }

    /** One relation, its columns in their order. */
    public record Traced(String name, List<Column> columns) {
        public Traced {
            columns = List.copyOf(columns);
        }
    }

    /**
     * One column.
     *
     * @param from columns of the relations that this one reads; none of a constant, empty where it cannot be told
     */
    public record Column(String name, Optional<List<Origin>> from) {}

    /** A column of a relation. */
    public record Origin(String relation, String column) {}

    /** The text of the file. */
    public String text() {
        return Json.pretty(this);
    }
}
