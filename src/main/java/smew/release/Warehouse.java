package smew.release;

import static java.util.stream.Collectors.joining;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import smew.base.Fault;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.store.FolderStore;

/**
 * {@code warehouse.duckdb}: the feature views of the current release as tables, {@code latest_*} views with the newest row of
 * each entity, and {@code smew_release}, which names the release. Any DuckDB client opens it.
 */
public final class Warehouse {

    /** Its key in the store. */
    public static final String FILE = "warehouse.duckdb";

    private Warehouse() {}

    /** Where that of a store lies, if it keeps one. The file is not opened, and may be replaced at any time. */
    public static Optional<Path> file(Releases releases) {
        return releases.store() instanceof FolderStore folder
                ? Optional.of(folder.path(FILE)).filter(Files::isRegularFile)
                : Optional.empty();
    }

    /** For building again what is published already: where somebody makes a release current over HTTP, a server does so beside its requests. */
    static Duck.Limits limits(Path file) {
        return new Duck.Limits(Optional.of(2), Optional.of("1GB"), Optional.ofNullable(file.getParent()));
    }

    /**
     * Builds the file from the Parquet files of a release, within the limits of the given database.
     *
     * @param file to be made; must not exist
     * @param views the feature views of the release
     * @param files where on this machine a file of the release is
     */
    public static void build(
            Duck duck,
            Path file,
            ReleaseId id,
            Instant created,
            LocalDate asOf,
            List<Manifest.View> views,
            Function<String, Path> files) {
        Origin opening = Origin.engine("Opening", file.toString());
        duck.execute("ATTACH " + Duck.literal(file.toString()) + " AS warehouse", opening);
        // Views that name no catalog work whatever a client calls the file it attaches.
        duck.execute("USE warehouse", opening);
        try {
            for (Manifest.View view : views) {
                define(duck, view, "TABLE", read(files.apply(view.path())));
            }
            describe(duck, id, created, asOf);
        } finally {
            duck.execute("USE memory", opening);
            duck.execute("DETACH warehouse", opening);
        }
    }

    /**
     * Defines the same relations in a database in memory, over the Parquet files themselves.
     *
     * @param files where on this machine a feature view's file is; empty: it is not here, and whoever reads it is told so
     */
    static void open(Duck duck, Manifest manifest, Function<Manifest.View, Optional<Path>> files) {
        for (Manifest.View view : manifest.views()) {
            define(duck, view, "VIEW", files.apply(view).map(Warehouse::read).orElseGet(() -> absent(view)));
        }
        describe(duck, new ReleaseId(manifest.id()), manifest.created(), manifest.asOf());
    }

    /** Lets a view of {@link #open} read another file. */
    static void replace(Duck duck, Manifest.View view, Path parquet) {
        duck.execute(
                "CREATE OR REPLACE VIEW " + Duck.identifier(view.name()) + " AS " + read(parquet),
                Origin.engine("Writing into the warehouse", view.name()));
    }

    private static String read(Path parquet) {
        return "FROM read_parquet(" + Duck.literal(parquet.toString()) + ")";
    }

    private static String absent(Manifest.View view) {
        return view.columns().stream()
                .map(column -> "CAST(NULL AS " + column.type() + ") AS " + Duck.identifier(column.name()))
                .collect(joining(
                        ", ",
                        "SELECT ",
                        " WHERE error("
                                + Duck.literal("Feature view " + view.name()
                                        + " is not on this machine: name it in the query.")
                                + ")"));
    }

    private static void describe(Duck duck, ReleaseId id, Instant created, LocalDate asOf) {
        duck.execute(
                "CREATE TABLE smew_release AS SELECT " + Duck.literal(id.value()) + " AS id, TIMESTAMPTZ "
                        + Duck.literal(created.toString()) + " AS created, DATE "
                        + Duck.literal(asOf.toString()) + " AS as_of",
                Origin.engine("Writing into the warehouse", "smew_release"));
    }

    private static void define(Duck duck, Manifest.View view, String kind, String select) {
        Origin origin = Origin.engine("Writing into the warehouse", view.name());
        String table = Duck.identifier(view.name());
        duck.execute("CREATE " + kind + " " + table + " AS " + select, origin);
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
