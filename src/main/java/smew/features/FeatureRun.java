package smew.features;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Project;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.release.Manifest;
import smew.release.Newest;
import smew.release.RelationProfile;
import smew.release.ReleaseFolder;

/**
 * Runs a project's SQL into the folder of a release. Each source is parsed once, into a table; each feature view becomes a
 * Parquet file, and whatever reads it later reads that file.
 */
public final class FeatureRun {

    private final Duck duck;
    private final Project project;
    private final Inputs inputs;
    private final ViewFiles files;
    private final Optional<Kept> kept;
    private final Progress progress;
    private boolean loaded;

    /**
     * Prepares a run; nothing happens yet.
     *
     * @param duck with the project's variables set
     * @param release where the files go
     * @param metadata names the release in every file
     */
    public FeatureRun(
            Duck duck,
            Project project,
            Inputs inputs,
            ReleaseFolder release,
            Map<String, String> metadata,
            Progress progress) {
        this(duck, project, inputs, new ViewFiles(duck, release, Map.copyOf(metadata)), Optional.empty(), progress);
    }

    private FeatureRun(
            Duck duck, Project project, Inputs inputs, ViewFiles files, Optional<Kept> kept, Progress progress) {
        this.duck = duck;
        this.project = project;
        this.inputs = inputs;
        this.files = files;
        this.kept = kept;
        this.progress = progress;
    }

    /** The same, not yet begun, where a release has some of it already. */
    public FeatureRun taking(Kept older) {
        return new FeatureRun(duck, project, inputs, files, Optional.of(older), progress);
    }

    /**
     * Runs sources and feature views, in order.
     *
     * @return what each feature view became
     * @throws SmewException naming file and line of what the SQL or the data broke
     */
    public List<Manifest.View> build() {
        if (!loaded) {
            load(Optional.empty(), true);
        }
        List<Manifest.View> views = new ArrayList<>();
        for (Relation relation : project.relations()) {
            switch (relation) {
                case Relation.Source _ -> {}
                case Relation.FeatureView view -> views.add(make(view));
                case Relation.Model model -> define(model.file());
                case Relation.Check _ -> {}
            }
        }
        return views;
    }

    /**
     * Loads the sources, which read nothing but files and each other; {@link #build} does it where nobody did.
     *
     * @param measure what a release read before, for messages
     * @param whole whether all rows of each are here
     * @return what each of them holds
     * @throws SmewException naming file and line of what the SQL or the data broke
     */
    public List<RelationProfile> load(Optional<Contract> measure, boolean whole) {
        loaded = true;
        return new Loading(duck, inputs, measure, whole, kept, progress).load(project.sources());
    }

    private Manifest.View write(Relation.FeatureView view, String select, Origin origin) {
        try (Progress.Step step = progress.start("features " + view.name())) {
            Manifest.View written = files.write(view, select, origin, step);
            step.result(rows(written.rows()));
            return written;
        }
    }

    private Manifest.View make(Relation.FeatureView view) {
        Optional<Manifest.View> before = kept.flatMap(older -> older.view(view));
        if (before.isEmpty()) {
            return write(view, view.file().sql(), running(view.file()));
        }
        try (Progress.Step step = progress.start("features " + view.name())) {
            Manifest.View taken = files.take(view, before.get(), kept.orElseThrow());
            step.result(rows(taken.rows()) + ", unchanged");
            return taken;
        }
    }

    /** A model's SELECT is not run before its rows are asked for; checks may read it by name. */
    private void define(SqlFile file) {
        duck.execute("CREATE VIEW " + Duck.identifier(file.name()) + " AS\n" + file.sql(), running(file));
    }

