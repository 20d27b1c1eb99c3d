package smew.project;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import smew.base.Json;
import smew.base.Near;
import smew.project.SqlTree.Mention;
import smew.project.SqlTree.NamedFile;

/** Looks up by name what each file reads. Names are the same in upper and lower case, as in DuckDB. */
final class Lookup {

    private static final String VIEW_PREFIX = "latest_";
    private static final String RELEASE_TABLE = "smew_release";

    private final Map<String, Draft> byName = new LinkedHashMap<>();
    private final Findings layout;
    private final Findings relations;

    Lookup(List<Draft> drafts, UnaryOperator<String> parser, Findings findings) {
        layout = findings.under(LintRule.LAYOUT);
        relations = findings.under(LintRule.RELATION);
        for (Draft draft : drafts) {
            if (draft.kind() == Kind.TEST) {
                // Nothing reads a test, so that it may be called as what it tests.
                continue;
            }
            Draft first = byName.putIfAbsent(key(draft.name()), draft);
            if (first != null) {
                layout.add(
                        draft.path(),
                        1,
                        "The name " + draft.name() + " is taken by " + first.path()
                                + ". Rename one of the two files: names are the same in upper and lower case.");
            }
            unfit(draft, parser).ifPresent(detail -> layout.add(draft.path(), 1, detail));
        }
    }

    /** The files that one file reads and may read, each once; everything else goes to the findings. */
    Set<Draft> reads(Draft reader) {
        Set<Draft> reads = new LinkedHashSet<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (Mention mention : reader.tree().tables()) {
            Optional<Draft> found = mention.path().size() == 1
                    ? Optional.ofNullable(byName.get(key(mention.name())))
                    : Optional.empty();
            if (found.isEmpty()) {
                if (unknown.add(key(mention.qualified()))) {
                    relations.add(reader.path(), mention.place(), unknown(reader, mention));
                }
            } else if (!reader.kind().reads().contains(found.get().kind())) {
                relations.add(reader.path(), mention.place(), forbidden(reader, found.get()));
            } else {
                reads.add(found.get());
            }
        }
        for (Mention call : reader.tree().hidden()) {
            relations.add(
                    reader.path(),
                    call.place(),
                    call.name() + "() hides what is read until the file runs. Name the" + " "
                            + (call.name().equals("getvariable") ? "variable in quotes." : "relation in FROM."));
        }
        for (NamedFile file : reader.tree().files()) {
            relations.add(reader.path(), file.place(), byPath(file.path(), file.function() + "(getvariable('data'))"));
        }
        return reads;
    }

    private String unknown(Draft reader, Mention mention) {
        String name = mention.qualified();
        if (mention.path().size() > 1) {
            boolean known = byName.containsKey(key(mention.name()));
            return "Reads " + name + ", a name with a schema. "
                    + (known
                            ? "Write " + mention.name() + "."
                            : "A project reads its own relations by their plain name.");
        }
        if (name.contains(".") || name.contains("/")) {
            return byPath(name, "read_csv(getvariable('data')) or read_parquet(getvariable('data'))");
        }
        List<String> names = byName.values().stream()
                .filter(draft -> reader.kind().reads().contains(draft.kind()))
                .map(Draft::name)
                .toList();
        return "Reads " + name + ", which no file defines." + Near.hint(name, names);
    }

    private static String byPath(String path, String call) {
        return "Reads the file '" + path + "' by its path, which a run could not record or replace. Declare it in a"
                + " source, -- @input data = " + path + ", and read it with " + call + ".";
    }

    private static String forbidden(Draft reader, Draft read) {
        String rule = switch (reader.kind()) {
            case SOURCE -> "A source reads its inputs and other sources only: move joins to a feature view.";
            case FEATURE_VIEW ->
                "A feature view reads sources and feature views only: what a model learns from must not depend on a model.";
            case MODEL -> "A model reads sources and feature views only.";
            case CHECK -> "A check reads sources, feature views and models only.";
            case TEST -> "A test reads relations of the project.";
        };
        return "Reads the " + read.kind().noun() + " " + read.name() + " (" + read.path() + "). " + rule;
    }

    /** DuckDB itself tells which words are reserved. No SQL reads a check, so its name may be any word. */
    private static Optional<String> unfit(Draft draft, UnaryOperator<String> parser) {
        String name = draft.name();
        if (!SqlFolder.isPlain(name)) {
            return Optional.of("'" + name
                    + "' cannot be a relation name. Rename the file: letters, digits and _, no digit" + " first.");
        }
        if (draft.kind() == Kind.CHECK) {
            return Optional.empty();
        }
        if (key(name).startsWith(VIEW_PREFIX)) {
            return Optional.of("The name " + name + " starts with " + VIEW_PREFIX
                    + ", which the warehouse keeps for its" + " views of newest rows. Rename the file.");
        }
        if (key(name).equals(RELEASE_TABLE)) {
            return Optional.of("The name " + name + " is that of a table of the warehouse, which names the release."
                    + " Rename the file.");
        }
        boolean reserved = Json.tree(parser.apply("SELECT " + name + ".x FROM " + name))
                .path("error")
                .asBoolean();
        return reserved
                ? Optional.of("The name " + name + " is a reserved word of SQL. Rename the file.")
                : Optional.empty();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
