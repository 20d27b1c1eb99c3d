package smew.features;

import java.util.Optional;
import smew.duck.Duck;
import smew.project.Project;
import smew.project.Relation;

/** Finds out which columns of feature views become labels, whose very point is to be known later. */
record Labels(Duck duck, Project project, Timeline timeline, Stage stage) {

    /** A model whose label depends on a column of a view. The values of the column are dealt out anew to see what changes. */
    Optional<Relation.Model> of(Relation.FeatureView view, String column) {
        return project.models().stream()
                .filter(model -> stage.read(model).contains(view))
                .filter(model -> depends(model, view, column))
                .findFirst();
    }

    private boolean depends(Relation.Model model, Relation.FeatureView view, String column) {
        Comparison comparison = Comparison.of(duck, model, model.entity(), model.time(), timeline.columns(model));
        return comparison.with(stage.deal(view, column, model), "true").changed(model.label()) > 0;
    }
}
