package smew.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.duck.Duck;

/** Writes the model: what is learned, how, and what was assumed for it. */
final class ModelText {

    static final String HELD_OUT = "0.3";

    private ModelText() {}

    static String of(Blueprint plan) {
        Label label = plan.label();
        List<String> lines = new ArrayList<>();
        lines.add(plan.grain() + ": what will " + Said.plain(label.name())
                + " be? Learned from rows that have one, asked for any " + plan.who() + ".");
        lines.add("");
        lines.add("Assumed, and yours to change:");
        assumed(plan).forEach(line -> lines.add("  " + line));
        lines.add("");
        lines.addAll(directives(plan));
        List<String> items = new ArrayList<>();
        plan.keys().forEach(key -> items.add(plan.names().sql(key)));
        items.add(plan.names().sql(label.name()));
        plan.features().forEach(feature -> items.add(plan.names().sql(feature.name())));
        return Blueprint.comment(lines) + "\n" + Blueprint.list(items) + "FROM " + plan.view() + "\n";
    }

    private static List<String> assumed(Blueprint plan) {
        List<String> lines = new ArrayList<>();
        lines.add(Said.plain(plan.label().name()) + " is "
                + plan.label().described(plan.profile().rows()));
        lines.add(split(plan));
        if (plan.label().isRare()) {
            lines.add(
                    "the threshold is where F1 is best, because hardly any row is more likely positive than not; where the costs of"
                            + " errors");
            lines.add("  are known, say them: threshold cost fp=1 fn=10");
        }
        return lines;
    }

    /** How rows are held out, and why so. */
    static String split(Blueprint plan) {
        return plan.profile().repeats()
                ? "30 % of the values of " + plan.who()
                        + " are held out, each with all of its rows, so that none is learned by heart"
                : "30 % of rows are held out at random";
    }

    private static List<String> directives(Blueprint plan) {
        Label label = plan.label();
        List<String> lines = new ArrayList<>();
        lines.add(Blueprint.directive("label", List.of(label.name())));
        lines.add("@task " + (label.isNumber() ? "regression" : "classification"));
        positive(label).ifPresent(name -> lines.add("@positive " + name));
        lines.add("@algorithm random-forest");
        lines.add("@split " + (plan.profile().repeats() ? "entity " : "random ") + HELD_OUT);
        if (label.isRare()) {
            lines.add("@threshold f1");
        }
        lines.add("@missing median");
        lines.add("@seed 42");
        return lines;
    }

    private static Optional<String> positive(Label label) {
        return label.positive()
                .map(Label.ClassCount::name)
                .filter(name -> name.equals(Said.line(name)))
                .map(name -> name.strip().equals(name) && !name.matches("^['\"].*['\"]$") && !name.isEmpty()
                        ? name
                        : Duck.literal(name));
    }
}
