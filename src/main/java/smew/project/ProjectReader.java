package smew.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import smew.project.Relation.FeatureView;

/** Reads one project: lists, parses, looks up, orders, then builds each relation after those it reads. */
final class ProjectReader {

    private final Findings findings = new Findings();
    private final Inputs inputs = new Inputs(findings);
    private final Map<String, FeatureView> views = new LinkedHashMap<>();

    /** Of each relation, what comments say of its columns; relations come after those they read. */
    private final Map<String, Map<String, String>> commented = new HashMap<>();

    Project read(Path directory, UnaryOperator<String> parser) {
        Everything read = everything(directory, Map.of(), parser);
        findings.throwIfAny("the project in " + directory);
        return new Project(directory, read.relations(), read.tests());
    }

    /** The same where problems are an answer like any other. */
    ProjectReview review(Path directory, Map<Path, byte[]> unsaved, UnaryOperator<String> parser) {
        Everything read = everything(directory, unsaved, parser);
        List<ProjectReview.ReviewedFile> files = read.ordered().stream()
                .map(draft -> new ProjectReview.ReviewedFile(
                        draft.kind(),
                        draft.name(),
                        draft.path(),
                        draft.header().description(),
                        draft.digest(),
                        draft.text().text(),
                        draft.parsed().map(_ -> draft.text().sql()),
                        draft.header().directives(),
                        read.reads().getOrDefault(draft, Set.of()).stream()
                                .map(Draft::name)
                                .collect(Collectors.toSet())))
                .toList();
        return new ProjectReview(read.relations(), files, findings.all());
    }

    private record Everything(
            List<Draft> ordered, Map<Draft, Set<Draft>> reads, List<Relation> relations, List<SqlTest> tests) {}

    private Everything everything(Path directory, Map<Path, byte[]> unsaved, UnaryOperator<String> parser) {
        List<Draft> drafts = SqlFolder.list(directory, unsaved.keySet(), findings.under(LintRule.LAYOUT)).stream()
                .map(listed -> Draft.read(listed, unsaved, parser, findings))
                .toList();
        Lookup lookup = new Lookup(drafts, parser, findings);
        Map<Draft, Set<Draft>> reads = new LinkedHashMap<>();
        drafts.forEach(draft -> reads.put(draft, lookup.reads(draft)));
        List<Relation> relations = new ArrayList<>();
        drafts.forEach(draft -> CheckReview.review(draft, drafts, findings));
        List<Draft> ordered = Order.of(reads, findings.under(LintRule.LAYOUT));
        for (Draft draft : ordered) {
            if (draft.kind() != Kind.TEST) {
                build(draft, reads.getOrDefault(draft, Set.of())).ifPresent(relations::add);
            }
        }
        return new Everything(ordered, reads, relations, tests(drafts, reads, relations));
    }

    private List<SqlTest> tests(List<Draft> drafts, Map<Draft, Set<Draft>> reads, List<Relation> relations) {
        TestReader reader = new TestReader(relations, findings.under(LintRule.TEST));
        List<SqlTest> tests = new ArrayList<>();
        for (Draft draft : drafts) {
            if (draft.kind() == Kind.TEST) {
                inputs.of(draft);
                SqlFile file = file(draft, reads.getOrDefault(draft, Set.of()));
                reader.read(draft, file, file.reads()).ifPresent(tests::add);
            }
        }
        return tests;
    }

    private Optional<Relation> build(Draft draft, Set<Draft> reads) {
        Header header = draft.header();
        for (Directive directive : Directive.values()) {
            if (directive.requiredIn(draft.kind()) && !header.written().contains(directive)) {
                findings.add(
                        draft.path(), 1, "A " + draft.kind().noun() + " needs a line -- " + directive.syntax() + ".");
            }
        }
        Map<String, String> declared = inputs.of(draft);
        SqlFile file = file(draft, reads);
        List<String> time = columns(draft, Directive.TIME);
        return switch (draft.kind()) {
            case SOURCE -> Optional.of(new Relation.Source(file, declared, time));
            case FEATURE_VIEW -> view(draft, file, time);
            case MODEL -> new ModelDraft(draft, file, viewsAmong(reads), findings).model();
            case TEST -> Optional.empty();
            case CHECK ->
                Optional.of(new Relation.Check(
                        file,
                        header.value(Directive.SEVERITY)
                                .map(value -> DirectiveValue.severity(Kind.CHECK, value))
                                .orElse(Relation.Severity.ERROR)));
        };
    }

    private Optional<Relation> view(Draft draft, SqlFile file, List<String> time) {
        List<String> entity = columns(draft, Directive.ENTITY);
        if (entity.isEmpty()) {
            return Optional.empty();
        }
        ColumnRoles.keepApart(draft, entity, time, Optional.empty(), findings);
        FeatureView view = new FeatureView(file, entity, time);
        views.put(draft.name(), view);
        return Optional.of(view);
    }

    /** The feature views a model reads; empty elements are views that are wrong themselves. */
    private List<Optional<FeatureView>> viewsAmong(Set<Draft> reads) {
        return reads.stream()
                .filter(read -> read.kind() == Kind.FEATURE_VIEW)
                .map(read -> Optional.ofNullable(views.get(read.name())))
                .toList();
    }

    private SqlFile file(Draft draft, Set<Draft> reads) {
        Map<String, String> comments =
                new HashMap<>(ColumnComments.of(draft.header().description(), draft.text()));
        List<String> names = reads.stream().map(Draft::name).sorted().toList();
        names.forEach(name -> commented.getOrDefault(name, Map.of()).forEach(comments::putIfAbsent));
        commented.put(draft.name(), comments);
        return new SqlFile(
                draft.name(),
                draft.path(),
                draft.text().sql(),
                draft.header().description(),
                draft.header().directives(),
                names,
                draft.digest(),
                comments);
    }

    private static List<String> columns(Draft draft, Directive directive) {
        return draft.header().value(directive).map(DirectiveValue::columns).orElse(List.of());
    }
}
