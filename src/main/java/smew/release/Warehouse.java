package smew.release;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * {@code warehouse.duckdb}: the feature views of the current release as tables, {@code latest_*} views with the newest row of
 * each entity, and {@code smew_release}, which names the release. Any DuckDB client opens it.
 */
public final class Warehouse {

    /** Its key in the store. */
    public static final String FILE = "warehouse.duckdb";

    private Warehouse() {}

    /**
     * Builds the file from the Parquet files of a release, within the limits of the given database.
     *
     * @param file to be made; must not exist
     * @param views the feature views of the release
     * @param release the folder of the release
     */
    public static void build(
            Duck duck,
            Path file,
            ReleaseId id,
            Instant created,
            LocalDate asOf,
            List<Manifest.View> views,
            Path release) {
        Origin opening = Origin.engine("Opening", file.toString());
        duck.execute("ATTACH " + Duck.literal(file.toString()) + " AS warehouse", opening);
        // Views that name no catalog work whatever a client calls the file it attaches.
        duck.execute("USE warehouse", opening);
        try {
            for (Manifest.View view : views) {
                write(duck, view, release.resolve(view.path()));
            }
            duck.execute(
                    "CREATE TABLE smew_release AS SELECT " + Duck.literal(id.value()) + " AS id, TIMESTAMPTZ "
                            + Duck.literal(created.toString()) + " AS created, DATE "
                            + Duck.literal(asOf.toString()) + " AS as_of",
                    Origin.engine("Writing into the warehouse", "smew_release"));
        } finally {
            duck.execute("USE memory", opening);
            duck.execute("DETACH warehouse", opening);
        }
    }

    private static void write(Duck duck, Manifest.View view, Path parquet) {
        Origin origin = Origin.engine("Writing into the warehouse", view.name());
        String table = Duck.identifier(view.name());
        duck.execute(
                "CREATE TABLE " + table + " AS FROM read_parquet(" + Duck.literal(parquet.toString()) + ")", origin);
        List<String> columns =
                view.columns().stream().map(Manifest.Column::name).toList();
        duck.execute(
                "CREATE VIEW " + Duck.identifier("latest_" + view.name()) + " AS "
                        + Newest.select(table, view.entity(), view.time(), columns),
                origin);
    }

    /**
     * The release that a warehouse file holds; empty where there is no file, or a damaged one.
     *
     * @throws SmewException NOT_READY or OUTSIDE when another program holds the file, or the system refuses it
     */
    static Optional<String> release(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Duck duck = Duck.open(file, true, Duck.Limits.NONE)) {
            return duck.texts("SELECT id FROM smew_release", Origin.engine("Reading", file.toString())).stream()
                    .findFirst();
        } catch (SmewException failed) {
            if (failed.fault() == Fault.NOT_READY || failed.fault() == Fault.OUTSIDE) {
                throw failed;
            }
            return Optional.empty();
        }
    }
}
