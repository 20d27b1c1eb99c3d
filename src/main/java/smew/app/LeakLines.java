package smew.app;

import java.util.ArrayList;
import java.util.List;
import smew.project.Leak;
import smew.project.Leaks;
import smew.project.Relation;

/** What leak tests found, one line each. */
final class LeakLines {

    private LeakLines() {}

    /**
     * Findings, then notes.
     *
     * @param everything also what is told for information only
     */
    static List<String> of(Leaks leaks, boolean everything) {
        List<String> lines = new ArrayList<>();
        leaks.found().forEach(leak -> lines.add(line(leak)));
        leaks.notes().stream()
                .filter(note -> everything || note.severity() != Relation.Severity.INFO)
                .forEach(note ->
                        lines.add(note.relation() + " (" + note.severity().word() + "): " + note.text()));
        if (leaks.found().isEmpty()) {
            lines.addFirst("no leaks found");
        }
        return lines;
    }

    private static String line(Leak leak) {
        String what = "leak " + leak.kind().key() + ", " + leak.where();
        return leak.reason()
                .map(reason -> what + " (allowed: " + reason + "): " + leak.evidence())
                .orElseGet(() -> what + " (" + leak.severity().word() + "): " + leak.evidence() + " " + leak.cure());
    }
}
