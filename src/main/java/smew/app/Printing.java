package smew.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import smew.app.Engine.AlgorithmLine;
import smew.app.Engine.ReleaseLine;
import smew.base.Json;
import smew.features.TestResult;
import smew.project.Leaks;
import smew.publish.Publication;
import smew.publish.Published;
import smew.release.InputChanges;
import smew.release.Manifest;

/** What commands print as their result: text for people, or one line of JSON. */
final class Printing {

    private Printing() {}

    static void run(PrintStream out, RunResult result, boolean json) {
        Manifest manifest = result.manifest();
        if (json) {
            out.println(Json.write(manifest));
            return;
        }
        out.println("release " + manifest.id() + "  as of " + manifest.asOf());
        for (Manifest.View view : manifest.views()) {
            out.println("  " + view.name() + ": " + count(view.rows()) + " rows, " + count(view.entities())
                    + " entities" + (view.ties() == 0 ? "" : ", " + count(view.ties()) + " ties"));
        }
        for (Manifest.Model model : manifest.models()) {
            ModelLines.of(model).forEach(line -> out.println("  " + line));
        }
        for (Manifest.Check check : manifest.checks()) {
            out.println("  " + check(check));
        }
        manifest.leaks().ifPresent(leaks -> LeakLines.of(leaks, false).forEach(line -> out.println("  " + line)));
        manifest.contract().ifPresent(contract -> changes(contract).forEach(line -> out.println("  " + line)));
        manifest.gate().ifPresent(gate -> gate(gate).forEach(line -> out.println("  " + line)));
        out.println("  " + result.place());
        result.example().ifPresent(out::println);
    }

    static void checks(PrintStream out, CheckResult result, boolean json) {
        if (json) {
            out.println(Json.write(new Checked(result.tests(), result.checks(), result.leaks(), result.contract())));
            return;
        }
        TestLines.of(result.tests()).forEach(out::println);
        result.checks().forEach(check -> out.println(check(check)));
        result.contract().ifPresent(contract -> changes(contract).forEach(out::println));
        result.leaks().ifPresent(leaks -> LeakLines.of(leaks, true).forEach(out::println));
    }

    /** What {@code check --json} prints. */
    private record Checked(
            List<TestResult> tests,
            List<Manifest.Check> checks,
            Optional<Leaks> leaks,
            Optional<InputChanges> contract) {}

    private static List<String> changes(InputChanges contract) {
        return contract.findings().stream()
                .map(change -> "input " + change.source() + " (" + change.severity()
                        + (contract.accepted() && change.severity().equals("error") ? ", accepted" : "") + "): "
                        + change.text())
                .toList();
    }

    static void tests(PrintStream out, List<TestResult> results, boolean json) {
        if (json) {
            out.println(Json.write(new Tested(results)));
        } else {
            TestLines.of(results).forEach(out::println);
        }
    }

    /** What {@code check --tests-only --json} prints. */
    private record Tested(List<TestResult> tests) {}

    static void releases(PrintStream out, List<ReleaseLine> releases, boolean json) {
        if (json) {
            out.println(Json.write(releases));
        } else if (!releases.isEmpty()) {
            new TextTable(
                            List.of("", "release", "created", "as of", "feature views", "models"),
                            List.of(false, false, false, false, false, false),
                            releases.stream().map(Printing::cells).toList())
                    .print(out);
        }
    }

    static void published(PrintStream out, Publication publication, boolean json) {
        switch (publication) {
            case Publication.Script script -> out.print(script.text());
            case Published published when json -> out.println(Json.write(published));
            case Published published -> {
                out.println("release " + published.release() + " in " + published.into());
                for (Published.Table table : published.tables()) {
                    out.println("  " + table.name() + ": " + count(table.rows()) + " rows, "
                            + table.change().name().toLowerCase(Locale.ROOT) + " from " + table.from());
                }
            }
        }
    }

    static void algorithms(PrintStream out, List<AlgorithmLine> algorithms, boolean json) {
        if (json) {
            out.println(Json.write(algorithms));
            return;
        }
        for (AlgorithmLine algorithm : algorithms) {
            out.println(
                    algorithm.name() + " (" + String.join(", ", algorithm.tasks()) + "): " + algorithm.description());
            for (AlgorithmLine.Parameter parameter : algorithm.parameters()) {
                out.println("  " + parameter.name() + "=" + parameter.defaultValue() + "  " + parameter.range() + "  "
                        + parameter.description());
            }
        }
    }

    private static List<String> cells(ReleaseLine release) {
        return List.of(
                release.current() ? "*" : release.held() ? "held" : "",
                release.id(),
                release.created().toString(),
                release.asOf().toString(),
                String.join(", ", release.views()),
                String.join(", ", release.models()));
    }

    private static List<String> gate(Manifest.Gate gate) {
        String head = gate.forced().map(reason -> "forced (" + reason + ")").orElse("held back");
        return gate.findings().stream()
                .map(finding -> head + ", " + finding.model() + ": " + finding.text() + ".")
                .toList();
    }

    private static String check(Manifest.Check check) {
        String outcome = check.failing() == 0
                ? "passed"
                : check.declared()
                        .flatMap(declared -> declared.found().map(found -> found + " (" + declared.where() + ")"))
                        .orElseGet(() -> count(check.failing()) + " failing rows");
        return check.name() + " (" + check.severity() + "): " + outcome;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
