package smew.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import smew.app.Plan.Action;
import smew.app.Plan.Difference;
import smew.app.Plan.Step;
import smew.base.Json;
import smew.features.Reason;

/** What a person reads of a plan. */
record PlanText(Plan plan) {

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(Json.write(plan));
            return;
        }
        out.println("as of " + plan.asOf()
                + plan.release().map(release -> ", against release " + release).orElse(", without a release"));
        int kinds = width(plan.steps().stream().map(Step::kind).toList());
        int names = width(plan.steps().stream().map(Step::name).toList());
        for (Step step : plan.steps()) {
            out.println("  " + padded(step.kind(), kinds) + "  " + padded(step.name(), names) + "  "
                    + padded(step.action().word(), Action.REUSE.word().length()) + "  " + why(step));
        }
        plan.gone().forEach(name -> out.println("  " + name + " is gone"));
        if (plan.release().isPresent() && plan.steps().stream().allMatch(PlanText::isIdle)) {
            out.println("Nothing changed: a run trains the same models on the same rows.");
        }
        plan.differences().ifPresent(found -> differences(out, found));
    }

    private static boolean isIdle(Step step) {
        return step.reasons().isEmpty() && step.note().startsWith("unchanged");
    }

    private static String why(Step step) {
        return step.reasons().isEmpty()
                ? step.note()
                : step.reasons().stream().map(Reason::text).collect(Collectors.joining("; "));
    }

    private void differences(PrintStream out, List<Difference> found) {
        out.println(
                plan.release().isEmpty()
                        ? "A run gives:"
                        : found.isEmpty()
                                ? "A run gives what the release has: the same rows, columns, figures and checks."
                                : "A run gives, and the release has:");
        int places = width(found.stream().map(PlanText::place).toList());
        for (Difference difference : found) {
            out.println("  " + padded(place(difference), places) + "  "
                    + difference.now().orElse("none")
                    + difference.before().map(before -> ", not " + before).orElse("")
                    + (difference.before().isEmpty() && plan.release().isPresent() ? ", new" : "")
                    + by(difference));
        }
    }

    private static String place(Difference difference) {
        return difference.of() + " " + difference.what();
    }

    /** The distance of two numbers. */
    private static String by(Difference difference) {
        Optional<Double> before = difference.before().flatMap(PlanText::number);
        Optional<Double> now = difference.now().flatMap(PlanText::number);
        if (before.isEmpty() || now.isEmpty()) {
            return "";
        }
        double distance = now.get() - before.get();
        boolean whole = distance == Math.rint(distance);
        return String.format(Locale.ROOT, whole ? " (%+,.0f)" : " (%+.4f)", distance);
    }

    private static Optional<Double> number(String text) {
        return text.matches("-?[0-9][0-9,]*(\\.[0-9]+)?")
                ? Optional.of(Double.parseDouble(text.replace(",", "")))
                : Optional.empty();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
