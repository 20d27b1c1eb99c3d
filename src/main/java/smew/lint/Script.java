package smew.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.base.Json;
import smew.duck.Duck;
import smew.project.Kind;
import smew.project.LintRule;
import smew.project.Place;
import smew.project.Places;
import smew.project.ProjectReview.ReviewedFile;
import smew.project.Relation;
import tools.jackson.databind.JsonNode;

/** One SQL file that DuckDB can parse, and what rules found in it. */
final class Script {

    private final ReviewedFile file;
    private final String sql;
    private final Optional<Relation> relation;
    private final Query query;
    private final Places places;
    private final List<Diagnostic> found = new ArrayList<>();

    private Script(ReviewedFile file, String sql, Optional<Relation> relation, Query query) {
        this.file = file;
        this.sql = sql;
        this.relation = relation;
        this.query = query;
        this.places = new Places(file.text());
    }

    /**
     * Parses a file.
     *
     * @param relation what it defines, if it could be read as such
     * @return empty where DuckDB cannot parse it
     */
    static Optional<Script> of(ReviewedFile file, Optional<Relation> relation, Duck duck) {
        return file.sql().map(sql -> new Script(file, sql, relation, Query.outermost(Json.deepTree(duck.parse(sql)))));
    }

    ReviewedFile file() {
        return file;
    }

    Kind kind() {
        return file.kind();
    }

    String name() {
        return file.name();
    }

    String sql() {
        return sql;
    }

    Places places() {
        return places;
    }

    Query query() {
        return query;
    }

    /** Whether its rows become outputs of a run. */
    boolean makesOutputs() {
        return switch (kind()) {
            case SOURCE, FEATURE_VIEW, MODEL -> true;
            case CHECK, TEST -> false;
        };
    }

    /** Whether it is a feature view or a model. */
    boolean makesFeatures() {
        return kind() == Kind.FEATURE_VIEW || kind() == Kind.MODEL;
    }

    Optional<Relation> relation() {
        return relation;
    }

    /** Key columns in lower case; none where it has no entity. */
    List<String> entity() {
        return relation
                .map(found -> switch (found) {
                    case Relation.FeatureView view -> view.entity();
                    case Relation.Model model -> model.entity();
                    case Relation.Source _, Relation.Check _ -> List.<String>of();
                })
                .orElse(List.of())
                .stream()
                .map(Tree::key)
                .toList();
    }

    /** Event time and tie breakers in lower case; none where it has no time. */
    List<String> time() {
        return relation
                .map(found -> switch (found) {
                    case Relation.FeatureView view -> view.time();
                    case Relation.Model model -> model.time();
                    case Relation.Source source -> source.time();
                    case Relation.Check _ -> List.<String>of();
                })
                .orElse(List.of())
                .stream()
                .map(Tree::key)
                .toList();
    }

    /** Notes what a rule found at a node. */
    void add(LintRule rule, JsonNode node, String message, String hint) {
        add(rule, place(node), message, hint);
    }

    void add(LintRule rule, Place place, String message, String hint) {
        found.add(new Diagnostic(
                file.path(), place, rule, message, Optional.of(hint).filter(text -> !text.isEmpty())));
    }

    List<Diagnostic> found() {
        return found;
    }

    /** Where a node stands; some have no place, and then it is where the SQL begins. */
    Place place(JsonNode node) {
        Span span = span(node);
        return span.end() < 0
                ? places.within(new Place(1, 1, 1, Integer.MAX_VALUE))
                : places.bytes(span.start(), span.end() - span.start());
    }

    /** A stretch in bytes; negative where nothing has a place. */
    private record Span(long start, long end) {
        Span and(Span other) {
            return other.end < 0
                    ? this
                    : end < 0 ? other : new Span(Math.min(start, other.start), Math.max(end, other.end));
        }
    }

    /** DuckDB gives casts and operators the place of their sign. */
    private static Span span(JsonNode node) {
        String location = node.path("query_location").asString("");
        long start = location.matches("\\d{1,9}") ? Long.parseLong(location) : -1;
        Span own = new Span(
                start,
                start < 0 ? -1 : start + node.path("query_location_length").asLong(0));
        List<JsonNode> operands = Tree.is(node, "CAST")
                ? List.of(node.path("child"))
                : node.path("is_operator").asBoolean(false) ? Tree.arguments(node) : List.of();
        return operands.stream().map(Script::span).reduce(own, Span::and);
    }

    /** A whole line, from 1. */
    Place line(int line) {
        return places.within(new Place(line, 1, line, Integer.MAX_VALUE));
    }

    /** The text of a node, as the file has it. */
    String text(JsonNode node) {
        Place place = place(node);
        String line = file.text().lines().skip(place.line() - 1L).findFirst().orElse("");
        int end = place.endLine() == place.line() ? Math.min(place.endColumn() - 1, line.length()) : line.length();
        return line.substring(Math.min(place.column() - 1, end), end) + (place.endLine() == place.line() ? "" : " …");
    }
}
