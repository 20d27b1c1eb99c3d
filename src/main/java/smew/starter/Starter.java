package smew.starter;

import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.starter.StarterProject.Assumption;
import smew.starter.StarterProject.File;

/** Makes the SQL of a project from a file of data, and says what was assumed. */
public final class Starter {

    private final StarterRequest request;
    private final Duck duck;
    private final Names names;
    private final DataFile file;
    private final RawFile raw;
    private final List<Assumption> assumptions = new ArrayList<>();

    private Starter(StarterRequest request, Duck duck, Progress progress) {
        this.request = request;
        this.duck = duck;
        this.names = Names.of(duck);
        this.file = DataFile.find(duck, request);
        this.raw = RawFile.load(duck, file, progress);
    }

    /**
     * Makes it; nothing is written but to the scratch folder.
     *
     * @param scratch an empty folder for rows that do not fit into memory
     * @throws SmewException NOT_FOUND for a file or column that is not there, USAGE and DATA for what no project can be made of
     */
    public static StarterProject of(StarterRequest request, Path scratch, Progress progress) {
        Duck.Limits limits = new Duck.Limits(Optional.empty(), Optional.empty(), Optional.of(scratch.resolve("spill")));
        try (Duck duck = Duck.open(scratch.resolve("starter.duckdb"), false, limits)) {
            return new Starter(request, duck, progress).project(progress);
        }
    }

    private StarterProject project(Progress progress) {
        Picked picked = Picked.of(file.shown(), request, raw.names());
        try (Progress.Step step = progress.start("looking at " + file.shown())) {
            Typing.Result typed = Typing.of(duck, raw, names, picked);
            List<Assumption> read = new ArrayList<>(typed.assumptions());
            List<SourceColumn> columns = Roles.fit(duck, raw, names, picked, typed.columns(), read);
            Set<String> taken = new HashSet<>();
            String source = named(file.stem(), taken, "_data");
            load(
                    source,
                    new SourceText(
                            names,
                            source,
                            raw,
                            columns,
                            typed.nothing(),
                            picked.numbered() ? picked.entity() : List.of()));
            Blueprint plan = plan(picked, typed.nothing(), columns, source, taken, read);
            step.result(Said.count(columns.size()) + " columns");
            return written(plan, read);
        }
    }

    private String named(String wanted, Set<String> taken, String suffix) {
        String name = names.relation(wanted, taken, suffix);
        taken.add(name);
        return name;
    }

    /** Runs the source that is going to be written, so that it is known to run. */
    private void load(String variable, SourceText source) {
        duck.variable(variable, file.pattern());
        duck.execute(
                "CREATE TABLE " + Profile.TABLE + " AS\n" + source.select(),
                Origin.engine("Typing the columns of", file.shown()));
    }

    private Blueprint plan(
            Picked picked,
            List<String> nothing,
            List<SourceColumn> columns,
            String source,
            Set<String> taken,
            List<Assumption> read) {
        List<SourceColumn> all = new ArrayList<>(columns);
        if (picked.numbered()) {
            all.add(new SourceColumn(
                    Picked.ROW_NUMBER, Picked.ROW_NUMBER, "BIGINT", Optional.empty(), "BIGINT", 0, Optional.empty()));
        }
        List<String> entity =
                picked.entity().stream().map(name -> called(all, name).name()).toList();
        Optional<SourceColumn> time = picked.time().map(name -> called(all, name));
        requireEntity(entity, all);
        Profile profile = Profile.of(duck, file.shown(), all, entity, time);
        new Entities(duck, file.shown(), profile, entity, time).requireFit();
        Label label = Label.of(duck, file.shown(), called(all, picked.label()), profile);
        Names.Unused unused = new Names.Unused(Stream.concat(
                        entity.stream(), Stream.concat(time.map(SourceColumn::name).stream(), Stream.of(label.name())))
                .toList());
        Optional<String> fileRow = profile.ties() > 0
                ? Optional.of(
                        new Names.Unused(all.stream().map(SourceColumn::name).toList()).name("file_row"))
                : Optional.empty();
        fileRow.ifPresent(unused::name);
        List<SourceColumn> candidates = all.stream()
                .filter(column -> !entity.contains(column.name())
                        && time.filter(column::equals).isEmpty()
                        && !column.name().equals(label.name()))
                .toList();
        Judgement.Result judged = new Judgement(
                        names, profile, time, new Giveaways(duck, file.shown(), label, profile), unused)
                .of(candidates);
        judged.read().forEach(text -> read.add(new Assumption("read", text)));
        boolean history = time.isPresent() && profile.repeats();
        List<Profile.Column> varying = history ? History.varying(profile, candidates, judged.leftOut()) : List.of();
        List<Feature> features = new ArrayList<>(judged.features());
        if (history) {
            History looking = new History(names, time.orElseThrow(), unused);
            features.addAll(looking.rhythm());
            features.addAll(looking.of(varying));
        }
        requireInputs(features, judged.leftOut());
        return new Blueprint(
                names,
                raw,
                source,
                named(source + (history ? "_history" : "_features"), taken, "_view"),
                named(label.name(), taken, "_model"),
                file.declared(request.project()),
                History.exact(names, columns, varying, raw.format() instanceof RawFile.Csv),
                nothing,
                entity,
                picked.numbered(),
                time,
                fileRow,
                label,
                profile,
                features,
                judged.leftOut(),
                history,
                unknown(entity, time),
                unique(profile, entity, time, candidates));
    }

