package smew.app;

import java.util.List;
import smew.lint.Diagnostic;
import smew.lint.Formatted;
import smew.lint.Lint;

/** What commands for editors ask of SQL files; needs no data, and runs nothing. */
interface SqlEngine {

    /** What rules find in the files of a project. */
    List<Diagnostic> lint(Lint.Request request);

    /** What becomes of each of these texts where they are laid out; nothing is written. */
    List<Formatted> format(List<String> texts);
}
