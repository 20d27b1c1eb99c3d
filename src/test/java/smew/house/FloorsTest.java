package smew.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Floors: a room imports only rooms below it. Doors: a big library is known to its room and no other. */
final class FloorsTest {

    private static final List<Set<String>> FLOORS = List.of(
            Set.of("base"),
            Set.of("aws", "columns", "project"),
            Set.of("duck", "store"),
            Set.of("model", "online", "release"),
            Set.of("features", "learn", "lint", "monitor", "publish", "report", "sagemaker", "serve", "starter"),
            Set.of("app"));

    private static final Map<String, Set<String>> DOORS = Map.ofEntries(
            Map.entry("picocli", Set.of("app")),
            Map.entry("me.tongfei.progressbar", Set.of("app")),
            Map.entry("com.cronutils", Set.of("app")),
            Map.entry("smile", Set.of("learn", "model")),
            Map.entry("org.ejml", Set.of("learn", "model")),
            Map.entry("io.undertow", Set.of("serve")),
            Map.entry("org.xnio", Set.of("serve")),
            Map.entry("io.prometheus", Set.of("serve")),
            Map.entry("org.duckdb", Set.of("duck")),
            Map.entry("java.sql", Set.of("duck")),
            Map.entry("org.apache.arrow", Set.of("columns", "duck")),
            Map.entry("com.fasterxml.jackson", Set.of("base")),
            Map.entry("tools.jackson", Set.of("base")),
            Map.entry("com.google.gson", Set.of("base")),
            Map.entry("io.netty", Set.of("aws")),
            Map.entry("software.amazon.awssdk", Set.of("aws", "publish", "sagemaker", "store")),
            Map.entry("software.amazon.awssdk.services.applicationautoscaling", Set.of("sagemaker")),
            Map.entry("software.amazon.awssdk.services.athena", Set.of("publish")),
            Map.entry("software.amazon.awssdk.services.redshiftdata", Set.of("publish")),
            Map.entry("software.amazon.awssdk.services.s3", Set.of("store")),
            Map.entry("software.amazon.awssdk.services.sagemaker", Set.of("sagemaker")),
            Map.entry("software.amazon.awssdk.services.sagemakerruntime", Set.of("sagemaker")));

    /** What base.Json hands out: every room may read a tree and hear that a text is no JSON. */
    private static final Set<String> JSON_FOR_ALL = Set.of(
            "tools.jackson.databind.JsonNode",
            "tools.jackson.core.JacksonException",
            "tools.jackson.core.TokenStreamLocation");

    @Test
    void everyRoomStandsOnAFloor() {
        Set<String> rooms = Imported.MAIN.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals("smew"))
                .map(name -> name.substring("smew.".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> placed = FLOORS.stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(placed, rooms);
    }

    @Test
    void roomsImportOnlyRoomsBelow() {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            Set<String> below =
                    FLOORS.subList(0, floor).stream().flatMap(Set::stream).collect(Collectors.toSet());
            for (String room : FLOORS.get(floor)) {
                String[] forbidden = FLOORS.stream()
                        .flatMap(Set::stream)
                        .filter(other -> !other.equals(room) && !below.contains(other))
                        .map(FloorsTest::packageOf)
                        .toArray(String[]::new);
                if (forbidden.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage(packageOf(room))
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(forbidden))
                            .because("rooms import only downwards, and never a room of their own floor")
                            .check(Imported.MAIN);
                }
            }
        }
    }

    @Test
    void eachLibraryIsKnownToItsRoomOnly() {
        DOORS.forEach((library, rooms) -> noClasses()
                .that(resideOutsideOfPackages(
                        rooms.stream().map(FloorsTest::packageOf).toArray(String[]::new)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library + "..").and(isNotJsonForAll()))
                .because(library + " has its door in " + rooms)
                .allowEmptyShould(true)
                .check(Imported.MAIN));
    }

    @Test
    void theLauncherKnowsNothing() {
        classes()
                .that()
                .haveFullyQualifiedName("smew.Launcher")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "smew")
                .because("an older Java loads it")
                .check(Imported.MAIN);
    }

    private static DescribedPredicate<JavaClass> isNotJsonForAll() {
        return DescribedPredicate.describe("are not for all", type -> !JSON_FOR_ALL.contains(type.getName()));
    }

    private static String packageOf(String room) {
        return "smew." + room + "..";
    }
}
