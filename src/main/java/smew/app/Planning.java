package smew.app;

import java.util.List;
import java.util.Optional;
import smew.app.Plan.Action;
import smew.app.Plan.Step;
import smew.features.Reason;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;

/**
 * Tells what a run would do.
 *
 * @param reuse what it would take from the current release; empty: it would make everything
 */
record Planning(RunRequest request, Project project, Optional<Manifest> release, Optional<Reuse> reuse) {

    /** One step for each relation. */
    Plan plan() {
        return new Plan(
                release.map(Manifest::id),
                request.asOf(),
                project.relations().stream().map(this::step).toList(),
                reuse.map(older -> older.changes().gone().stream()
                                .map(sql -> sql.kind().noun() + " " + sql.name())
                                .toList())
                        .orElse(List.of()),
                Optional.empty());
    }

    private Step step(Relation relation) {
        List<Reason> reasons = reuse.map(older -> older.changes().of(relation)).orElse(List.of());
        Action action = action(relation);
        return new Step(relation.kind().noun(), relation.name(), action, reasons, note(relation, action, reasons));
    }

    private Action action(Relation relation) {
        return switch (relation) {
            case Relation.Source source -> takes(source) ? Action.SKIP : Action.READ;
            case Relation.FeatureView view -> takes(view) ? Action.REUSE : Action.RUN;
            case Relation.Model _ -> request.featuresOnly() ? Action.SKIP : Action.TRAIN;
            case Relation.Check check ->
                reuse.filter(older -> older.keepsCheck(check)).isPresent() ? Action.REUSE : Action.RUN;
        };
    }

    private boolean takes(Relation relation) {
        return reuse.filter(older -> older.takes(relation)).isPresent();
    }

    /** What happens although no row changed, and why. */
    private String note(Relation relation, Action action, List<Reason> reasons) {
        if (reuse.isEmpty()) {
            return release.isEmpty() ? "there is no release yet" : "everything is made anew";
        }
        if (!reasons.isEmpty()) {
            return "";
        }
        String same = isRewritten(relation) ? "only its comments or directives changed" : "unchanged";
        return switch (action) {
            case READ -> same + "; needed by " + String.join(", ", reuse.get().readers(relation));
            case SKIP, REUSE -> same;
            case TRAIN -> same + "; the same rows";
            case RUN -> isRewritten(relation) ? same : "it calls a model, or the as-of date is another one";
        };
    }

    private boolean isRewritten(Relation relation) {
        return released(relation)
                .filter(sql -> !sql.digest().equals(relation.file().digest()))
                .isPresent();
    }

    private Optional<Manifest.Sql> released(Relation relation) {
        return release.stream()
                .flatMap(older -> older.sql().stream())
                .filter(sql -> sql.kind() == relation.kind() && sql.name().equalsIgnoreCase(relation.name()))
                .findFirst();
    }
}
