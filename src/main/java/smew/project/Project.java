package smew.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A validated project.
 *
 * @param directory the folder that holds {@code sql/}
 * @param relations every relation, each after all that it reads; ties in order of kind and name
 * @param tests in order of their names; they are no part of what a run makes
 */
public record Project(Path directory, List<Relation> relations, List<SqlTest> tests) {

    public Project {
        relations = List.copyOf(relations);
        tests = List.copyOf(tests);
    }

    /** A project without tests. */
    public Project(Path directory, List<Relation> relations) {
        this(directory, relations, List.of());
    }

    /**
     * Reads and validates a project.
     *
     * @param parser turns the text of one SELECT into the JSON of DuckDB's {@code json_serialize_sql}
     * @throws smew.base.SmewException with every problem of every file, sorted by file and line
     */
    public static Project read(Path directory, UnaryOperator<String> parser) {
        return new ProjectReader().read(directory, parser);
    }

    public List<Relation.Source> sources() {
        return of(Relation.Source.class);
    }

    public List<Relation.FeatureView> featureViews() {
        return of(Relation.FeatureView.class);
    }

    public List<Relation.Model> models() {
        return of(Relation.Model.class);
    }

    public List<Relation.Check> checks() {
        return of(Relation.Check.class);
    }

    /** Finds a relation by name, upper and lower case being the same. */
    public Optional<Relation> relation(String name) {
        return relations.stream()
                .filter(relation -> relation.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private <T extends Relation> List<T> of(Class<T> kind) {
        return relations.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
