package smew.release;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.store.FolderStore;
import smew.store.S3Store;

/** One SELECT over the warehouse of the current release; before the first release, over no tables at all. */
public final class WarehouseQuery implements AutoCloseable {

    private final Duck duck;
    private final boolean empty;
    private final Optional<RemoteWarehouse> remote;

    private WarehouseQuery(Duck duck, boolean empty, Optional<RemoteWarehouse> remote) {
        this.duck = duck;
        this.empty = empty;
        this.remote = remote;
    }

    /**
     * Opens the warehouse for reading. Of a store on S3, the feature views that the query names are brought to this machine.
     *
     * @param variables what the SQL reads with {@code getvariable}
     * @param sql the query that will be asked
     * @param more defines what else it may use, of the files of the current release
     */
    public static WarehouseQuery over(
            Releases releases, Map<String, String> variables, String sql, BiConsumer<Duck, ReleaseFiles> more) {
        Optional<ReleaseId> current = releases.current();
        Duck duck = current.isPresent() && releases.store() instanceof FolderStore folder
                ? Duck.open(releases.warehouse(folder), true, Duck.Limits.NONE)
                : Duck.inMemory(Duck.Limits.NONE);
        variables.forEach(duck::variable);
        current.ifPresent(id -> {
            try (ReleaseFiles files = releases.files(releases.manifest(id))) {
                more.accept(duck, files);
            }
        });
        Optional<RemoteWarehouse> remote = current.isPresent() && releases.store() instanceof S3Store store
                ? Optional.of(RemoteWarehouse.open(
                        duck, store, releases.files(releases.manifest(current.get())), closed(sql)))
                : Optional.empty();
        return new WarehouseQuery(duck, current.isEmpty(), remote);
    }

    /** The first rows of the answer, at most {@code limit}. */
    public Table preview(String sql, String origin, int limit) {
        return explained(() -> duck.query("FROM (\n" + closed(sql) + "\n) LIMIT " + limit, from(origin)));
    }

    /**
     * Writes the whole answer into a file.
     *
     * @param options of DuckDB's COPY, such as {@code FORMAT csv}
     */
    public void export(String sql, String origin, Path file, String options) {
        explained(() -> duck.execute(
                "COPY (\n" + closed(sql) + "\n) TO " + Duck.literal(file.toString()) + " (" + options + ")",
                from(origin)));
    }

    /** Without the semicolon that people end a statement with. */
    private static String closed(String sql) {
        return sql.replaceFirst("[;\\s]+$", "");
    }

    private static Origin from(String origin) {
        return new Origin("Running", origin, 1);
    }

    private <T> T explained(Supplier<T> query) {
        try {
            return query.get();
        } catch (SmewException failed) {
            if (remote.isPresent() && remote.get().bringWhole()) {
                // It may have missed what was left away.
                return explained(query);
            }
            if (empty && failed.fault() == Fault.CONFIGURATION) {
                throw new SmewException(
                        failed.fault(),
                        failed.getMessage() + " There is no release yet, so there are no tables: run `smew run` first.",
                        failed);
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        duck.close();
    }
}
