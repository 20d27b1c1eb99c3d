package smew.app;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import smew.app.Plan.Difference;
import smew.app.WatchTurn.Ran;
import smew.base.Json;
import smew.features.LiveRows;

/** What a person reads after each save. */
record WatchText(PrintStream out, Clock clock, boolean json) implements WatchListener {

    private static final int SHOWN = 40;

    @Override
    public void ended(WatchTurn turn, Map<String, LiveRows> seen) {
        if (json) {
            out.println(Json.write(turn));
        } else {
            text(turn);
        }
        out.flush();
    }

    private void text(WatchTurn turn) {
        LocalTime time =
                LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        String what = turn.changed().isEmpty() ? "first run" : String.join(", ", turn.changed()) + " changed";
        out.println(String.format(Locale.ROOT, "%s  %s: %s in %.2f s", time, what, summary(turn), turn.seconds()));
        for (Ran ran : turn.relations()) {
            if (!ran.kind().equals("test")) {
                relation(ran, turn.changed().isEmpty());
            }
        }
        turn.problems().forEach(problem -> out.println("  " + problem));
        if (turn.problems().isEmpty()) {
            out.println("  no problem");
        }
    }

    private static String summary(WatchTurn turn) {
        long tests = turn.relations().stream()
                .filter(ran -> ran.kind().equals("test"))
                .count();
        long passed = turn.relations().stream()
                .filter(ran -> ran.kind().equals("test") && ran.made())
                .count();
        long relations = turn.relations().size() - tests;
        String run = relations == 0 ? "nothing to run" : relations + (relations == 1 ? " relation" : " relations");
        return run + (tests == 0 ? "" : ", " + passed + " of " + tests + (tests == 1 ? " test" : " tests") + " passed");
    }

    private void relation(Ran ran, boolean first) {
        String rows = !ran.made()
                ? "not made"
                : String.format(Locale.ROOT, "%,d %s", ran.rows(), ran.kind().equals("check") ? "failing" : "rows");
        String difference = first || !ran.made() || ran.kind().equals("check")
                ? ""
                : ran.differences().isEmpty() ? ", as before" : "";
        out.println(String.format(
                Locale.ROOT, "  %s %s  %s%s, %.2f s", ran.kind(), ran.name(), rows, difference, ran.seconds()));
        List<String> lines = ran.differences().stream()
                .filter(found -> !ran.kind().equals("check"))
                .map(WatchText::line)
                .toList();
        lines.stream().limit(SHOWN).forEach(line -> out.println("    " + line));
        if (lines.size() > SHOWN) {
            out.println("    and " + (lines.size() - SHOWN) + " more");
        }
    }

    private static String line(Difference difference) {
        return difference.what() + ": "
                + difference
                        .now()
                        .map(now -> now
                                + difference
                                        .before()
                                        .map(before -> ", was " + before)
                                        .orElse(", new"))
                        .orElse("gone");
    }
}
