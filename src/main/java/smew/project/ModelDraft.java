package smew.project;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import smew.project.Relation.FeatureView;

/**
 * A model under construction.
 *
 * @param views the feature views it reads; an empty element is one that is wrong itself
 */
record ModelDraft(Draft draft, SqlFile file, List<Optional<FeatureView>> views, Findings findings) {

    private static final Relation.Algorithm DEFAULT_ALGORITHM = new Relation.Algorithm("random-forest", Map.of());
    private static final long DEFAULT_SEED = 42;

    Optional<Relation> model() {
        List<String> entity = columns(Directive.ENTITY, FeatureView::entity);
        if (entity.isEmpty()) {
            reportNoEntity();
        }
        Optional<Relation> described = described(entity).map(model -> model);
        return entity.isEmpty() ? Optional.empty() : described;
    }

    /** The model of these directives; empty without a label. */
    Optional<Relation.Model> described(List<String> entity) {
        List<String> time = columns(Directive.TIME, FeatureView::time);
        Optional<String> label = value(Directive.LABEL, DirectiveValue::column);
        Optional<Relation.Task> task = value(Directive.TASK, value -> choice(Relation.Task.class, value));
        Optional<Relation.Split> split = value(Directive.SPLIT, DirectiveValue::split);
        if (split.filter(by -> by.by() == Relation.SplitBy.TIME).isPresent() && time.isEmpty()) {
            find(Directive.SPLIT, "A split by time needs an event time. Add " + Directive.TIME.syntax() + ".");
        }
        Optional<Calibrate> calibrate = value(Directive.CALIBRATE, Calibrate::of);
        Optional<ThresholdRule> threshold = value(Directive.THRESHOLD, ThresholdRule::of);
        boolean needsRows = threshold.filter(ThresholdRule::chosen).isPresent();
        if (!needsRows && calibrate.filter(Calibrate::onlySetsAside).isPresent()) {
            find(
                    Directive.CALIBRATE,
                    "Rows are set aside, and nothing learns from them. Leave the fraction out, or let a rule choose the"
                            + " threshold.");
        }
        task.filter(Relation.Task.REGRESSION::equals).ifPresent(regression -> reportClasses());
        ColumnRoles.keepApart(draft, entity, time, label, findings);
        ModelFeatures.check(
                draft,
                Stream.of(entity, time, label.stream().toList())
                        .flatMap(List::stream)
                        .toList(),
                findings);
        if (label.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Relation.Model(
                file,
                entity,
                time,
                label.get(),
                task,
                value(Directive.POSITIVE, DirectiveValue::unquoted),
                value(Directive.ALGORITHM, DirectiveValue::algorithm).orElse(DEFAULT_ALGORITHM),
                split,
                value(Directive.RESAMPLE, value -> choice(Relation.Resample.class, value))
                        .orElse(Relation.Resample.NONE),
                value(Directive.MISSING, value -> choice(Relation.Missing.class, value))
                        .orElse(Relation.Missing.MEDIAN),
                value(Directive.SEED, DirectiveValue::whole).orElse(DEFAULT_SEED),
                calibrate,
                threshold));
    }

    /** Declared, or inherited from the one feature view that is read. */
    private List<String> columns(Directive directive, Function<FeatureView, List<String>> inherited) {
        return value(directive, DirectiveValue::columns)
                .or(() -> views.size() == 1 ? views.getFirst().map(inherited) : Optional.empty())
                .orElse(List.of());
    }

    private void reportNoEntity() {
        boolean saidElsewhere = draft.header().written().contains(Directive.ENTITY)
                || draft.parsed().isEmpty()
                || views.stream().anyMatch(Optional::isEmpty);
        if (!saidElsewhere) {
            String names = views.stream()
                    .flatMap(Optional::stream)
                    .map(FeatureView::name)
                    .collect(Collectors.joining(", "));
            String found = views.isEmpty() ? "reads no feature view" : "reads several feature views (" + names + ")";
            findings.add(
                    draft.path(),
                    1,
                    "The model " + found + ", so its entity cannot be inherited. Add a line -- "
                            + Directive.ENTITY.syntax() + ".");
        }
    }

    private void reportClasses() {
        reportClasses(Directive.POSITIVE, "names a class");
        reportClasses(Directive.RESAMPLE, "balances classes");
        reportClasses(Directive.CALIBRATE, "corrects the probabilities of classes");
        reportClasses(Directive.THRESHOLD, "decides between classes");
    }

    private void reportClasses(Directive directive, String does) {
        if (draft.header()
                .value(directive)
                .filter(value -> directive == Directive.POSITIVE || !value.equals("none"))
                .isPresent()) {
            find(
                    directive,
                    "@" + directive.key() + " " + does + ", and a regression has none. Remove one of the two lines.");
        }
    }

    private void find(Directive directive, String detail) {
        findings.add(draft.path(), draft.header().line(directive), detail);
    }

    private <T> Optional<T> value(Directive directive, Function<String, T> reader) {
        return draft.header().value(directive).map(reader);
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String value) {
        return DirectiveValue.choice(type, value);
    }
}
