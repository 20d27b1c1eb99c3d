package smew.features;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import smew.base.Digest;
import smew.base.Json;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Directive;
import smew.project.PresentDay;
import smew.project.Project;
import smew.project.Relation;
import smew.project.SqlCode;
import smew.release.Manifest;
import smew.release.Profile;

/**
 * Every relation of a project as a table in memory, for as long as somebody works on it. After a change only what it concerns runs
 * again: what has other SQL, other input, or reads such a relation. Models are their rows here; none is trained.
 */
public final class LiveProject implements AutoCloseable {

    /** How a model learns changes none of its rows. */
    private static final Set<Directive> KEYS = Set.of(Directive.ENTITY, Directive.TIME);

    private final Duck duck;
    private final Map<String, Held> held = new HashMap<>();
    private Map<String, Object> variables = Map.of();

    /**
     * What a relation is at present.
     *
     * @param name as its file has it
     * @param content digest of all that decides its rows
     * @param last what it was when it could be made; empty: never
     * @param seen empty where it could not be made
     * @param unseen what is to be looked at more closely, if anything
     */
    private record Held(
            String name,
            String content,
            Optional<Profile.Shape> last,
            Optional<LiveRows> seen,
            Optional<Relation> unseen) {

        Held seenAs(LiveRows closer) {
            return new Held(name, content, last, Optional.of(closer), Optional.empty());
        }
    }

    /**
     * What became of one relation.
     *
     * @param before what it was when it could be made; empty where it never could
     * @param now what it is; empty where it could not be made
     * @param checks those that it declares, or itself
     * @param problems what is wrong with it, with file and line
     */
    public record Outcome(
            Relation relation,
            Duration time,
            Optional<Profile.Shape> before,
            Optional<Profile.Shape> now,
            List<Manifest.Check> checks,
            List<Problem> problems) {
        public Outcome {
            checks = List.copyOf(checks);
            problems = List.copyOf(problems);
        }
    }

    /** Nothing runs yet. */
    public LiveProject(Duck.Limits limits) {
        this.duck = Duck.inMemory(limits);
    }

    /** The database that holds the tables, for the same thread. */
    public Duck duck() {
        return duck;
    }

