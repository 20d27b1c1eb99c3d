package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scripts for shells, in a real bash where the machine has one. */
final class CompletionTest extends OnPrompt {

    private static final Path BASH = Path.of("/bin/bash");

    private String completed(String... words) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BASH));
        assertEquals(0, prompt.run("completion", "bash"));
        prompt.write("smew.bash", prompt.out());
        String list =
                String.join(" ", Stream.of(words).map(word -> "'" + word + "'").toList());
        Process bash = new ProcessBuilder(
                        BASH.toString(),
                        "-c",
                        "bash -n smew.bash && source smew.bash && COMP_WORDS=(smew " + list + ") && COMP_CWORD="
                                + words.length
                                + " && $(complete -p smew | sed 's/.*-F \\([^ ]*\\).*/\\1/') && echo \"${COMPREPLY[@]}\"")
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD) // compopt wants a person at the keyboard
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), said);
        return said.strip();
    }

    @Test
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        assertEquals("releases reproduce", completed("re"));
        assertEquals("train", completed("sagemaker", "tr"));
        assertEquals("--json", completed("lint", "--js"));
        assertTrue(List.of(completed("run", "--as").split(" ")).contains("--as-of"));
    }

    @Test
    void fishKnowsEveryCommandAndOption() {
        assertEquals(0, prompt.run("completion", "fish"));
        assertTrue(prompt.out().contains("-n __fish_use_subcommand -a doctor -d 'Tells how"), prompt::out);
        assertTrue(
                prompt.out()
                        .contains(
                                "__fish_seen_subcommand_from sagemaker; and __fish_seen_subcommand_from deploy' -l endpoint -r"),
                prompt::out);
        assertTrue(prompt.out().contains("getvariable(\\'NAME\\')"), "quotes are kept");
    }

    @Test
    void refusesAShellItDoesNotKnow() {
        assertEquals(2, prompt.run("completion", "fisch"));
        assertTrue(prompt.err().contains("Did you mean fish?"), prompt::err);
    }
}
