package smew.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import smew.base.Problem;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.project.Sketch;
import smew.release.ColumnLineage;
import smew.release.Manifest;
import smew.serve.Workbench;

/** The project that {@code smew ui} shows. Its SQL is parsed and bound anew when it is asked for after a change; no row is read. */
final class ProjectOnDisk implements Workbench {

    private static final Logger LOG = System.getLogger("smew.app");

    private final ProjectRequest request;
    private final Clock clock;
    private volatile String digest = "";

    ProjectOnDisk(ProjectRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
        refresh();
    }

    /**
     * What is shown.
     *
     * @param name of the folder
     * @param sql every file, each after those that it reads
     * @param columns of each relation that can be bound
     * @param lineage where these come from
     * @param problems everything that is wrong, each with {@code file:line}
     */
    record Shown(
            String name,
            String digest,
            List<Sketch.Part> sql,
            List<Bound> columns,
            List<ColumnLineage.Traced> lineage,
            List<Problem> problems) {

        /** The columns of one relation. */
        record Bound(String name, List<Manifest.Column> columns) {}
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public void refresh() {
        try {
            digest = Sketch.digest(request.folder());
        } catch (SmewException failed) {
            LOG.log(Level.DEBUG, failed.getMessage());
        }
    }

    @Override
    public synchronized Shown project() {
        refresh();
        String read = digest;
        ToldPaths told = ToldPaths.of(request.folder());
        Path name = told.project().getFileName();
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Sketch sketch = Sketch.of(request.folder(), duck::parse);
            try (ProjectColumns columns = new ProjectColumns(request, sketch, LocalDate.now(clock))) {
                columns.bind(duck);
                return new Shown(
                        name == null ? "project" : name.toString(),
                        read,
                        sketch.parts(),
                        columns.bound(),
                        columns.lineage(),
                        columns.problems().stream()
                                .map(problem -> new Problem(told.of(problem.where()), told.of(problem.detail())))
                                .toList());
            }
        }
    }
}
