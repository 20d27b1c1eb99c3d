package smew.app;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Messages as they can be told to whoever sees the page: files of the project by their path in it, others by their names alone.
 *
 * @param project the folder of the project, absolute
 */
record ToldPaths(Path project) {

    private static final Pattern FOLDERS =
            Pattern.compile("(?<=^|[\\s'\"(=\\[])(?:[A-Za-z]:)?[/\\\\](?:[^/\\\\\\s'\"]+[/\\\\])+");

    static ToldPaths of(Path project) {
        return new ToldPaths(project.toAbsolutePath().normalize());
    }

    String of(String message) {
        String named = message.replace(project + "/", "").replace(project + "\\", "");
        return FOLDERS.matcher(named).replaceAll("");
    }
}
