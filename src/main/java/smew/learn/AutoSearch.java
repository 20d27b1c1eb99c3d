package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Column;
import smew.model.Search;
import smew.project.Directive;
import smew.project.Relation;

/**
 * {@code @algorithm auto}: compares algorithms and parameters by cross-validation on training rows, and takes the simplest within
 * one standard error of the best. Where all rows cost more than the budget, all candidates are compared on a sample of whole
 * entities, and the best of them again on as many rows as the rest of the budget allows. The budget is counted by
 * {@link Effort}, so that the choice depends on nothing but rows, directives and seed.
 */
final class AutoSearch {

    /** What the comparison of all candidates may cost where a second one follows. */
    private static final double FIRST = 1.0 / 3;

    /** How many go on to more rows, besides the simplest that is as good as the best. */
    private static final int FINALISTS = 4;

    /** How many times more rows are worth a second comparison. */
    private static final double WORTHWHILE = 1.5;

    private static final int LEAST_ROWS = 2_000;
    private static final int LEAST_OF_A_CLASS = 50;

    private final Fitting fitting;
    private final Holdout holdout;
    private final double budget;
    private final int count;
    private final int width;
    private final int inputs;
    private final int[] perClass;

    /** What was found. */
    record Found(Chosen chosen, Search search) {}

    AutoSearch(Fitting fitting, Holdout holdout, Chosen asked) {
        this.fitting = fitting;
        this.holdout = holdout;
        this.budget = asked.number(Algorithms.BUDGET);
        this.count = asked.integer(Algorithms.FOLDS);
        List<Column> columns = Inputs.columns(fitting.definition(), fitting.table());
        this.inputs = columns.size();
        this.width = columns.stream()
                .mapToInt(column -> column instanceof Column.Texts texts
                        ? Math.min(Inputs.LEVELS, texts.dictionary().length) + 2
                        : 1)
                .sum();
        this.perClass = new int[Math.max(1, fitting.target().classCount())];
        for (int r : holdout.training()) {
            perClass[fitting.target().classCount() == 0 ? 0 : fitting.target().codes()[r]]++;
        }
    }

    /**
     * Searches.
     *
     * @throws SmewException DATA where the training rows cannot be parted, or every candidate fails on them
     */
    Found run(Progress progress) {
        List<Candidate> candidates =
                Candidate.all(fitting.target().task(), fitting.definition().resample());
        List<Candidate> affordable = affordable(candidates);
        int all = holdout.training().length;
        boolean enough = cost(affordable, all) <= budget;
        Comparison first = compare(affordable, enough ? all : most(affordable, budget * FIRST), progress);
        List<Comparison> comparisons = new ArrayList<>(List.of(first));
        List<Candidate> finalists = finalists(first);
        double left = budget - first.spent();
        int more = enough || finalists.size() < 2 ? 0 : most(finalists, left);
        if (more >= Math.min(all, WORTHWHILE * first.rows()) && cost(finalists, more) <= left) {
            comparisons.addFirst(compare(finalists, more, progress));
        }
        return found(candidates, affordable, comparisons);
    }

    /**
     * One comparison of candidates on some rows.
     *
     * @param rows how many
     */
    private record Comparison(Race race, Measure measure, int rows, int folds, List<Entrant> entrants, double spent) {

        /** The simplest within one standard error of the best. */
        Candidate choice() {
            Entrant best = race.best(entrants).orElseThrow();
            return entrants.stream()
                    .filter(Entrant::running)
                    .filter(entrant -> measure.worse(entrant.mean(), best.mean()) <= best.standardError())
                    .map(Entrant::candidate)
                    .min(Candidate.SIMPLEST_FIRST)
                    .orElseThrow();
        }

        /** Those with figures, the best first, stopped ones last. */
        List<Entrant> ranked() {
            return entrants.stream()
                    .filter(entrant -> entrant.failure().isEmpty())
                    .sorted(Comparator.comparing((Entrant entrant) -> entrant.figures().length < folds)
                            .thenComparingDouble(entrant -> measure.worse(entrant.mean(), 0))
                            .thenComparing(Entrant::candidate, Candidate.SIMPLEST_FIRST))
                    .toList();
        }
    }

