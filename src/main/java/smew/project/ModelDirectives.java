package smew.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import smew.project.SqlFile.DirectiveLine;
import smew.project.SqlFolder.Listed;

/** The directives of a model that stand in no SQL file, such as the hyperparameters of a training job. */
public final class ModelDirectives {

    private ModelDirectives() {}

    /** Whether a directive may hold this value. */
    public static boolean accepts(Directive directive, String value) {
        return Header.wrong(Kind.MODEL, directive, value, List.of()).isEmpty();
    }

    /**
     * The model that directives describe, by the rules and with the defaults of a SQL file. An entity may be left out.
     *
     * @param file with the directives as they were written, and where
     * @throws smew.base.SmewException CONFIGURATION, with every problem and its place
     */
    public static Relation.Model read(SqlFile file) {
        Findings findings = new Findings();
        List<DirectiveLine> valid = new ArrayList<>();
        for (DirectiveLine line : file.directives()) {
            Optional<String> wrong = Header.wrong(Kind.MODEL, line.directive(), line.value(), valid);
            wrong.ifPresent(detail -> findings.add(file.path(), line.line(), detail));
            if (wrong.isEmpty()) {
                valid.add(line);
            }
        }
        boolean labelled = file.directives().stream().anyMatch(line -> line.directive() == Directive.LABEL);
        if (!labelled) {
            findings.add(file.path(), 1, "A model needs " + Directive.LABEL.syntax() + ": which column to learn.");
        }
        Draft draft = new Draft(
                new Listed(Kind.MODEL, file.name(), file.path(), Path.of("")),
                SqlText.of(""),
                new Header(file.description(), valid, EnumSet.noneOf(Directive.class)),
                Optional.empty(),
                file.digest());
        ModelDraft model = new ModelDraft(draft, file, List.of(), findings);
        List<String> entity = draft.header()
                .value(Directive.ENTITY)
                .map(DirectiveValue::columns)
                .orElse(List.of());
        Optional<Relation.Model> described = model.described(entity);
        findings.throwIfAny(file.path());
        return described.orElseThrow();
    }
}
