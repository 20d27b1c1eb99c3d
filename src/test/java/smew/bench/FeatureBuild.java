package smew.bench;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import smew.base.Progress;
import smew.duck.Duck;
import smew.features.FeatureRun;
import smew.project.Project;
import smew.project.Relation;
import smew.release.ReleaseFolder;

/**
 * Sources and feature views into Parquet, with order, counts and online rows, against a COPY of each view's SELECT. A second
 * bare contender parses the source once too, a third also orders its rows as Smew does: they tell what the difference is.
 */
final class FeatureBuild implements Item {

    @Override
    public String name() {
        return "features";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        List<Rounds.Figures> figures = rounds.of(
                name(),
                () -> ours(bench),
                () -> bare(bench, FeatureBuild::copyEach),
                () -> bare(bench, FeatureBuild::copyFromTables),
                () -> bare(bench, FeatureBuild::copyInOrder));
        return List.of(
                line(figures, 1, "COPY (WITH source SELECT) for each view"),
                line(figures, 2, "CREATE TABLE source, COPY for each view"),
                line(figures, 3, "the same, rows ordered by entity and time"));
    }

    private Line line(List<Rounds.Figures> figures, int contender, String engine) {
        return Line.seconds(name(), "sources and views to Parquet", engine, figures.get(0), figures.get(contender));
    }

    private static double[] ours(Workbench bench) throws Exception {
        Path release = bench.newFolder();
        try (Duck duck = bench.open()) {
            Project project = bench.project(duck);
            FeatureRun run = new FeatureRun(
                    duck, project, bench.inputs(project, duck), ReleaseFolder.at(release), Map.of(), Progress.NONE);
            return Rounds.seconds(run::build);
        } finally {
            Workbench.delete(release);
        }
    }

    /** Does the work of all views in a database that has the variables. */
    private interface Copies {
        void run(BareDuck duck, Project project, Path folder) throws SQLException;
    }

    private static double[] bare(Workbench bench, Copies copies) throws Exception {
        Path folder = bench.newFolder();
        Project project;
        Map<String, String> variables;
        try (Duck duck = bench.open()) {
            project = bench.project(duck);
            variables = bench.variables(project, duck);
        }
        try (BareDuck duck = new BareDuck()) {
            duck.execute("SET VARIABLE as_of = DATE '" + Workbench.AS_OF + "'");
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                duck.execute("SET VARIABLE " + variable.getKey() + " = " + Duck.literal(variable.getValue()));
            }
            return Rounds.seconds(() -> copies.run(duck, project, folder));
        } finally {
            Workbench.delete(folder);
        }
    }

    private static void copyEach(BareDuck duck, Project project, Path folder) throws SQLException {
        String sources = project.sources().stream()
                .map(source -> source.name() + " AS (\n" + source.file().sql() + "\n)")
                .collect(joining(",\n", "WITH ", "\n"));
        for (Relation.FeatureView view : project.featureViews()) {
            duck.execute(copy(sources + "SELECT * FROM (\n" + view.file().sql() + "\n)", view, folder));
        }
    }

    private static void copyFromTables(BareDuck duck, Project project, Path folder) throws SQLException {
        load(duck, project);
        for (Relation.FeatureView view : project.featureViews()) {
            duck.execute(copy(view.file().sql(), view, folder));
        }
    }

    private static void copyInOrder(BareDuck duck, Project project, Path folder) throws SQLException {
        load(duck, project);
        for (Relation.FeatureView view : project.featureViews()) {
            String keys = String.join(", ", view.entity()) + ", " + String.join(", ", view.time());
            duck.execute(copy("SELECT * FROM (\n" + view.file().sql() + "\n) ORDER BY " + keys, view, folder));
        }
    }

    private static void load(BareDuck duck, Project project) throws SQLException {
        for (Relation.Source source : project.sources()) {
            duck.execute(
                    "CREATE TABLE " + source.name() + " AS\n" + source.file().sql());
        }
    }

    private static String copy(String select, Relation.FeatureView view, Path folder) {
        return "COPY (\n" + select + "\n) TO "
                + Duck.literal(folder.resolve(view.name() + ".parquet").toString())
                + " (FORMAT parquet, COMPRESSION zstd)";
    }
}
