package smew.project;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import smew.base.Near;
import smew.project.CteList.Cte;
import smew.project.SqlTest.Given;

/** Reads the tests of a project whose relations are known. */
final class TestReader {

    private static final String ADVICE =
            " Write WITH loans AS (…), expected AS (…) SELECT … FROM a view that reads loans.";

    private final List<Relation> relations;
    private final Map<String, Relation> byName;
    private final Findings findings;

    /**
     * @param relations each after those it reads
     */
    TestReader(List<Relation> relations, Findings findings) {
        this.relations = relations;
        this.byName = relations.stream()
                .collect(Collectors.toMap(relation -> key(relation.name()), Function.identity(), (first, _) -> first));
        this.findings = findings;
    }

    /**
     * Reads one test; what is wrong with it goes to the findings.
     *
     * @param tested names of the relations that it reads
     */
    Optional<SqlTest> read(Draft draft, SqlFile file, List<String> tested) {
        if (draft.parsed().isEmpty()) {
            return Optional.empty();
        }
        CteList list = CteList.of(draft.text());
        Optional<Cte> expected = named(list.ctes(), SqlTest.EXPECTED);
        if (expected.isEmpty()) {
            findings.add(
                    file.path(),
                    draft.text().line(draft.text().start()),
                    "A test needs a CTE " + SqlTest.EXPECTED + " with the rows that its last query has to give."
                            + Near.name(SqlTest.EXPECTED, names(list.ctes()))
                                    .map(near -> " Did you mean " + near + "?")
                                    .orElse(ADVICE));
        }
        if (tested.isEmpty()) {
            findings.add(
                    file.path(),
                    draft.text().line(list.query()),
                    "The last query of this test reads no relation of the project, so that nothing is tested."
                            + ADVICE);
        }
        List<Given> given = list.ctes().stream()
                .filter(cte -> !isExpected(cte))
                .flatMap(cte -> relation(cte.name()).map(found -> new Given(found.name(), cte.line())).stream())
                .toList();
        Set<String> reached = reached(tested, given);
        List<Relation> run = relations.stream()
                .filter(relation -> reached.contains(relation.name()) && !isGiven(given, relation))
                .toList();
        refuseUnread(draft, list, given, reached);
        refuseFiles(draft, list, run);
        Optional<LocalDate> asOf = draft.header().value(Directive.AS_OF).map(DirectiveValue::date);
        if (asOf.isEmpty() && !draft.header().written().contains(Directive.AS_OF)) {
            requireDate(draft, file, run);
        }
        return expected.map(cte -> new SqlTest(
                file,
                draft.text().text().substring(0, list.query()),
                draft.text().line(list.query()),
                given,
                cte.line(),
                run,
                asOf,
                draft.header()
                        .value(Directive.TOLERANCE)
                        .map(DirectiveValue::tolerance)
                        .orElse(SqlTest.TOLERANCE)));
    }

    /** Names of what the test reads, directly or not, down to what it brings itself. */
    private Set<String> reached(List<String> tested, List<Given> given) {
        Set<String> reached = new LinkedHashSet<>(tested);
        for (Relation relation : relations.reversed()) {
            if (reached.contains(relation.name()) && !isGiven(given, relation)) {
                reached.addAll(relation.file().reads());
            }
        }
        return reached;
    }

    private void refuseUnread(Draft draft, CteList list, List<Given> given, Set<String> reached) {
        List<String> wanted = reached.stream()
                .filter(name -> named(list.ctes(), name).isEmpty())
                .toList();
        for (Cte cte : list.ctes()) {
            boolean used = mentions(draft, cte.name()) > 1;
            if (given.stream().anyMatch(one -> one.name().equalsIgnoreCase(cte.name()))) {
                if (!used && reached.stream().noneMatch(cte.name()::equalsIgnoreCase)) {
                    findings.add(
                            draft.path(),
                            cte.line(),
                            "The test brings rows of " + cte.name()
                                    + ", which nothing that it runs reads. Remove the CTE.");
                }
            } else if (!isExpected(cte) && !used) {
                findings.add(
                        draft.path(),
                        cte.line(),
                        "The CTE " + cte.name() + " is no relation of the project, and nothing reads it."
                                + Near.hint(cte.name(), wanted));
            }
        }
    }

    /** Without its rows in the test, a source would read its files. */
    private void refuseFiles(Draft draft, CteList list, List<Relation> run) {
        for (Relation relation : run) {
            if (relation instanceof Relation.Source source && !source.inputs().isEmpty()) {
                List<String> readers = run.stream()
                        .filter(other -> other.file().reads().contains(source.name()))
                        .map(Relation::name)
                        .toList();
                findings.add(
                        draft.path(),
                        draft.text().line(list.query()),
                        "The test brings no rows of the source " + source.name()
                                + (readers.isEmpty() ? "" : ", which " + String.join(", ", readers) + " reads")
                                + ", and files are not read in a test. Add a CTE " + source.name()
                                + " with a few rows in VALUES.");
            }
        }
    }

    private void requireDate(Draft draft, SqlFile file, List<Relation> run) {
        List<String> asking = new ArrayList<>();
        run.stream()
                .filter(relation -> PresentDay.isAskedBy(relation.file()))
                .forEach(relation -> asking.add(relation.name()));
        if (PresentDay.isAskedBy(file)) {
            asking.add("the test");
        }
        if (!asking.isEmpty()) {
            findings.add(
                    draft.path(),
                    1,
                    "What is today matters to " + String.join(", ", asking)
                            + ", and the test does not say it. Add a line such as -- @as-of 2021-09-17.");
        }
    }

    private Optional<Relation> relation(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    /** How often the SQL has a name in it, comments and texts apart. */
    private static long mentions(Draft draft, String name) {
        return SqlText.TOKEN
                .matcher(draft.text().text())
                .results()
                .map(token -> ColumnComments.unquoted(token.group()))
                .filter(name::equalsIgnoreCase)
                .count();
    }

    private static boolean isGiven(List<Given> given, Relation relation) {
        return given.stream().anyMatch(one -> one.name().equals(relation.name()));
    }

    private static boolean isExpected(Cte cte) {
        return cte.name().equalsIgnoreCase(SqlTest.EXPECTED);
    }

    private static Optional<Cte> named(List<Cte> ctes, String name) {
        return ctes.stream().filter(cte -> cte.name().equalsIgnoreCase(name)).findFirst();
    }

    private static List<String> names(List<Cte> ctes) {
        return ctes.stream().map(Cte::name).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
