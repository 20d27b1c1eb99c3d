package smew.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import smew.lint.Diagnostic;
import smew.lint.Formatted;
import smew.lint.Lint;
import smew.store.StoreSettings;

/** What analysts ask while they write SQL; needs no data, and runs none of a project. */
interface WritingHelp {

    /** What rules find in the files of a project. */
    List<Diagnostic> lint(Lint.Request request);

    /** What becomes of each of these texts where they are laid out; nothing is written. */
    List<Formatted> format(List<String> texts);

    /** How this machine, the project and its store are; what is wrong is an answer like any other. */
    List<Symptom> examine(Examination examination);

    /**
     * What to examine.
     *
     * @param port where serve would listen
     * @param cache what is unpacked or copied there
     */
    record Examination(Path project, StoreSettings store, int port, Path cache, Map<String, String> environment) {
        public Examination {
            environment = Map.copyOf(environment);
        }
    }
}