    private static SourceColumn called(List<SourceColumn> columns, String file) {
        return columns.stream()
                .filter(column -> column.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    private void requireEntity(List<String> entity, List<SourceColumn> columns) {
        if (entity.isEmpty()) {
            throw new SmewException(
                    Fault.USAGE,
                    "Making a project from " + file.shown()
                            + " needs --entity COLUMN, the id that predictions are asked for. "
                            + Entities.candidates(duck, file.shown(), columns));
        }
    }

    private void requireInputs(List<Feature> features, List<LeftOut> leftOut) {
        if (features.isEmpty()) {
            throw new SmewException(
                    Fault.DATA,
                    "Making a project from " + file.shown()
                            + ": no column is left that a model could learn from, expected one at"
                            + " least."
                            + leftOut.stream()
                                    .map(out -> "\n  " + Said.line(out.name()) + ": " + out.why())
                                    .collect(joining()));
        }
    }

    /** Rows that nobody can ask for. */
    private long unknown(List<String> entity, Optional<SourceColumn> time) {
        String missing = Stream.concat(entity.stream(), time.map(SourceColumn::name).stream())
                .map(name -> Duck.identifier(name) + " IS NULL")
                .collect(joining(" OR "));
        return duck.count("SELECT count(*) FROM data WHERE " + missing, Origin.engine("Reading", file.shown()));
    }

    private static List<String> unique(
            Profile profile, List<String> entity, Optional<SourceColumn> time, List<SourceColumn> candidates) {
        if (!profile.repeats()) {
            return entity;
        }
        if (profile.ties() == 0) {
            return Stream.concat(entity.stream(), time.map(SourceColumn::name).stream())
                    .toList();
        }
        return candidates.stream()
                .filter(column -> column.isWhole() || column.isText())
                .map(column -> profile.column(column.name()))
                .filter(column -> column.different() == profile.rows())
                .map(Profile.Column::name)
                .limit(1)
                .toList();
    }

    private StarterProject written(Blueprint plan, List<Assumption> read) {
        List<File> files = new ArrayList<>();
        files.add(new File("sql/sources/" + plan.source() + ".sql", SourceText.of(plan)));
        files.add(new File("sql/features/" + plan.view() + ".sql", ViewText.of(plan)));
        files.add(new File("sql/models/" + plan.model() + ".sql", ModelText.of(plan)));
        files.addAll(CheckTexts.of(plan));
        assumptions.add(new Assumption("file", raw.described()));
        assumptions.addAll(new Findings(duck, request, plan).all(read));
        return new StarterProject(files, assumptions, example(plan));
    }

    private String example(Blueprint plan) {
        String id = plan.entity().stream()
                .map(key -> Duck.identifier(key) + "::VARCHAR")
                .collect(joining(", "));
        String filled = plan.entity().stream()
                .map(key -> Duck.identifier(key) + " IS NOT NULL")
                .collect(joining(" AND "));
        String value = duck.texts(
                        "SELECT concat_ws(',', " + id + ") FROM data WHERE " + filled + " LIMIT 1",
                        Origin.engine("Reading", file.shown()))
                .getFirst();
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",");
    }
}
