package smew.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import smew.app.OptionTable;
import smew.project.ContractKind;
import smew.project.Directive;
import smew.project.LeakKind;
import smew.project.LintRule;
import smew.serve.Measured;
import smew.serve.Routes;

/** The README's tables are those that the code states; a failure prints the table to paste. */
final class ReadmeTest {

    private final String readme;

    ReadmeTest() throws IOException {
        readme = Files.readString(Path.of("README.md")).replace("\r\n", "\n");
    }

    @Test
    void theReadmeHasEveryCommand() {
        contains(OptionTable.commands());
    }

    @Test
    void theReadmeHasEveryOption() {
        contains(OptionTable.options());
    }

    @Test
    void theReadmeHasEveryDirective() {
        contains(Directive.markdown());
    }

    @Test
    void theReadmeHasEveryKindOfLeak() {
        contains(LeakKind.markdown());
    }

    @Test
    void theReadmeHasEveryLintRule() {
        contains(LintRule.markdown());
    }

    @Test
    void theReadmeHasEveryChangeOfAnInput() {
        contains(ContractKind.markdown());
    }

    @Test
    void theReadmeHasEveryRoute() {
        contains(Routes.table().stream()
                .map(route -> "| `" + route.method() + " " + route.template() + "` | " + route.doc() + " |\n")
                .collect(Collectors.joining("", "| route | answer |\n|---|---|\n", "")));
    }

    @Test
    void theReadmeHasEveryMetric() {
        contains(Arrays.stream(Measured.values())
                .map(measured -> "| `" + measured.metric() + "` | " + String.join(", ", measured.labels()) + " | "
                        + measured.doc() + " |\n")
                .collect(Collectors.joining("", "| metric | labels | meaning |\n|---|---|---|\n", "")));
    }

    private void contains(String table) {
        assertTrue(readme.contains(table), () -> "README.md lacks this table as it stands here:\n" + table);
    }
}