    private Comparison compare(List<Candidate> candidates, int rows, Progress progress) {
        int[] sample = Folds.sample(fitting, holdout, rows);
        Folds folds = Folds.of(fitting, holdout, sample, count, Directive.ALGORITHM);
        Measure measure = Measure.of(fitting);
        if (measure.needsEveryClass()) {
            List<Folds.Fold> whole = folds.all().stream()
                    .filter(fold -> fitting.target().holdsEveryClass(fold.heldOut()))
                    .toList();
            measure = whole.size() < 2 ? Measure.defined(fitting) : measure;
            folds = whole.size() < 2 ? folds : new Folds(whole);
        }
        Race race = new Race(fitting, holdout, measure);
        List<Entrant> entrants = race.run(candidates, folds, progress);
        if (race.best(entrants).isEmpty()) {
            throw SmewException.at(
                    Fault.DATA,
                    fitting.definition().file().where(Directive.ALGORITHM),
                    "Comparing algorithms for model " + fitting.definition().name() + " ("
                            + fitting.definition().file().where(Directive.ALGORITHM) + "): every candidate failed. "
                            + entrants.stream()
                                    .flatMap(entrant -> entrant.failure().stream()
                                            .map(reason -> entrant.candidate()
                                                            .chosen()
                                                            .algorithm()
                                                            .name() + ": " + reason))
                                    .distinct()
                                    .limit(3)
                                    .collect(Collectors.joining(" ")));
        }
        double spent = entrants.stream()
                .mapToDouble(entrant -> entrant.figures().length * cost(entrant.candidate(), sample.length))
                .sum();
        return new Comparison(race, measure, sample.length, folds.all().size(), entrants, spent);
    }

    private List<Candidate> finalists(Comparison first) {
        return Stream.concat(
                        Stream.of(first.choice()),
                        first.ranked().stream()
                                .filter(Entrant::running)
                                .limit(FINALISTS)
                                .map(Entrant::candidate))
                .distinct()
                .sorted(Candidate.SIMPLEST_FIRST)
                .toList();
    }

    private Found found(List<Candidate> candidates, List<Candidate> affordable, List<Comparison> comparisons) {
        Comparison last = comparisons.getFirst();
        Candidate choice = last.choice();
        List<Search.Entry> leaderboard = new ArrayList<>();
        List<Candidate> listed = new ArrayList<>();
        List<Search.LeftOut> leftOut = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            for (Entrant entrant : comparison.ranked()) {
                if (!listed.contains(entrant.candidate())) {
                    listed.add(entrant.candidate());
                    leaderboard.add(
                            entrant.entry(comparison.rows(), entrant.candidate().equals(choice)));
                }
            }
        }
        for (Entrant entrant : comparisons.getLast().entrants()) {
            entrant.failure()
                    .ifPresent(reason ->
                            leftOut.add(new Search.LeftOut(entrant.candidate().shown(), reason)));
        }
        candidates.stream()
                .filter(candidate -> !affordable.contains(candidate))
                .forEach(candidate -> leftOut.add(new Search.LeftOut(
                        candidate.shown(), "the time budget is too small to compare it on enough rows")));
        return new Found(
                choice.chosen(),
                new Search(
                        last.measure().metric(),
                        last.measure().higherIsBetter(),
                        last.folds(),
                        last.rows(),
                        affordable.size() == candidates.size(),
                        leaderboard,
                        leftOut));
    }

    /** Candidates that the budget allows on the fewest rows that tell anything: the cheapest, and one at least. */
    private List<Candidate> affordable(List<Candidate> candidates) {
        int least = least();
        List<Candidate> affordable = new ArrayList<>();
        double spent = 0;
        for (Candidate candidate : candidates.stream()
                .sorted(Comparator.comparingDouble(candidate -> cost(candidate, least)))
                .toList()) {
            spent += count * cost(candidate, least);
            if (spent <= budget || affordable.isEmpty()) {
                affordable.add(candidate);
            }
        }
        affordable.sort(Candidate.SIMPLEST_FIRST);
        return affordable;
    }

    /** The fewest rows that tell anything: so many that there are some of the rarest class in every fold. */
    private int least() {
        int training = holdout.training().length;
        int rarest = Arrays.stream(perClass).min().orElse(training);
        double rows = Math.max(LEAST_ROWS, LEAST_OF_A_CLASS * (double) training / Math.max(1, rarest));
        return (int) Math.min(training, rows);
    }

    /** The most rows that all of these can be compared on. */
    private int most(List<Candidate> candidates, double limit) {
        int low = least();
        int high = holdout.training().length;
        while (low < high) {
            int middle = (int) (((long) low + high + 1) / 2);
            if (cost(candidates, middle) <= limit) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private double cost(List<Candidate> candidates, int rows) {
        return candidates.stream()
                .mapToDouble(candidate -> count * cost(candidate, rows))
                .sum();
    }

    /** Of one fold. */
    private double cost(Candidate candidate, int rows) {
        double learned = (double) rows * (count - 1) / count;
        double fitted = learned * growth();
        return new Effort(
                        new Learner.Extent(
                                (int) Math.ceil(fitted),
                                inputs,
                                fitting.target().classCount()),
                        width)
                .of(candidate.chosen());
    }

    /** By how much SMOTE makes the rows more. */
    private double growth() {
        int most = Arrays.stream(perClass).max().orElse(0);
        return fitting.definition().resample() == Relation.Resample.SMOTE
                ? (double) most * perClass.length / holdout.training().length
                : 1;
    }
}
