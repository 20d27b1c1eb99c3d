package smew.starter;

import java.util.List;

/**
 * A project that is not written yet.
 *
 * @param files one at least
 * @param assumptions what was decided, for a person to read
 * @param example the id of one entity, as a path of HTTP has it
 */
public record StarterProject(List<File> files, List<Assumption> assumptions, String example) {

    public StarterProject {
        files = List.copyOf(files);
        assumptions = List.copyOf(assumptions);
    }

    /**
     * One SQL file.
     *
     * @param path relative to the project, with slashes
     */
    public record File(String path, String text) {}

    /**
     * One decision.
     *
     * @param about in one or two words
     * @param text what was decided, and by which finding
     */
    public record Assumption(String about, String text) {}
}
