package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import smew.lint.Diagnostic;
import smew.lint.Formatted;
import smew.lint.Formatter;
import smew.lint.Lint;
import smew.starter.StarterProject;

/** Wires rooms together for commands that look at SQL, and at what it would run on. */
final class LocalWritingHelp implements WritingHelp {

    @Override
    public List<Diagnostic> lint(Lint.Request request) {
        return Lint.of(request);
    }

    @Override
    public List<Formatted> format(List<String> texts) {
        try (Formatter formatter = new Formatter()) {
            return texts.stream().map(formatter::format).toList();
        }
    }

    @Override
    public List<Symptom> examine(Examination examination) {
        return Stream.of(
                        MachineSymptoms.of(),
                        ProjectSymptoms.of(examination.project()),
                        StoreSymptoms.of(examination.store()),
                        SurroundingSymptoms.of(examination))
                .flatMap(List::stream)
                .toList();
    }

    /** A project whose files are laid out as {@code smew format} does it. */
    static StarterProject laidOut(StarterProject project) {
        List<Formatted> results = new LocalWritingHelp()
                .format(project.files().stream().map(StarterProject.File::text).toList());
        List<StarterProject.File> files = new ArrayList<>();
        for (int index = 0; index < results.size(); index++) {
            StarterProject.File file = project.files().get(index);
            files.add(
                    results.get(index) instanceof Formatted.Changed changed
                            ? new StarterProject.File(file.path(), changed.text())
                            : file);
        }
        return new StarterProject(files, project.assumptions(), project.example());
    }
}
