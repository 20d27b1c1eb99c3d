package smew.release;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.store.S3Store;
import smew.store.Sparse;

/**
 * The feature views of a release on S3 as views in a database in memory. What a query does not name stays away; of a large
 * file, only the columns and row groups that the query needs are brought, where that is less than half of it.
 */
final class RemoteWarehouse {

    /** Of a smaller file, one request brings all. */
    private static final long SMALL_BYTES = 4L << 20;

    private final Duck duck;
    private final ReleaseFiles files;
    private final Map<Manifest.View, Sparse> sparse = new LinkedHashMap<>();

    private RemoteWarehouse(Duck duck, ReleaseFiles files) {
        this.duck = duck;
        this.files = files;
    }

    /** Defines what a query names. */
    static RemoteWarehouse open(Duck duck, S3Store store, ReleaseFiles files, String sql) {
        RemoteWarehouse warehouse = new RemoteWarehouse(duck, files);
        Warehouse.open(
                duck,
                files.manifest(),
                view -> names(sql, view) ? Optional.of(warehouse.place(store, view)) : Optional.empty());
        warehouse.bringNeeded(sql);
        return warehouse;
    }

    /** A relation whose name is nowhere in the text cannot be read by it. */
    private static boolean names(String sql, Manifest.View view) {
        return sql.toLowerCase(Locale.ROOT).contains(view.name().toLowerCase(Locale.ROOT));
    }

    private Path place(S3Store store, Manifest.View view) {
        ReleaseId id = new ReleaseId(files.manifest().id());
        Optional<Sparse> partly = files.manifest().outputs().stream()
                .filter(output -> output.path().equals(view.path()) && output.bytes() > SMALL_BYTES)
                .findFirst()
                .flatMap(output -> store.sparse(Releases.key(id, output.path()), output.content()));
        if (partly.isEmpty()) {
            return files.file(view.path());
        }
        NeededColumns.fetchFooter(partly.get());
        sparse.put(view, partly.get());
        return partly.get().file();
    }

    private void bringNeeded(String sql) {
        if (sparse.isEmpty()) {
            return;
        }
        NeededColumns needed;
        try {
            needed = NeededColumns.of(duck, sql);
        } catch (SmewException unplanned) {
            // The query will say itself what is wrong with it; if it is right, it gets whole files then.
            return;
        }
        for (Map.Entry<Manifest.View, Sparse> entry : List.copyOf(sparse.entrySet())) {
            List<Sparse.Range> ranges = needed.of(duck, entry.getValue(), entry.getKey());
            long bytes = ranges.stream()
                    .mapToLong(range -> range.to() - range.from())
                    .sum();
            if (2 * bytes < entry.getValue().bytes()) {
                entry.getValue().fetch(ranges);
            } else {
                bringWhole(entry.getKey());
            }
        }
    }

    /**
     * Brings the rest of all files. What was left away by mistake is a hole, and no page begins with zeros: DuckDB 2.0 refuses to
     * read it, so a query that needed it has failed by now, and never answered wrongly.
     *
     * @return whether there was any
     */
    boolean bringWhole() {
        boolean any = !sparse.isEmpty();
        List.copyOf(sparse.keySet()).forEach(this::bringWhole);
        return any;
    }

    private void bringWhole(Manifest.View view) {
        Warehouse.replace(duck, view, files.file(view.path()));
        sparse.remove(view);
    }
}
