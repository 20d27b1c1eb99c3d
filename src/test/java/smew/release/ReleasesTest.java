package smew.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.store.FolderStore;
import smew.store.StoreSettings;

class ReleasesTest {

    private static final Origin ORIGIN = Origin.engine("Testing", "releases");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T15:45:00.123Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Releases releases;

    @BeforeEach
    void open() {
        releases = Releases.of(StoreSettings.folder(folder.resolve("out").toString()));
    }

    @Test
    void isEmptyAndReadyForNothingBeforeTheFirstRelease() {
        assertEquals(Optional.empty(), releases.current());
        assertEquals(List.of(), releases.list());
        SmewException failed = assertThrows(SmewException.class, releases::requireCurrent);
        assertEquals(Fault.NOT_READY, failed.fault());
        assertTrue(failed.getMessage().contains(folder.resolve("out").toString()), failed.getMessage());
        assertFalse(Files.exists(folder.resolve("out")), "looking must not create anything");
    }

    @Test
    void publishesFolderManifestWarehouseAndCurrent() {
        ReleaseId id = publish("1");
        assertEquals("20261123T154500.123Z-" + Digest.of("1").substring(0, 12), id.value());
        assertEquals(Optional.of(id), releases.current());
        assertEquals(List.of(id), releases.list());
        Manifest manifest = releases.manifest(id);
        assertEquals(LocalDate.of(2021, 9, 17), manifest.asOf());
        assertEquals(
                "features/history/part-0.parquet", manifest.outputs().getFirst().path());
        assertTrue(Files.exists(releases.files(manifest).file("features/history/part-0.parquet")));
        assertFalse(Files.exists(folder.resolve("out/.staging")));
    }

    @Test
    void givesTwoReleasesOfOneInstantDifferentIds() {
        ReleaseId first = publish("1");
        ReleaseId second = publish("1");
        assertTrue(second.compareTo(first) > 0);
        assertEquals(List.of(second, first), releases.list());
    }

    @Test
    void servesTheNewestRowOfEachEntityFromTheWarehouse() {
        publish("7");
        try (WarehouseQuery query = WarehouseQuery.over(releases, Map.of(), "", (_, _) -> {})) {
            Table latest = query.preview("SELECT id, v FROM latest_history ORDER BY id", "the command line", 10);
            assertEquals(2, latest.rows());
            assertEquals(8, ((Column.Integers) latest.columns().get(1)).values()[0]);
            assertEquals(
                    3,
                    query.preview("SELECT * FROM history", "the command line", 10)
                            .rows());
            SmewException failed = assertThrows(
                    SmewException.class, () -> query.preview("SELECT * FROM histori", "the command line", 10));
            assertTrue(failed.getMessage().contains("history"), failed.getMessage());
        }
    }

    @Test
    void rollsBackToAnOlderReleaseWithItsWarehouse() {
        ReleaseId old = publish("1");
        ReleaseId young = publish("2");
        releases.makeCurrent(releases.find(old.value()));
        assertEquals(Optional.of(old), releases.current());
        assertEquals(List.of(young, old), releases.list());
        assertEquals(Optional.of(old.value()), Warehouse.release(releases.warehouse((FolderStore) releases.store())));
    }

    @Test
    void refusesToRollBackToADamagedRelease() throws IOException {
        ReleaseId old = publish("1");
        ReleaseId young = publish("2");
        Files.writeString(Path.of(releases.where(old), "features/history/part-0.parquet"), "rubbish");
        SmewException failed = assertThrows(SmewException.class, () -> releases.makeCurrent(old));
        assertEquals(Fault.DATA, failed.fault());
        assertTrue(failed.getMessage().contains("not what was released"), failed.getMessage());
        assertEquals(Optional.of(young), releases.current());
    }

    @Test
    void keepsTheOldReleaseWhenADraftIsNotPublished() throws IOException {
        ReleaseId old = publish("1");
        try (Draft draft = releases.begin(Digest.of("2"), CLOCK)) {
            Files.writeString(draft.directory().resolve("half"), "written");
        }
        assertEquals(Optional.of(old), releases.current());
        assertEquals(List.of(old), releases.list());
        assertFalse(Files.exists(folder.resolve("out/.staging")));
    }

    @Test
    void refusesASecondWriterAndSaysWhy() {
        try (Draft _ = releases.begin(Digest.of("1"), CLOCK)) {
            SmewException failed = assertThrows(SmewException.class, () -> releases.begin(Digest.of("2"), CLOCK));
            assertEquals(Fault.NOT_READY, failed.fault());
            assertTrue(failed.getMessage().contains("another run"), failed.getMessage());
        }
        publish("3");
    }

