package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.base.Progress;
import smew.release.RunRecord;

/** Notes when each step began and how long it took, and tells everything on. */
final class StepTimes implements Progress {

    /** More than a project of a hundred views and checks has. */
    private static final int NOTED = 1000;

    private final Progress told;
    private final long start = System.nanoTime();
    private final List<Noted> steps = new ArrayList<>();

    StepTimes(Progress told) {
        this.told = told;
    }

    @Override
    public Step start(String name) {
        Noted step = new Noted(name, told.start(name), seconds());
        synchronized (steps) {
            if (steps.size() < NOTED) {
                steps.add(step);
            }
        }
        return step;
    }

    /** Since the first step could begin. */
    double seconds() {
        return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
    }

    /** In the order in which they began; one that has not ended took until now. */
    List<RunRecord.Step> noted() {
        synchronized (steps) {
            return steps.stream().map(Noted::record).toList();
        }
    }

    private final class Noted implements Step {

        private final String name;
        private final Step step;
        private final double began;
        private volatile Optional<Double> ended = Optional.empty();
        private volatile Optional<String> result = Optional.empty();

        Noted(String name, Step step, double began) {
            this.name = name;
            this.step = step;
            this.began = began;
        }

        @Override
        public void done(double fraction) {
            step.done(fraction);
        }

        @Override
        public void result(String text) {
            result = Optional.of(text);
            step.result(text);
        }

        @Override
        public void close() {
            if (ended.isEmpty()) {
                ended = Optional.of(seconds());
            }
            step.close();
        }

        RunRecord.Step record() {
            return new RunRecord.Step(
                    name, began, Math.round((ended.orElseGet(StepTimes.this::seconds) - began) * 1e3) / 1e3, result);
        }
    }
}
