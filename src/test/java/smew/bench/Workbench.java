package smew.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import smew.base.Progress;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.features.FeatureRun;
import smew.features.Inputs;
import smew.project.Project;
import smew.release.ReleaseFolder;
import smew.store.RemoteFiles;
import smew.store.StoreSettings;

/** What items share: the sample project, the loans, and a temporary folder that goes away with the processes in it. */
final class Workbench implements AutoCloseable {

    static final LocalDate AS_OF = LocalDate.of(2021, 9, 17);

    private static final Origin ORIGIN = Origin.engine("Preparing", "the benchmark");

    private final PrintStream log;
    private final Path home;
    private final Path folder;
    private final Optional<Path> given;
    private final long rows;
    private final int minutes;
    private final ConcurrentLinkedQueue<Process> processes = new ConcurrentLinkedQueue<>();
    private final Thread interrupted = new Thread(this::clean, "clean up");
    private Optional<ModelRows> modelRows = Optional.empty();
    private Optional<Path> store = Optional.empty();
    private Optional<Path> storeOfLoans = Optional.empty();
    private Optional<Path> made = Optional.empty();
    private String data = "the sample project's own";

    /**
     * Makes the folder; everything else is made when it is first asked for.
     *
     * @param loans empty: as many as {@code rows}, made by the sample's generator
     * @param minutes that releases change under load
     */
    Workbench(Optional<Path> loans, long rows, int minutes, PrintStream log) throws IOException, URISyntaxException {
        this.given = loans.map(Path::toAbsolutePath);
        this.rows = rows;
        this.minutes = minutes;
        this.log = log;
        // target/test-classes, whatever the current folder is.
        Path classes = Path.of(
                Bench.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        this.home = classes.getParent().getParent();
        this.folder = Files.createTempDirectory("smew-bench");
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    /** How long releases change under load. */
    Duration endurance() {
        return Duration.ofMinutes(minutes);
    }

    /** The clone. */
    Path home() {
        return home;
    }

    Path jar() {
        return home.resolve("target/smew.jar");
    }

    /** What run.sh makes with the JAR. */
    Path aotCache() {
        return home.resolve("target/smew.aot");
    }

    /** What was measured on, in words. */
    String data() {
        return data;
    }

    /** A new folder, deleted in the end. */
    Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "part");
    }

    /** A database with the project's variables. */
    Duck open() {
        Duck duck = Duck.inMemory(Duck.Limits.NONE);
        variables(project(duck), duck).forEach(duck::variable);
        duck.variable("as_of", AS_OF);
        return duck;
    }

    Project project(Duck duck) {
        return Project.read(home, duck::parse);
    }

    Inputs inputs(Project project, Duck duck) {
        return Inputs.resolve(
                project,
                Map.of("loans", new Inputs.Given(loans().toString(), "the bench", home, true)),
                duck,
                new RemoteFiles(StoreSettings.folder(home.toString())));
    }

    Map<String, String> variables(Project project, Duck duck) {
        return inputs(project, duck).variables();
    }

    /** The rows of the sample's model over the loans. */
    ModelRows modelRows() throws IOException {
        if (modelRows.isEmpty()) {
            log.println("preparing: rows of the model");
            Path parts = newFolder();
            try (Duck duck = open()) {
                Project project = project(duck);
                FeatureRun run = new FeatureRun(
                        duck, project, inputs(project, duck), ReleaseFolder.at(parts), Map.of(), Progress.NONE);
                run.build();
                modelRows = Optional.of(
                        ModelRows.of(project.models().getFirst(), run, duck, parts.resolve("rows.parquet")));
            }
        }
        return modelRows.orElseThrow();
    }

    /** The store with a release of the sample project on its own data, made by the JAR. */
    Path store() throws IOException, InterruptedException {
        if (store.isEmpty()) {
            log.println("preparing: a release of the sample");
            store = Optional.of(released());
        }
        return store.orElseThrow();
    }

    /** The same on the loans. */
    Path storeOfLoans() throws IOException, InterruptedException {
        if (storeOfLoans.isEmpty()) {
            String loans = "loans=" + loans();
            log.println("preparing: a release of the sample over the loans");
            storeOfLoans = Optional.of(released("--set", loans));
        }
        return storeOfLoans.orElseThrow();
    }

    private Path released(String... options) throws IOException, InterruptedException {
        Path made = newFolder().resolve("store");
        release(made, options);
        return made;
    }

    /** Makes a release of the sample project in a store. */
    void release(Path made, String... options) throws IOException, InterruptedException {
        Path said = made.resolveSibling("run.log");
        List<String> command = new ArrayList<>(
                List.of("-jar", jar().toString(), "run", "--project", home.toString(), "--store", made.toString()));
        command.addAll(List.of(options));
        Process run = start(Java.command(command.toArray(String[]::new)), said);
        if (run.waitFor() != 0) {
            throw new IllegalStateException("The sample run failed: " + Files.readString(said));
        }
    }

    /** Starts a process that does not outlive the benchmark; both its outputs go to the log. */
    Process start(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** The file of loans. */
    Path loans() {
        if (made.isEmpty()) {
            made = Optional.of(given.orElseGet(this::generate));
            try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
                String file = "read_csv(" + Duck.literal(made.get().toString()) + ")";
                data = String.format(
                        Locale.ROOT,
                        "%,d loans of %,d customers, %.0f MB of CSV, %s; what is served but predictions, on the sample's own release",
                        duck.count("SELECT count(*) FROM " + file, ORIGIN),
                        duck.count("SELECT count(DISTINCT id) FROM " + file, ORIGIN),
                        made.get().toFile().length() / 1e6,
                        given.map(path -> "from " + path.getFileName())
                                .orElse("made by sample-data/loans.sql, gzipped"));
            }
        }
        return made.get();
    }

    private Path generate() {
        log.println("preparing: " + rows + " loans");
        Path file = folder.resolve("loans.csv.gz");
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.variable("rows", Long.toString(rows));
            String sql = Files.readString(home.resolve("sample-data/loans.sql"));
            duck.execute(
                    "COPY (\n" + sql + "\n) TO " + Duck.literal(file.toString())
                            + " (FORMAT csv, HEADER true, COMPRESSION gzip)",
                    ORIGIN);
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        clean();
        Runtime.getRuntime().removeShutdownHook(interrupted);
    }

    private void clean() {
        processes.forEach(Process::destroyForcibly);
        delete(folder);
    }

    /** Deletes a folder and what is in it. */
    static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
