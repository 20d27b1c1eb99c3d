package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

final class OrderTest {

    private static final DuckParser PARSER = new DuckParser();

    @AfterContainer
    static void close() {
        PARSER.close();
    }

    /** Draws which file reads which earlier one, then gives the files names in any order. */
    @Property(tries = 25)
    void everyRelationComesAfterAllThatItReads(@ForAll @IntRange(min = 1, max = 9) int files, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(
                IntStream.range(0, files).mapToObj(i -> "view_" + i).toList());
        Collections.shuffle(names, random);
        Map<String, String> sql = new HashMap<>();
        for (int i = 0; i < files; i++) {
            String reads = names.subList(0, i).stream()
                    .filter(name -> random.nextBoolean())
                    .map(name -> " UNION ALL FROM " + name)
                    .collect(Collectors.joining());
            sql.put(names.get(i), "-- @entity x\nSELECT 1 AS x" + reads);
        }
        Project project = read(sql, names);
        List<String> order = project.relations().stream().map(Relation::name).toList();
        for (Relation relation : project.relations()) {
            List<String> before = order.subList(0, order.indexOf(relation.name()));
            assertEquals(
                    List.of(),
                    relation.file().reads().stream()
                            .filter(read -> !before.contains(read))
                            .toList());
        }
        assertEquals(project.relations(), read(sql, names.reversed()).relations());
    }

    private static Project read(Map<String, String> sql, List<String> order) throws IOException {
        Path directory = Files.createTempDirectory("smew-order");
        try {
            ProjectFolder folder = new ProjectFolder(directory, PARSER);
            order.forEach(name -> folder.write("features/" + name + ".sql", sql.getOrDefault(name, "")));
            return folder.read();
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
