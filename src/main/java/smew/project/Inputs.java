package smew.project;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import smew.base.Near;
import smew.project.SqlFile.DirectiveLine;
import smew.project.SqlTree.Mention;

/** The variables of a project: each is declared by a source, and one name means one thing everywhere. */
final class Inputs {

    private static final String AS_OF = "as_of";

    private record Declared(String value, String where) {}

    private final Map<String, Declared> project = new HashMap<>();
    private final Findings findings;

    Inputs(Findings findings) {
        this.findings = findings;
    }

    /** The inputs a file declares, in file order; it must read each, and no others. */
    Map<String, String> of(Draft draft) {
        Map<String, String> inputs = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (DirectiveLine line : draft.header().directives()) {
            if (line.directive() == Directive.INPUT) {
                Map.Entry<String, String> input = DirectiveValue.input(line.value());
                Integer before = lines.putIfAbsent(key(input.getKey()), line.line());
                if (before != null) {
                    findings.add(
                            draft.path(),
                            line.line(),
                            "@input " + input.getKey() + " stands on line " + before
                                    + " already. Keep one of them, or list several files with a glob.");
                } else {
                    inputs.put(input.getKey(), input.getValue());
                    declare(draft, input, line.line());
                }
            }
        }
        checkReads(draft, lines);
        return inputs;
    }

    private void declare(Draft draft, Map.Entry<String, String> input, int line) {
        Declared declared = new Declared(input.getValue(), draft.path() + ":" + line);
        Declared first = project.putIfAbsent(key(input.getKey()), declared);
        if (first != null && !first.value().equals(input.getValue())) {
            findings.add(
                    draft.path(),
                    line,
                    "@input " + input.getKey() + " is '" + input.getValue() + "' here and '" + first.value() + "' at "
                            + first.where() + ". One variable has one value: rename one of them.");
        }
    }

    private void checkReads(Draft draft, Map<String, Integer> lines) {
        // A directive that is wrong or a file that does not parse would only repeat itself here.
        boolean complete = draft.parsed().isPresent()
                && lines.isEmpty() != draft.header().written().contains(Directive.INPUT);
        if (!complete) {
            return;
        }
        List<String> known = new ArrayList<>(lines.keySet());
        known.add(AS_OF);
        for (Mention variable : draft.tree().variables()) {
            if (!known.contains(key(variable.name()))) {
                String advice = draft.kind() == Kind.SOURCE
                        ? " Declare it: -- @input " + variable.name() + " = PATH."
                        : " Inputs are read by sources.";
                findings.add(
                        draft.path(),
                        variable.place(),
                        "Reads the variable " + variable.name() + ", which this file does not declare."
                                + Near.hint(variable.name(), known) + advice);
            }
        }
        lines.forEach((name, line) -> {
            boolean read = draft.tree().variables().stream()
                    .anyMatch(variable -> key(variable.name()).equals(name));
            if (!read) {
                findings.add(
                        draft.path(),
                        line,
                        "@input " + name + " is never read. Use getvariable('" + name
                                + "') in the SQL, or remove the line.");
            }
        });
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