    @Test
    void rebuildsTheWarehouseThatAKilledWriterLeftOneReleaseAhead() throws IOException {
        ReleaseId old = publish("1");
        publish("2");
        // Killed after the warehouse was replaced and before CURRENT was written.
        Files.writeString(folder.resolve("out/CURRENT"), old + "\n");
        try (WarehouseQuery query = WarehouseQuery.over(releases, Map.of(), "", (_, _) -> {})) {
            Table id = query.preview("SELECT id FROM smew_release", "the command line", 1);
            assertEquals(old.value(), ((Column.Texts) id.columns().getFirst()).dictionary()[0]);
        }
    }

    @Test
    void buildsAWarehouseAgainWithLittleOfTheMachineAndSpillsBesideIt() {
        Path file = folder.resolve("rebuilt").resolve(Warehouse.FILE);
        try (Duck duck = Duck.inMemory(Warehouse.limits(file))) {
            assertEquals(
                    List.of("2 953.6 MiB " + folder.resolve("rebuilt")),
                    duck.texts(
                            "SELECT current_setting('threads') || ' ' || current_setting('memory_limit') || ' '"
                                    + " || current_setting('temp_directory')",
                            ORIGIN));
        }
    }

    @Test
    void clearsWhatAKilledWriterLeftInStaging() throws IOException {
        Path left = folder.resolve("out/.staging/20261123T154500.123Z-0123456789ab");
        Files.createDirectories(left);
        Files.writeString(left.resolve("half.parquet"), "half");
        publish("1");
        assertFalse(Files.exists(left));
    }

    @Test
    void saysThatCurrentIsDamaged() throws IOException {
        publish("1");
        for (String damaged : List.of("", "rubbish", "20261123T154500.123Z-0123456789ab", "../../etc")) {
            Files.writeString(folder.resolve("out/CURRENT"), damaged);
            SmewException failed = assertThrows(SmewException.class, releases::current);
            assertEquals(Fault.DATA, failed.fault());
            assertTrue(failed.getMessage().contains("smew rollback"), failed.getMessage());
        }
    }

    @Test
    void saysThatAManifestIsDamagedOrMissing() throws IOException {
        ReleaseId id = publish("1");
        Path manifest = Path.of(releases.where(id), "release.json");
        Files.writeString(manifest, Files.readString(manifest).substring(0, 40));
        assertEquals(
                Fault.DATA,
                assertThrows(SmewException.class, () -> releases.manifest(id)).fault());
        Files.delete(manifest);
        assertEquals(
                Fault.DATA,
                assertThrows(SmewException.class, () -> releases.manifest(id)).fault());
    }

    @Test
    void namesTheNewestReleaseWhereAnIdIsUnknown() {
        ReleaseId id = publish("1");
        SmewException failed =
                assertThrows(SmewException.class, () -> releases.find("20200101T000000.000Z-0123456789ab"));
        assertEquals(Fault.NOT_FOUND, failed.fault());
        assertTrue(failed.getMessage().contains(id.value()), failed.getMessage());
    }

    /** A release of one view, whose entity 1 has its newest value one above the given number. */
    private ReleaseId publish(String number) {
        try (Draft draft = releases.begin(Digest.of(number), CLOCK);
                Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Path view = draft.directory().resolve("features/history");
            Files.createDirectories(view);
            duck.execute(
                    "COPY (SELECT * FROM (VALUES (1, DATE '2020-01-01', " + number + "), (1, DATE '2020-01-02', "
                            + number
                            + " + 1), (2, DATE '2020-01-01', 0)) t(id, day, v)) TO '" + view.resolve("part-0.parquet")
                            + "'",
                    ORIGIN);
            Manifest manifest = new Manifest(
                    draft.id().value(),
                    draft.created(),
                    LocalDate.of(2021, 9, 17),
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(new Manifest.View(
                            "history",
                            List.of("id"),
                            List.of("day"),
                            3,
                            2,
                            0,
                            List.of(
                                    new Manifest.Column("id", "INTEGER"),
                                    new Manifest.Column("day", "DATE"),
                                    new Manifest.Column("v", "INTEGER")))),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    draft.outputs(),
                    Map.of());
            Path warehouse = draft.scratch().resolve(Warehouse.FILE);
            Warehouse.build(
                    duck,
                    warehouse,
                    draft.id(),
                    draft.created(),
                    manifest.asOf(),
                    manifest.views(),
                    draft.directory()::resolve);
            draft.publish(manifest, Optional.of(warehouse));
            return draft.id();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