    /**
     * Runs what a change concerns.
     *
     * @param project valid, as it is now
     * @param stamps tell for each source whether its files are still the same
     * @return what ran, in order; empty where nothing had to
     */
    public List<Outcome> turn(Project project, Inputs inputs, Map<String, String> stamps, LocalDate asOf) {
        set(inputs, asOf);
        forget(project);
        Map<String, String> contents = new HashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Relation relation : project.relations()) {
            String content = content(relation, contents, stamps.getOrDefault(relation.name(), ""), asOf);
            contents.put(key(relation.name()), content);
            Optional<Held> old = Optional.ofNullable(held.get(key(relation.name())));
            if (old.filter(known -> known.content().equals(content)).isEmpty()) {
                Outcome outcome = run(project, inputs, relation, old.flatMap(Held::last), asOf);
                outcomes.add(outcome);
                held.put(
                        key(relation.name()),
                        new Held(
                                relation.name(),
                                content,
                                outcome.now().or(outcome::before),
                                outcome.now().map(now -> LiveRows.first(duck, relation, now)),
                                outcome.now().map(_ -> relation)));
            }
        }
        return outcomes;
    }

    private void set(Inputs inputs, LocalDate asOf) {
        Map<String, Object> wanted = new LinkedHashMap<>(inputs.variables());
        wanted.put("as_of", asOf);
        if (!wanted.equals(variables)) {
            duck.variable("as_of", asOf);
            inputs.variables().forEach(duck::variable);
            variables = wanted;
        }
    }

    /** Every relation that can be made, by name. */
    public Map<String, LiveRows> seen() {
        Map<String, LiveRows> seen = new TreeMap<>();
        held.forEach((_, known) -> known.seen().ifPresent(one -> seen.put(known.name(), one)));
        return seen;
    }

    /** Tables of files that are gone must not be read by what still names them. */
    private void forget(Project project) {
        List<String> gone = held.keySet().stream()
                .filter(name -> project.relation(name).isEmpty())
                .toList();
        for (String name : gone) {
            drop(name);
            held.remove(name);
        }
    }

    private void drop(String name) {
        duck.execute("DROP TABLE IF EXISTS " + Duck.identifier(name), Origin.engine("Dropping", name));
    }

    private static String content(Relation relation, Map<String, String> contents, String stamp, LocalDate asOf) {
        Map<String, Object> parts = new TreeMap<>();
        parts.put("sql", SqlCode.of(relation.file().sql()));
        parts.put(
                "said",
                relation.file().directives().stream()
                        .filter(line -> !(relation instanceof Relation.Model) || KEYS.contains(line.directive()))
                        .map(line -> line.directive().key() + " " + line.value())
                        .toList());
        parts.put("files", stamp);
        parts.put(
                "reads",
                relation.file().reads().stream()
                        .map(name -> contents.getOrDefault(key(name), ""))
                        .toList());
        // What a directive says of another relation is looked at where that one changed.
        parts.put(
                "checks",
                relation.declaredChecks().stream()
                        .flatMap(check -> check.reads().stream())
                        .map(name -> contents.getOrDefault(key(name), ""))
                        .toList());
        parts.put("day", PresentDay.isAskedBy(relation.file()) ? asOf.toString() : "");
        return Digest.of(Json.write(parts));
    }

    private Outcome run(
            Project project, Inputs inputs, Relation relation, Optional<Profile.Shape> before, LocalDate asOf) {
        long start = System.nanoTime();
        Optional<Profile.Shape> now = Optional.empty();
        List<Manifest.Check> checks = List.of();
        List<Problem> problems = new ArrayList<>();
        List<String> missing = relation.file().reads().stream()
                .filter(name -> Optional.ofNullable(held.get(key(name)))
                        .flatMap(Held::seen)
                        .isEmpty())
                .toList();
        try {
            if (!missing.isEmpty()) {
                drop(relation.name());
                problems.add(new Problem(
                        relation.file().path(),
                        "waits for " + String.join(", ", missing) + ", which could not be made."));
            } else if (relation instanceof Relation.Check check) {
                checks = Checks.run(duck, List.of(check), Progress.NONE);
                problems.addAll(Checks.problems(List.of(check), checks));
                now = Optional.of(new Profile.Shape(checks.getFirst().failing(), List.of(), List.of()));
            } else {
                now = Optional.of(make(relation));
                checks = DeclaredChecks.run(
                        duck, project, (declaring, _) -> declaring.equals(relation), asOf, Progress.NONE);
                problems.addAll(DeclaredChecks.problems(project, checks));
            }
        } catch (SmewException failed) {
            SmewException explained =
                    relation instanceof Relation.Source source ? inputs.explain(source, failed) : failed;
            problems.addAll(
                    explained.problems().isEmpty()
                            ? List.of(new Problem(relation.file().path(), explained.getMessage()))
                            : explained.problems());
            if (now.isEmpty()) {
                drop(relation.name());
            }
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Outcome(relation, time, before, now, checks, problems);
    }

    private Profile.Shape make(Relation relation) {
        String table = Duck.identifier(relation.name());
        duck.execute(
                "CREATE OR REPLACE TABLE " + table + " AS\n" + relation.file().sql(),
                FeatureRun.running(relation.file()));
        List<Manifest.Column> columns = FeatureRun.columns(duck, "FROM " + table, FeatureRun.running(relation.file()));
        switch (relation) {
            case Relation.Source source -> new Keys(source.file(), List.of(), source.time()).require(columns);
            case Relation.FeatureView view -> count(new Keys(view.file(), view.entity(), view.time()), columns, table);
            case Relation.Model model -> count(new Keys(model.file(), model.entity(), model.time()), columns, table);
            case Relation.Check _ -> {}
        }
        return Profile.shape(duck, relation.name(), columns);
    }

    /**
     * Looks at one relation more closely: how its values are distributed, and of a check, which rows fail. That takes longer than a
     * person wants to wait after a save.
     *
     * @return whether it was the last one
     */
    public boolean lookCloser() {
        List<Held> unseen = held.values().stream()
                .filter(known -> known.unseen().isPresent())
                .toList();
        unseen.stream().limit(1).forEach(known -> held.put(key(known.name()), closer(known)));
        return unseen.size() == 1;
    }

    private Held closer(Held known) {
        LiveRows seen = known.seen().orElseThrow();
        try {
            return known.seenAs(seen.closer(duck, known.unseen().orElseThrow()));
        } catch (SmewException failed) {
            // Memory that was enough to make it may not be for this: what is known stays.
            return known.seenAs(seen);
        }
    }

    private void count(Keys keys, List<Manifest.Column> columns, String table) {
        keys.require(columns);
        keys.count(duck, table);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        duck.close();
    }
}