    /**
     * Makes a feature view of parts that were made elsewhere, each of other entities. Where these are the parts of one run, the
     * file is the one that this run would have made.
     *
     * @param parts Parquet files of the view, with the same columns
     * @throws SmewException DATA when an entity lies in two parts
     */
    public Manifest.View merge(Relation.FeatureView view, List<Path> parts) {
        Origin origin = Origin.engine("Merging", view.name());
        String files = parts.stream().map(part -> Duck.literal(part.toString())).collect(joining(", ", "[", "]"));
        String keys = view.entity().stream().map(Duck::identifier).collect(joining(", "));
        List<String> torn = duck.texts(
                "SELECT concat_ws(',', " + keys + ") AS id FROM read_parquet(" + files + ", filename = 'smew part')"
                        + " GROUP BY " + keys + " HAVING count(DISTINCT \"smew part\") > 1 ORDER BY id LIMIT 1",
                origin);
        if (!torn.isEmpty()) {
            throw new SmewException(
                    Fault.DATA,
                    "Merging " + view.name() + ": rows of " + String.join(", ", view.entity()) + " " + torn.getFirst()
                            + " come from two parts, expected each entity in one file of the input. Write the input"
                            + " partitioned by entity, or run on one machine.");
        }
        // Of several files the engine (2.0.0) no longer knows which columns have no null, and writes other bytes.
        String table = Duck.identifier(view.name() + " parts");
        duck.execute("CREATE TABLE " + table + " AS FROM read_parquet(" + files + ")", origin);
        Manifest.View merged = write(view, "FROM " + table, origin);
        duck.execute("DROP TABLE " + table, origin);
        return merged;
    }

    /** Defines a model over feature views that exist, for checks that read it. */
    public void model(Relation.Model model) {
        define(model.file());
    }

    /**
     * Takes feature views as a release has them, instead of running them.
     *
     * @param views their names
     * @param places where on this machine a file of the release is, by its path in the release
     */
    public void take(List<String> views, Function<String, Path> places) {
        views.forEach(view -> files.define(view, places.apply(Manifest.View.path(view))));
    }

    /**
     * The rows of a model, in the one order of {@link Newest}, after its online rows and its profile were written.
     *
     * @throws SmewException DATA when keys are null or not unique
     */
    public Table rows(Relation.Model model) {
        return ordered(model, (table, step) -> {
            Table rows = duck.query(
                    "FROM " + table,
                    Origin.engine("Reading the rows of", model.file().path()));
            step.result(rows(rows.rows()));
            return rows;
        });
    }

    /**
     * The rows of a model that reads what was taken, as a Parquet file for whoever trains it, after its online rows and its
     * profile were written. The same rows give the same bytes.
     *
     * @param target to be made
     * @throws SmewException DATA when keys are null or not unique
     */
    public void export(Relation.Model model, Path target) {
        define(model.file());
        long exported = ordered(model, (table, step) -> {
            long rows = duck.execute(
                    "COPY (FROM " + table + ") TO " + Duck.literal(target.toString())
                            + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)",
                    Origin.engine("Writing", target.toString()),
                    step);
            step.result(rows(rows));
            return rows;
        });
        if (exported == 0) {
            throw SmewException.at(
                    Fault.DATA,
                    model.file().path(),
                    "Running " + model.file().path() + ": the model has no rows. Check what it reads.");
        }
    }

    private <T> T ordered(Relation.Model model, BiFunction<String, Progress.Step, T> use) {
        SqlFile file = model.file();
        try (Progress.Step step = progress.start("rows of " + model.name())) {
            List<Manifest.Column> described = columns(file.sql(), running(file));
            List<String> columns = names(described);
            Keys keys = new Keys(file, model.entity(), model.time());
            keys.require(described);
            String relation = Duck.identifier(file.name());
            String rows = file.name() + " rows";
            String table = Duck.identifier(rows);
            duck.execute(
                    "CREATE TABLE " + table + " AS FROM " + relation + " ORDER BY "
                            + Newest.order(model.entity(), model.time(), columns),
                    running(file),
                    step);
            Keys.Counts counts = keys.count(duck, table);
            OnlineRows.write(duck, keys, table, files.release(), files.metadata(file));
            ModelProfile.write(duck, model.name(), rows, counts.rows(), described, files.release());
            T used = use.apply(table, step);
            duck.execute("DROP TABLE " + table, Origin.engine("Dropping", table));
            return used;
        }
    }

    private List<Manifest.Column> columns(String select, Origin origin) {
        return columns(duck, select, origin);
    }

    /** Names and types of what a SELECT gives. */
    static List<Manifest.Column> columns(Duck duck, String select, Origin origin) {
        return duck
                .texts("SELECT column_name || chr(0) || column_type FROM (DESCRIBE\n" + select + "\n)", origin)
                .stream()
                .map(column -> column.split("\0", 2))
                .map(column -> new Manifest.Column(column[0], column[1]))
                .toList();
    }

    private static List<String> names(List<Manifest.Column> columns) {
        return columns.stream().map(Manifest.Column::name).toList();
    }

    static Origin running(SqlFile file) {
        return new Origin("Running", file.path(), 1);
    }

    static String rows(long rows) {
        return String.format(Locale.ROOT, "%,d rows", rows);
    }
}
