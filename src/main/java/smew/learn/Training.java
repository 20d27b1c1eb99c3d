package smew.learn;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.base.Version;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Audit;
import smew.model.Card;
import smew.model.CardFile;
import smew.model.Metrics;
import smew.model.Predictor;
import smew.project.Directive;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Relation;

/** Learns a model from the rows of its SELECT: split, replacement of nulls, resampling, fit, evaluation, artefact and card. */
public final class Training {

    /** Leaks that the rows of a model are searched for. */
    public static final Set<LeakKind> LEAK_KINDS = Set.of(
            LeakKind.SEPARATION, LeakKind.LABEL_COPY, LeakKind.ID, LeakKind.SHARED_ENTITIES, LeakKind.DUPLICATES);

    private final Relation.Model definition;
    private final Table table;
    private final BitSet heldOut;
    private final long seed;

    private Training(Relation.Model definition, Table table, BitSet heldOut, long seed) {
        this.definition = definition;
        this.table = table;
        this.heldOut = heldOut;
        this.seed = seed;
    }

    /**
     * Refuses what is wrong with a model's directives before any row was read.
     *
     * @throws SmewException CONFIGURATION, with file and line
     */
    public static void check(Relation.Model definition) {
        Chosen.of(definition);
    }

    /**
     * What a training goes by besides rows and directives.
     *
     * @param seed instead of {@code @seed}
     * @param leakTests whether the rows are searched for leaks, which takes about as long as training
     * @param previous the model that this one would replace
     */
    public record Terms(LocalDate asOf, OptionalLong seed, boolean leakTests, Optional<Previous> previous) {

        /** Without leak tests, and with nothing to compare with. */
        public static Terms of(LocalDate asOf) {
            return new Terms(asOf, OptionalLong.empty(), false, Optional.empty());
        }

        /** The same with leak tests. */
        public Terms tested() {
            return new Terms(asOf, seed, true, previous);
        }
    }

    /**
     * Trains a model and writes artefact and {@code card.json} into a directory. The same rows in any order, the same
     * definition, as-of and seed write the same bytes. Rows in the order of entity, event time and then all other columns
     * save the sorting.
     *
     * @param rows all rows of the model's SELECT
     * @param directory of this model, made if missing
     * @throws SmewException DATA or CONFIGURATION, naming the model's file and what about its rows or directives is wrong
     */
    public static Card fit(Relation.Model definition, Table rows, Terms terms, Path directory, Progress progress) {
        return fit(definition, rows, new BitSet(), terms, directory, progress);
    }

    /**
     * The same where the rows to evaluate on came as a set of their own, and no split is made.
     *
     * @param rows of both sets
     * @param heldOut the rows to evaluate on; empty: the model's split chooses them
     */
    public static Card fit(
            Relation.Model definition, Table rows, BitSet heldOut, Terms terms, Path directory, Progress progress) {
        Training training = new Training(definition, rows, heldOut, terms.seed().orElse(definition.seed()));
        Trained trained = training.run(terms, directory, progress);
        Card card = terms.leakTests() ? trained.card().with(trained.audit(progress)) : trained.card();
        CardFile.write(directory, card);
        return card;
    }

    /**
     * A model and what it was made of.
     *
     * @param chosen before the data resolved it
     */
    private record Trained(Card card, Chosen chosen, Fitting fitting, Holdout holdout) {

        Audit audit(Progress progress) {
            Relation.Model definition = fitting.definition();
            try (Progress.Step step = progress.start("leak tests of " + definition.name())) {
                List<Leak> leaks = new LeakTests(fitting, holdout)
                        .run(card.inputs()).stream()
                                .map(suspicion -> suspicion.judged(definition))
                                .toList();
                Optional<Audit.Careless> careless = Careless.of(fitting, chosen, holdout, step);
                step.result(leaks.isEmpty() ? "nothing found" : leaks.size() + " found");
                return new Audit(leaks, careless);
            }
        }
    }

    private Trained run(Terms terms, Path directory, Progress progress) {
        Chosen asked = Chosen.of(definition);
        Inputs.columns(definition, table);
        List<String> first = new ArrayList<>(definition.entity());
        first.addAll(definition.time());
        int[] order = Order.of(table, first);
        Fitting fitting = new Fitting(definition, table, Target.of(definition, label(), order), seed);
        asked.require(definition, fitting.target().task());
        Deciding deciding = new Deciding(fitting);
        Holdout holdout = deciding.aside(
                heldOut.isEmpty()
                        ? Holdout.of(definition, table, fitting.target(), seed)
                        : Holdout.given(definition, fitting.target(), heldOut));
        CardDraft cards = new CardDraft(
                fitting,
                holdout,
                new Card.Provenance(
                        definition.file().digest(),
                        RowsDigest.of(table, order, heldOut),
                        terms.asOf(),
                        Version.SMEW,
                        Version.SMILE));
        Optional<AutoSearch.Found> found =
                asked.isAuto() ? Optional.of(new AutoSearch(fitting, holdout, asked).run(progress)) : Optional.empty();
        Chosen chosen = found.map(AutoSearch.Found::chosen).orElse(asked);
        try (Progress.Step step = progress.start("training " + definition.name())) {
            Fitting.Fitted fitted = fitting.fit(chosen, holdout.training(), step);
            Predictor grown = cards.predictor(fitted);
            Predictor predictor = deciding.decide(holdout, grown.with(cards.of(fitted, grown.write(directory))));
            Metrics metrics = new Evaluation(fitting, holdout).of(predictor, terms.previous());
            OptionalInt folds = definition.folds();
            Card evaluated = predictor
                    .card()
                    .with(
                            folds.isEmpty()
                                    ? metrics
                                    : metrics.with(new CrossValidating(fitting, holdout, chosen, deciding)
                                            .of(folds.getAsInt(), progress)));
            deciding.warn(evaluated);
            Card card = found.map(AutoSearch.Found::search).map(evaluated::with).orElse(evaluated);
            step.result((asked.isAuto() ? chosen.algorithm().name() + " on " : "")
                    + String.format(Locale.ROOT, "%,d rows", holdout.training().length)
                    + Deciding.words(card));
            Card known = card.with(Insights.of(fitting, holdout, predictor, progress))
                    .with(Spread.of(fitting, holdout, predictor));
            return new Trained(known, chosen, fitting, holdout);
        }
    }

    private Column label() {
        return table.column(definition.label())
                .orElseThrow(() -> SmewException.at(
                        Fault.CONFIGURATION,
                        definition.file().where(Directive.LABEL),
                        definition.file().where(Directive.LABEL) + ": the SELECT has no column " + definition.label()
                                + ", which is declared as label."
                                + smew.base.Near.hint(definition.label(), table.names())));
    }
}
