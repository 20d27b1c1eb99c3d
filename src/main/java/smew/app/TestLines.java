package smew.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.features.TestResult;

/** What tests of SQL gave, in words. */
final class TestLines {

    private TestLines() {}

    /** One line each, then how many passed; nothing where there are none. */
    static List<String> of(List<TestResult> results) {
        List<String> lines = new ArrayList<>();
        for (TestResult result : results) {
            lines.add("test " + result.name() + ": " + (result.passed() ? "passed" : "failed")
                    + String.format(Locale.ROOT, ", %.1f ms", result.milliseconds()));
        }
        if (!results.isEmpty()) {
            long passed = results.stream().filter(TestResult::passed).count();
            lines.add(
                    passed == results.size()
                            ? tests(passed) + " passed"
                            : passed + " of " + results.size() + " tests passed");
        }
        return lines;
    }

    private static String tests(long count) {
        return count + (count == 1 ? " test" : " tests");
    }

    /**
     * Refuses to go on where one failed.
     *
     * @throws SmewException DATA, with all that failed together
     */
    static void require(List<TestResult> results) {
        List<Problem> problems = problems(results);
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Testing", problems);
        }
    }

    /** Each that failed, with the rows in which it did. */
    static List<Problem> problems(List<TestResult> results) {
        return results.stream()
                .flatMap(result -> result.failure().stream())
                .map(failure -> new Problem(failure.where(), failure.text() + table(failure)))
                .toList();
    }

    /** Rows in aligned columns, further in than the lines of a list of problems. */
    private static String table(TestResult.Failure failure) {
        if (failure.rows().isEmpty()) {
            return "";
        }
        List<String> heads = new ArrayList<>(List.of(""));
        heads.addAll(failure.columns());
        List<List<String>> rows = new ArrayList<>();
        for (TestResult.Row row : failure.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.missing() ? "missing" : "unexpected"));
            cells.addAll(row.cells());
            rows.add(cells);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            new TextTable(heads, Collections.nCopies(heads.size(), false), rows).print(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n    ", "\n    ", ""));
    }
}
