package smew.lint;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import smew.duck.Duck;
import smew.project.Finding;
import smew.project.Kind;
import smew.project.LintRule;
import smew.project.Places;
import smew.project.ProjectReview;
import smew.project.ProjectReview.ReviewedFile;
import smew.project.Relation;
import smew.project.Silence;

/** Holds the SQL files of a project against every rule. */
public final class Lint {

    private static final Comparator<Diagnostic> ORDER = Comparator.comparing(Diagnostic::file)
            .thenComparingInt(diagnostic -> diagnostic.place().line())
            .thenComparingInt(diagnostic -> diagnostic.place().column())
            .thenComparing(Diagnostic::rule)
            .thenComparing(Diagnostic::message);

    private final ProjectReview review;
    private final Duck duck;
    private final Catalog catalog;
    private final Map<String, Script> scripts = new LinkedHashMap<>();

    /**
     * What to look at.
     *
     * @param unsaved texts by file, in place of what is on disk
     * @param variables paths of inputs that replace those of {@code @input}
     * @param today what {@code as_of} is
     */
    public record Request(Path project, Map<Path, byte[]> unsaved, Map<String, String> variables, LocalDate today) {
        public Request {
            unsaved = Map.copyOf(unsaved);
            variables = Map.copyOf(variables);
        }
    }

    private Lint(ProjectReview review, Duck duck) {
        this.review = review;
        this.duck = duck;
        this.catalog = new Catalog(duck);
    }

    /**
     * Everything that is found in any file of the project, sorted by file and line.
     *
     * @throws smew.base.SmewException when there is no SQL file
     */
    public static List<Diagnostic> of(Request request) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.variable("as_of", request.today());
            ProjectReview review = ProjectReview.of(request.project(), request.unsaved(), duck::parse);
            return new Lint(review, duck).look(request);
        }
    }

    private List<Diagnostic> look(Request request) {
        Map<String, Relation> relations = review.relations().stream()
                .collect(Collectors.toMap(
                        relation -> relation.file().path(), relation -> relation, (first, _) -> first));
        Set<String> models = review.files().stream()
                .filter(file -> file.kind() == Kind.MODEL)
                .map(ReviewedFile::name)
                .collect(Collectors.toSet());
        Set<String> unresolved = review.findings().stream()
                .filter(finding -> finding.rule() == LintRule.RELATION)
                .map(Finding::path)
                .collect(Collectors.toSet());
        BoundFiles bound = new BoundFiles(request.project(), request.variables(), duck, catalog, models, unresolved);
        for (ReviewedFile file : review.files()) {
            Script.of(file, Optional.ofNullable(relations.get(file.path())), duck)
                    .ifPresent(script -> {
                        scripts.put(file.path(), script);
                        bound.bind(script);
                    });
        }
        Uses uses = new Uses(scripts, review.files(), catalog);
        // Of a file that is wrong nobody knows what it would read.
        boolean readable = review.findings().stream()
                .noneMatch(finding -> finding.rule() == LintRule.SYNTAX || finding.rule() == LintRule.RELATION);
        for (Script script : scripts.values()) {
            SelectStar.check(script, catalog);
            TimeWindows.check(script);
            TimeBounds.check(script, catalog);
            Repeatability.check(script);
            FloatEquality.check(script, catalog);
            if (readable) {
                uses.check(script);
            }
        }
        List<Diagnostic> all =
                new ArrayList<>(review.findings().stream().map(this::said).toList());
        scripts.values().forEach(script -> all.addAll(heard(script, rule -> looked(script, rule, readable))));
        return all.stream().sorted(ORDER).distinct().toList();
    }

    private Diagnostic said(Finding finding) {
        String text = review.file(finding.path()).map(ReviewedFile::text).orElse("");
        return Diagnostic.of(finding, new Places(text).within(finding.place()));
    }

    /** What rules found in a file and the file does not silence, and silences of nothing. */
    private static List<Diagnostic> heard(Script script, Predicate<LintRule> looked) {
        List<Silence> silences = Silence.of(script.file().directives());
        Set<LintRule> silent = silences.stream().map(Silence::rule).collect(Collectors.toSet());
        Set<LintRule> met = script.found().stream().map(Diagnostic::rule).collect(Collectors.toSet());
        for (Silence silence : silences) {
            if (!met.contains(silence.rule()) && looked.test(silence.rule())) {
                script.add(
                        LintRule.SILENCE,
                        script.line(silence.line()),
                        "Nothing here is silenced by @lint off "
                                + silence.rule().key() + ".",
                        "Remove the line.");
            }
        }
        return script.found().stream()
                .filter(diagnostic -> !silent.contains(diagnostic.rule()))
                .toList();
    }

    /** Whether a rule could find all in a file that it looks for: what it could not see may still need a silence. */
    private boolean looked(Script script, LintRule rule, boolean readable) {
        Set<String> reads = script.file().reads();
        return readable
                && rule != LintRule.INPUT
                && reads.stream().allMatch(catalog::knows)
                && (rule != LintRule.FLOAT_EQUALITY || reads.stream().allMatch(catalog::isTyped));
    }
}
