package smew.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A file past 300 lines, or a method past 70, is two things. */
final class SourceFilesTest {

    private static final int FILE_LINES = 300;
    private static final int METHOD_LINES = 70;
    private static final Path MAIN = Path.of("src/main/java");

    @Test
    void noFileIsTwoThings() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources(Path.of("src"))) {
            long lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES) {
                tooLong.add(file + " has " + lines + " lines");
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void noMethodIsTwoThings() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int methods = 0;
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources(MAIN)));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                Methods found = new Methods(unit, positions, tooLong);
                found.scan(unit, null);
                methods += found.count;
            }
        }
        assertTrue(methods > 100, "methods were found");
        assertEquals(List.of(), tooLong);
    }

    @Test
    void everyRoomSaysWhatComesInWhatGoesOutAndWhatItMustNotKnow() throws IOException {
        try (Stream<Path> rooms = Files.list(MAIN.resolve("smew"))) {
            for (Path room : rooms.filter(Files::isDirectory).toList()) {
                String text =
                        Files.readString(room.resolve("package-info.java")).replaceAll("\\s+\\*?\\s*", " ");
                assertTrue(text.contains("<p>In: "), room + " says what comes in");
                assertTrue(text.contains(" Out: "), room + " says what goes out");
                assertTrue(text.contains("ust not know"), room + " says what it must not know");
            }
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static final class Methods extends TreeScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> tooLong;
        private int count;

        private Methods(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
            this.unit = unit;
            this.positions = positions;
            this.tooLong = tooLong;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            count++;
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long last = lines.getLineNumber(Math.max(0, positions.getEndPosition(unit, method)));
            if (last - first + 1 > METHOD_LINES) {
                tooLong.add(unit.getSourceFile().getName() + ":" + first + " " + method.getName() + " has "
                        + (last - first + 1) + " lines");
            }
            return super.visitMethod(method, nothing);
        }
    }
}
