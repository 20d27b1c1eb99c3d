package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import smew.base.Fault;
import smew.base.SmewException;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;

/** The SQL of a release as a project again. */
final class ReleasedSql {

    private ReleasedSql() {}

    /**
     * Writes its files into a folder and reads them as a project. Each has the digest of the file that the run read: the text
     * in a manifest lacks a closing semicolon.
     *
     * @param folder empty or absent
     * @throws SmewException DATA when a file would lie outside of it
     */
    static Project read(Manifest manifest, Path folder, UnaryOperator<String> parser) {
        try {
            for (Manifest.Sql sql : manifest.sql()) {
                Path file = folder.resolve(sql.path()).normalize();
                if (!file.startsWith(folder)) {
                    throw new SmewException(
                            Fault.DATA,
                            "Reading the SQL of release " + manifest.id() + ": " + sql.path()
                                    + " leads out of the project. Run again to make a new release.");
                }
                Scratch.made(file.resolveSibling("."));
                Files.writeString(file, sql.text());
            }
        } catch (IOException failed) {
            throw Scratch.failure("Writing into " + folder, failed);
        }
        Project project = Project.read(folder, parser);
        Map<String, String> digests = new LinkedHashMap<>();
        manifest.sql().forEach(sql -> digests.put(sql.path(), sql.digest()));
        return new Project(
                folder,
                project.relations().stream()
                        .<Relation>map(relation -> relation.with(relation.file()
                                .with(digests.getOrDefault(
                                        relation.file().path(), relation.file().digest()))))
                        .toList());
    }
}
