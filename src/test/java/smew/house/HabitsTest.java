package smew.house;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import smew.project.Directive;

/** Habits that no compiler checks: who may end the process, what may be static, what nothing is named. */
final class HabitsTest {

    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.ArrayDeque",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.Properties",
            "java.util.Random",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.BitSet",
            "java.lang.StringBuilder",
            "java.lang.ThreadLocal");

    @Test
    void onlyAppEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage("smew.app..")
                .and()
                .doNotHaveFullyQualifiedName("smew.Launcher")
                .should(callMethod(System.class, "exit", int.class))
                .orShould(callMethod(Runtime.class, "exit", int.class))
                .orShould(callMethod(Runtime.class, "halt", int.class))
                .check(Imported.MAIN);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(Imported.MAIN);
        fields().that().areStatic().should(holdNothingThatChanges()).check(Imported.MAIN);
    }

    @Test
    void standardStreamsBelongToApp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("smew.app..")
                .and()
                .doNotHaveFullyQualifiedName("smew.Launcher")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(Imported.MAIN);
    }

    @Test
    void everyRoomSaysWhatItIsForAndRefusesNull() {
        Set<String> without = new TreeSet<>();
        Imported.MAIN.stream().map(type -> type.getPackage()).distinct().forEach(room -> {
            boolean marked = room.getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getRawType().getSimpleName().equals("NullMarked"));
            if (!marked && !room.getName().equals("smew")) {
                without.add(room.getName());
            }
        });
        assertEquals(Set.of(), without, "rooms without @NullMarked in package-info.java");
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(Imported.MAIN);
    }

    @Test
    void testsDoNotSleep() {
        assertTrue(Imported.TESTS.size() > 0, "tests were found");
        // A benchmark is no test: it polls a process from outside.
        noClasses()
                .that()
                .resideOutsideOfPackage("smew.bench")
                .should(callMethod(Thread.class, "sleep", long.class))
                .orShould(callMethod(Thread.class, "sleep", Duration.class))
                .orShould(callMethod(TimeUnit.class, "sleep", long.class))
                .check(Imported.TESTS);
    }

    @Test
    void everyDirectiveHasAMeaning() {
        for (Directive directive : Directive.values()) {
            assertTrue(Directive.markdown().contains("@" + directive.key() + " "), directive.key());
        }
    }

    private static ArchCondition<JavaField> holdNothingThatChanges() {
        return new ArchCondition<>("hold nothing that changes") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                String type = field.getRawType().getName();
                boolean changes = MUTABLE.contains(type) || type.startsWith("java.util.concurrent.");
                events.add(new SimpleConditionEvent(field, !changes, field.getFullName() + " is a static " + type));
            }
        };
    }
}
