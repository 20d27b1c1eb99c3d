package smew.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import smew.base.Problem;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.project.Kind;
import smew.project.ProjectReview;
import smew.release.ColumnLineage;
import smew.release.Manifest;
import smew.serve.Workbench;

/**
 * The project that {@code smew ui} shows. Its SQL is parsed and bound anew when it is asked for after a change; rows are read by whoever
 * watches it.
 */
final class ProjectOnDisk implements Workbench {

    private static final Logger LOG = System.getLogger("smew.app");

    private final ProjectRequest request;
    private final Clock clock;
    private volatile String digest = "";
    private Optional<Bound> bound = Optional.empty();

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
     * @param live what watching found; empty: nobody watches
     */
    record Shown(
            String name,
            String digest,
            List<Part> sql,
            List<Columns> columns,
            List<ColumnLineage.Traced> lineage,
            List<Problem> problems,
            Optional<LiveBoard.Live> live) {

        /**
         * One file as it stands on disk, as far as it can be told.
         *
         * @param reads the relations that it reads
         */
        record Part(
                String path,
                Kind kind,
                String name,
                String description,
                List<String> reads,
                String digest,
                String text) {

            static Part of(ProjectReview.ReviewedFile file) {
                return new Part(
                        file.path(),
                        file.kind(),
                        file.name(),
                        file.description(),
                        file.reads().stream().sorted().toList(),
                        file.digest(),
                        file.text());
            }
        }

        /** The columns of one relation. */
        record Columns(String name, List<Manifest.Column> columns) {}
    }

    /**
     * What binding found, for as long as nothing that it read has changed.
     *
     * @param key tells that
     */
    private record Bound(String key, Shown shown) {}

    @Override
    public String digest() {
        return request.board()
                .map(board -> digest + "-" + board.live().version())
                .orElse(digest);
    }

    @Override
    public void refresh() {
        try {
            digest = ProjectReview.digest(request.folder());
        } catch (SmewException failed) {
            LOG.log(Level.DEBUG, failed.getMessage());
        }
    }

    @Override
    public synchronized Shown project() {
        refresh();
        Optional<LiveBoard.Live> live = request.board().map(LiveBoard::live);
        String now = digest();
        LocalDate asOf = request.asOf().orElseGet(() -> LocalDate.now(clock));
        // Whoever watches tells of inputs, too; without that they are looked at each time.
        Optional<String> key = live.map(known -> digest + " " + known.inputs() + " " + asOf);
        Shown shown = bound.filter(known -> key.equals(Optional.of(known.key())))
                .map(Bound::shown)
                .orElseGet(() -> bind(asOf));
        bound = key.map(known -> new Bound(known, shown));
        ToldPaths told = ToldPaths.of(request.folder());
        return new Shown(
                shown.name(),
                now,
                shown.sql(),
                shown.columns(),
                shown.lineage(),
                Stream.concat(shown.problems().stream(), found(live).map(problem -> told(problem, told)))
                        .distinct()
                        .toList(),
                live.map(known -> told(known, told)));
    }

    /** Parses and binds all of it. */
    private Shown bind(LocalDate asOf) {
        ToldPaths told = ToldPaths.of(request.folder());
        Path name = told.project().getFileName();
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            ProjectReview review = ProjectReview.onDisk(request.folder(), duck::parse);
            try (ProjectColumns columns = new ProjectColumns(request, review, asOf)) {
                columns.bind(duck);
                return new Shown(
                        name == null ? "project" : name.toString(),
                        "",
                        review.files().stream().map(Shown.Part::of).toList(),
                        columns.bound(),
                        columns.lineage(),
                        columns.problems().stream()
                                .map(problem -> told(problem, told))
                                .toList(),
                        Optional.empty());
            }
        }
    }

    /** What running it found, too, which binding does not. */
    private static Stream<Problem> found(Optional<LiveBoard.Live> live) {
        return live.stream()
                .flatMap(known -> known.turns().stream().limit(1))
                .flatMap(newest -> newest.turn().problems().stream());
    }

    private static Problem told(Problem problem, ToldPaths told) {
        return new Problem(told.of(problem.where()), told.of(problem.detail()));
    }

    private static LiveBoard.Live told(LiveBoard.Live live, ToldPaths told) {
        return live.with(
                live.changed().stream().map(told::of).toList(),
                turn -> new WatchTurn(
                        turn.changed().stream().map(told::of).toList(),
                        turn.seconds(),
                        turn.relations(),
                        turn.problems().stream()
                                .map(problem -> told(problem, told))
                                .toList()));
    }
}
