package smew.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lets contenders take turns (A B A B ...), so that whatever else the machine does falls on all of them.
 *
 * @param runs of each contender, after one that is not counted
 * @param log hears what goes on
 */
record Rounds(int runs, PrintStream log) {

    Rounds {
        if (runs < 1) {
            throw new IllegalArgumentException("Runs are " + runs + ", expected 1 or more.");
        }
    }

    /** Runs once and answers its figures, always as many and in the same order. */
    @FunctionalInterface
    interface Contender {
        double[] run() throws Exception;
    }

    /** Something to time. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /**
     * What one contender did.
     *
     * @param rounds the figures of each run
     */
    record Figures(List<double[]> rounds) {
        Series get(int figure) {
            return new Series(rounds.stream().map(figures -> figures[figure]).toList());
        }
    }

    /** Measures contenders; the answers are in their order. */
    List<Figures> of(String item, Contender... contenders) throws Exception {
        List<List<double[]>> figures = IntStream.range(0, contenders.length)
                .<List<double[]>>mapToObj(_ -> new ArrayList<>())
                .toList();
        for (int round = 0; round <= runs; round++) {
            log.println(item + ": " + (round == 0 ? "warm-up" : "run " + round + " of " + runs));
            for (int contender = 0; contender < contenders.length; contender++) {
                double[] measured = contenders[contender].run();
                if (round > 0) {
                    figures.get(contender).add(measured);
                }
            }
        }
        return figures.stream().map(Figures::new).toList();
    }

    /** The same with fewer runs, where a single one takes long. */
    Rounds atMost(int most) {
        return new Rounds(Math.min(runs, most), log);
    }

    /** Seconds of the wall clock and of all processors that some work of this process takes. */
    static double[] seconds(Work work) throws Exception {
        // What the contender before left behind is not this one's to clean up.
        System.gc();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = System.nanoTime();
        long busy = system.getProcessCpuTime();
        work.run();
        return new double[] {(System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - busy) / 1e9};
    }
}
