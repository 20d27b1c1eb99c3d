package smew.app;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.InteractiveConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;
import smew.base.Progress;

/** One bar for each step under way, each on its own line. */
record TerminalProgress(PrintStream err) implements Progress {

    private static final int PARTS = 1_000;
    private static final int BAR_COLUMNS = 16;
    private static final int NAME_COLUMNS = 24;
    private static final int SCREEN_COLUMNS = 79;

    @Override
    public Step start(String name) {
        return new Bar(new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(PARTS)
                .setUpdateIntervalMillis(100)
                .setRenderer(new Renderer())
                // A width given here keeps the library from opening the terminal with jline to ask for it.
                .setConsumer(new InteractiveConsoleProgressBarConsumer(err, SCREEN_COLUMNS))
                .build());
    }

    private static final class Bar implements Step {

        private final ProgressBar bar;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Bar(ProgressBar bar) {
            this.bar = bar;
        }

        @Override
        public void done(double fraction) {
            bar.stepTo(Math.clamp(Math.round(fraction * PARTS), 0, PARTS));
        }

        @Override
        public void result(String text) {
            bar.setExtraMessage(text);
        }

        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                bar.stepTo(PARTS);
                bar.close();
            }
        }
    }

    /** {@code credit_history   ######------   50%   0.6 s}; the percentage gives way to the figures of the end. */
    private static final class Renderer implements ProgressBarRenderer {
        @Override
        public String render(ProgressState state, int columns) {
            double fraction = (double) state.getCurrent() / PARTS;
            int filled = (int) Math.round(fraction * BAR_COLUMNS);
            String bar = "#".repeat(filled) + "-".repeat(BAR_COLUMNS - filled);
            String name = state.getTaskName();
            String padded = name + " ".repeat(Math.max(1, NAME_COLUMNS - name.length()));
            Duration took = state.getElapsedAfterStart();
            String tail = PlainProgress.ended(
                    String.format("%3d%%", Math.round(fraction * 100)),
                    state.getExtraMessage().strip(),
                    took);
            String line = padded + bar + " " + tail;
            return line + " ".repeat(Math.max(0, columns - line.length()));
        }
    }
}
