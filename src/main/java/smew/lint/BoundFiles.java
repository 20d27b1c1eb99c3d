package smew.lint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import smew.duck.Bound;
import smew.duck.Bound.Reason;
import smew.duck.Duck;
import smew.project.Kind;
import smew.project.LintRule;
import smew.project.Place;
import smew.project.Relation;
import tools.jackson.databind.JsonNode;

/** Asks DuckDB file by file what it would give, without running it; each file after those it reads. */
final class BoundFiles {

    /** How many columns that are not there are told of one file. */
    private static final int MISSING_COLUMNS = 20;

    private final Path directory;
    private final Map<String, String> variables;
    private final Duck duck;
    private final Catalog catalog;
    private final Set<String> models;
    private final Set<String> unresolved;

    /**
     * @param unresolved paths of files that read what is not there, which DuckDB need not say again
     * @param variables paths of inputs that replace those of {@code @input}
     * @param models names of models, which are functions in a check
     */
    BoundFiles(
            Path directory,
            Map<String, String> variables,
            Duck duck,
            Catalog catalog,
            Set<String> models,
            Set<String> unresolved) {
        this.directory = directory;
        this.variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.variables.putAll(variables);
        this.duck = duck;
        this.catalog = catalog;
        this.models = models;
        this.unresolved = unresolved;
    }

    void bind(Script script) {
        boolean known = script.file().reads().stream().allMatch(catalog::knows);
        if (!known || unresolved.contains(script.file().path()) || !openInputs(script)) {
            namesOnly(script);
            return;
        }
        boolean typed = script.file().reads().stream().allMatch(catalog::isTyped);
        switch (duck.bind(script.sql())) {
            case Bound.Columns bound -> keep(script, bound.columns(), typed);
            case Bound.Refused refused -> {
                refused(script, refused, typed);
                namesOnly(script);
            }
        }
    }

    private void keep(Script script, List<Bound.Column> columns, boolean typed) {
        if (isRelation(script)
                && columns.stream()
                                .map(column -> Tree.key(column.name()))
                                .distinct()
                                .count()
                        == columns.size()) {
            catalog.add(script.name(), columns, typed);
        } else {
            namesOnly(script);
        }
    }

    private static boolean isRelation(Script script) {
        return script.kind() != Kind.TEST;
    }

    /** What the outermost SELECT names, unless a star hides the rest. */
    private void namesOnly(Script script) {
        List<JsonNode> items = script.query().selects().stream()
                .limit(1)
                .flatMap(select -> select.items().stream())
                .toList();
        List<String> names =
                items.stream().flatMap(item -> Tree.name(item).stream()).toList();
        boolean complete = !items.isEmpty()
                && names.size() == items.size()
                && items.stream().noneMatch(Tree::isStar)
                && names.stream().map(Tree::key).distinct().count() == names.size();
        if (complete && isRelation(script)) {
            catalog.addNames(script.name(), names);
        }
    }

    /** Sets the variables of a source; false where one of its inputs is out of reach, which is told. */
    private boolean openInputs(Script script) {
        if (!(script.relation().orElse(null) instanceof Relation.Source source)) {
            return script.kind() != Kind.SOURCE;
        }
        for (Map.Entry<String, String> input : source.inputs().entrySet()) {
            String path = variables.getOrDefault(input.getKey(), input.getValue());
            if (path.contains("://")) {
                told(script, input.getKey(), path, "lies elsewhere, and lint reaches over no network", "");
                return false;
            }
            duck.variable(input.getKey(), directory.resolve(path).toString());
        }
        return true;
    }

    private void refused(Script script, Bound.Refused refused, boolean typed) {
        switch (refused.reason()) {
            case FILE ->
                told(script, "", "", refused.message().lines().findFirst().orElse(""), "");
            case COLUMN -> missing(script, refused);
            case NO_FUNCTION -> {
                if (models.stream().noneMatch(model -> calls(refused.message(), model))) {
                    report(script, script.sql(), refused);
                }
            }
            case OTHER -> {
                // Where types are not known, DuckDB may refuse what a run accepts.
                if (typed) {
                    report(script, script.sql(), refused);
                }
            }
        }
    }

    private static boolean calls(String message, String model) {
        return message.contains(" " + model + " ") || message.contains(" predict_" + model);
    }

    private static void told(Script script, String input, String path, String found, String hint) {
        Place place = script.file().directives().stream()
                .filter(line ->
                        line.directive().key().equals("input") && line.value().startsWith(input))
                .findFirst()
                .map(line -> script.line(line.line()))
                .orElseGet(() -> script.line(1));
        script.add(
                LintRule.INPUT,
                place,
                (path.isEmpty() ? "The input could not be read (" + found + ")" : "The input '" + path + "' " + found)
                        + ", so that only names of columns were looked at here and in what reads this.",
                hint);
    }

    /** DuckDB stops at the first column that is not there: a number takes its place, and it is asked again. */
    private void missing(Script script, Bound.Refused first) {
        byte[] sql = script.sql().getBytes(StandardCharsets.UTF_8);
        List<Long> seen = new ArrayList<>();
        Bound.Refused refused = first;
        while (true) {
            report(script, new String(sql, StandardCharsets.UTF_8), refused);
            Optional<Long> offset = refused.offset();
            if (offset.isEmpty()
                    || refused.length() < 1
                    || seen.contains(offset.get())
                    || seen.size() >= MISSING_COLUMNS) {
                return;
            }
            seen.add(offset.get());
            int from = offset.get().intValue();
            int to = (int) Math.min(sql.length, from + refused.length());
            Arrays.fill(sql, from, to, (byte) ' ');
            sql[from] = '1';
            if (!(duck.bind(new String(sql, StandardCharsets.UTF_8)) instanceof Bound.Refused next)
                    || next.reason() != Reason.COLUMN) {
                return;
            }
            refused = next;
        }
    }

    private static void report(Script script, String sql, Bound.Refused refused) {
        List<String> lines = refused.message()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String said = lines.isEmpty() ? "no reason given" : lines.getFirst();
        String more = String.join(" ", lines.stream().skip(1).limit(4).toList());
        Place place = refused.offset()
                .map(offset -> script.places().bytes(offset, Math.max(1, refused.length())))
                .orElseGet(() -> script.places().characters(sql.indexOf(sql.strip()), sql.indexOf(sql.strip()) + 1));
        script.add(
                LintRule.COLUMN,
                place,
                "DuckDB cannot bind this: "
                        + (said.endsWith("!")
                                ? said.substring(0, said.length() - 1) + "."
                                : said + (said.endsWith(".") ? "" : ".")),
                more.isEmpty() || more.endsWith(".") || more.endsWith("?") ? more : more + ".");
    }
}
