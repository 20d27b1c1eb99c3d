package smew.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import smew.duck.Bound;
import smew.project.Kind;
import smew.project.LintRule;
import smew.project.ProjectReview.ReviewedFile;
import tools.jackson.databind.JsonNode;

/**
 * Columns of sources and feature views that nothing reads. A column counts as read where its name stands anywhere in a file that reads the
 * relation, or where a star passes it on: rather one too many than a false alarm.
 */
final class Uses {

    private final Map<String, Script> scripts;
    private final List<ReviewedFile> files;
    private final Catalog catalog;

    /**
     * @param scripts by path; DuckDB can parse all of the files
     */
    Uses(Map<String, Script> scripts, List<ReviewedFile> files, Catalog catalog) {
        this.scripts = scripts;
        this.files = files;
        this.catalog = catalog;
    }

    void check(Script script) {
        boolean source = script.kind() == Kind.SOURCE;
        if (!source && script.kind() != Kind.FEATURE_VIEW) {
            return;
        }
        List<ReviewedFile> readers = readers(script);
        if (readers.isEmpty()) {
            if (source) {
                script.add(
                        LintRule.UNUSED_RELATION,
                        script.line(1),
                        "No file reads the source " + script.name() + ", which each run reads nevertheless.",
                        "Read it in a feature view, or delete the file.");
            }
            return;
        }
        List<Script> reading =
                readers.stream().map(reader -> scripts.get(reader.path())).toList();
        for (Bound.Column column : catalog.columns(script.name())) {
            String name = Tree.key(column.name());
            item(script, name)
                    .filter(_ -> !isNamedByDirectives(script, name))
                    .filter(_ -> reading.stream().noneMatch(reader -> reads(reader, script.name(), name)))
                    .ifPresent(item -> report(script, column.name(), item));
        }
    }

    private List<ReviewedFile> readers(Script script) {
        return files.stream()
                .filter(file -> file.kind() != Kind.TEST && file.reads().contains(script.name()))
                .toList();
    }

    private static void report(Script script, String column, JsonNode item) {
        script.add(
                LintRule.UNUSED_COLUMN,
                item,
                "No file reads " + column + " of " + script.name() + ".",
                "Take it out, or write -- @lint off unused-column REASON at the top of the file.");
    }

    /** Where a column stands in the outermost SELECT; empty where a star brings it. */
    private static Optional<JsonNode> item(Script script, String column) {
        return script.query().selects().stream()
                .limit(1)
                .flatMap(select -> select.items().stream())
                .filter(item -> !Tree.isStar(item)
                        && Tree.name(item).map(Tree::key).filter(column::equals).isPresent())
                .findFirst();
    }

    /** Entity, time and declared checks name columns of their own file, and relationships those of others. */
    private boolean isNamedByDirectives(Script script, String column) {
        if (script.entity().contains(column) || script.time().contains(column)) {
            return true;
        }
        String elsewhere = Tree.key(script.name()) + "." + column;
        return script.file().directives().stream()
                        .anyMatch(line -> words(line.value()).contains(column))
                || files.stream()
                        .flatMap(file -> file.directives().stream())
                        .anyMatch(line -> Tree.key(line.value()).endsWith(elsewhere));
    }

    private static Set<String> words(String value) {
        return Stream.of(Tree.key(value).split("[\\s,=<>.]+"))
                .map(word -> word.replace("\"", ""))
                .collect(Collectors.toSet());
    }

    private boolean reads(Script reader, String relation, String column) {
        List<JsonNode> nodes = Tree.all(reader.query().node());
        Set<String> aliases = aliases(reader, relation);
        for (JsonNode node : nodes) {
            List<String> reference = Tree.column(node);
            boolean wholeRow = reference.size() == 1 && aliases.contains(reference.getFirst());
            boolean named = reference.contains(column)
                    || node.path("using_columns")
                            .valueStream()
                            .anyMatch(name -> Tree.key(name.asString()).equals(column));
            boolean open = node.path("columns").asBoolean(false)
                    || node.path("ref_type").asString("").equals("NATURAL");
            if (wholeRow || named || open) {
                return true;
            }
        }
        return (catalog.has(reader.name(), column) && reader.kind() != Kind.CHECK) || !catalog.knows(reader.name());
    }

    private static Set<String> aliases(Script reader, String relation) {
        return reader.query().everywhere().stream()
                .flatMap(query -> query.tables().stream()
                        .filter(table -> query.relation(table)
                                .filter(Tree.key(relation)::equals)
                                .isPresent()))
                .map(Query::alias)
                .collect(Collectors.toSet());
    }
}
