package smew.publish;

import java.util.List;

/**
 * What was published.
 *
 * @param release its id
 * @param into what a person calls the place
 */
public record Published(String release, String into, List<Table> tables) implements Publication {

    public Published {
        tables = List.copyOf(tables);
    }

    /**
     * One feature view there.
     *
     * @param latest the view of the newest row of each entity
     * @param from the folder of its Parquet files
     */
    public record Table(String name, String latest, long rows, String from, Change change) {}

    /** What became of the table. */
    public enum Change {
        /** Its rows were copied. */
        LOADED,
        /** It was made, and reads the files where they are. */
        CREATED,
        /** It reads other files than before. */
        MOVED,
        /** It was made anew with other columns. */
        REPLACED
    }
}
