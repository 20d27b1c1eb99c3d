package smew.learn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.base.SmewException;

/**
 * One comparison: fold by fold, each candidate is fitted on the other folds and measured on that one. A candidate that fails is left
 * out, one without hope is stopped. The same on any number of threads.
 */
final class Race {

    private static final Logger LOG = System.getLogger("smew.learn");

    private final Fitting fitting;
    private final CardDraft cards;
    private final Measure measure;

    Race(Fitting fitting, Holdout holdout, Measure measure) {
        this.fitting = fitting;
        this.cards = CardDraft.passing(fitting, holdout);
        this.measure = measure;
    }

    /** Runs all candidates over all folds; the answers are in the order of the candidates. */
    List<Entrant> run(List<Candidate> candidates, Folds folds, Progress progress) {
        List<Entrant> entrants = candidates.stream().map(Entrant::new).toList();
        for (int turn = 0; turn < folds.all().size(); turn++) {
            long running = entrants.stream().filter(Entrant::running).count();
            String name = String.format(
                    Locale.ROOT,
                    "comparing %d candidates for %s, fold %d of %d",
                    running,
                    fitting.definition().name(),
                    turn + 1,
                    folds.all().size());
            try (Progress.Step step = progress.start(name)) {
                Folds.Fold fold = folds.all().get(turn);
                entrants = stopHopeless(measured(entrants, fold, step));
                step.result(result(entrants, fold));
            }
        }
        return entrants;
    }

    private List<Entrant> measured(List<Entrant> entrants, Folds.Fold fold, Progress.Step step) {
        TrainingRows rows = fitting.prepared(fold.training());
        AtomicInteger done = new AtomicInteger();
        Entrant[] measured = entrants.toArray(Entrant[]::new);
        IntStream.range(0, measured.length)
                .parallel()
                .filter(i -> measured[i].running())
                .forEach(i -> {
                    measured[i] = measured(measured[i], rows, fold);
                    step.done((double) done.incrementAndGet() / measured.length);
                });
        return List.of(measured);
    }

    private Entrant measured(Entrant entrant, TrainingRows rows, Folds.Fold fold) {
        try {
            Fitting.Fitted fitted = fitting.fit(entrant.candidate().chosen(), rows, Progress.NONE.start("candidate"));
            double figure = measure.of(cards.predictor(fitted), fold.heldOut());
            return Double.isFinite(figure)
                    ? entrant.with(figure)
                    : entrant.failed("its " + measure.metric() + " is no number");
        } catch (SmewException refused) {
            return entrant.failed(refused.getMessage());
        } catch (RuntimeException broken) {
            // Whatever an algorithm cannot bear in these rows, the others may.
            LOG.log(Level.WARNING, "Candidate " + entrant.candidate().shown() + " failed.", broken);
            return entrant.failed("it failed: " + broken);
        }
    }

    private List<Entrant> stopHopeless(List<Entrant> entrants) {
        Optional<Entrant> leader = best(entrants);
        List<Entrant> next = new ArrayList<>();
        for (Entrant entrant : entrants) {
            boolean stop = entrant.running()
                    && leader.filter(ahead -> entrant.hopelessBehind(ahead, measure))
                            .isPresent();
            next.add(stop ? entrant.stopped() : entrant);
        }
        return next;
    }

    /** The best mean of those that still run, the simpler of equals. */
    Optional<Entrant> best(List<Entrant> entrants) {
        return entrants.stream()
                .filter(Entrant::running)
                .min(Comparator.comparingDouble((Entrant entrant) -> measure.worse(entrant.mean(), 0))
                        .thenComparing(Entrant::candidate, Candidate.SIMPLEST_FIRST));
    }

    private String result(List<Entrant> entrants, Folds.Fold fold) {
        String rows = String.format(Locale.ROOT, "%,d rows", fold.training().length + fold.heldOut().length);
        long hopeless = entrants.stream().filter(Entrant::hopeless).count();
        return best(entrants)
                        .map(ahead -> String.format(
                                Locale.ROOT,
                                "%s, best so far %s with %s %.4g",
                                rows,
                                ahead.candidate().chosen().algorithm().name(),
                                measure.metric(),
                                ahead.mean()))
                        .orElse(rows)
                + (hopeless == 0 ? "" : ", " + hopeless + " without hope");
    }
}
