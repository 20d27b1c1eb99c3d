package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.columns.ArrowFile;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.VectorFunction;
import smew.model.Card;
import smew.model.Predictor;
import smew.model.ScoredTable;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.ReleaseFiles;

/** The models of a release as functions of SQL: {@code predict_NAME} and, for classes, {@code predict_NAME_proba}. */
final class ModelFunctions {

    private static final String PREDICT = "predict_";
    private static final String PROBABILITY = "_proba";
    private static final String LATEST = "latest_";

    private ModelFunctions() {}

    /**
     * Defines what a query may use of the models of a release: their functions, and {@code latest_NAME}, the newest row of each
     * entity as the model sees it. What the query does not name is not loaded.
     */
    static void define(Duck duck, ReleaseFiles files, String sql) {
        for (Manifest.Model model : files.manifest().models()) {
            String name = model.name();
            if (calls(sql, name)) {
                of(Predictor.released(files.folder("models/" + name))).forEach(duck::function);
            }
            if (names(sql, LATEST + name)) {
                duck.table(LATEST + name, ArrowFile.read(files.file("online/" + name + ".arrow")));
            }
        }
    }

    /** Whether SQL calls a function of a model. */
    static boolean calls(String sql, String model) {
        return names(sql, PREDICT + model);
    }

    /**
     * Refuses SQL that runs before the models are trained, and calls one.
     *
     * @throws SmewException CONFIGURATION, naming each such file and line
     */
    static void requireOnlyInChecks(Project project) {
        List<Problem> problems = new ArrayList<>();
        for (Relation relation : project.relations()) {
            for (Relation.Model model : project.models()) {
                List<String> lines = relation.file().sql().lines().toList();
                if (!(relation instanceof Relation.Check)
                        && calls(relation.file().sql(), model.name())) {
                    int line = 1
                            + IntStream.range(0, lines.size())
                                    .filter(i -> calls(lines.get(i), model.name()))
                                    .findFirst()
                                    .orElse(0);
                    problems.add(new Problem(
                            relation.file().path() + ":" + line,
                            PREDICT + model.name() + " is called before the model is trained. Call it in a check, or in"
                                    + " smew sql."));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Calling models", problems);
        }
    }

    /** Whether SQL has a name in it, be it in a comment. */
    private static boolean names(String sql, String name) {
        return sql.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    }

    /** The functions of one model. A row that the model refuses, because it allows nothing missing, has no prediction. */
    static List<VectorFunction> of(Predictor predictor) {
        Card card = predictor.card();
        List<VectorFunction.Parameter> inputs = card.inputs().stream()
                .map(input -> new VectorFunction.Parameter(
                        input.name(),
                        switch (input.type()) {
                            case NUMBER -> VectorFunction.Type.NUMBER;
                            case BOOLEAN -> VectorFunction.Type.BOOLEAN;
                            case CATEGORY -> VectorFunction.Type.TEXT;
                        }))
                .toList();
        VectorFunction.Type answer = card.classes().isEmpty()
                ? VectorFunction.Type.NUMBER
                : switch (card.labelType()) {
                    case INTEGER -> VectorFunction.Type.WHOLE;
                    case NUMBER -> VectorFunction.Type.NUMBER;
                    case BOOLEAN -> VectorFunction.Type.BOOLEAN;
                    case TEXT -> VectorFunction.Type.TEXT;
                };
        String name = PREDICT + card.name();
        VectorFunction prediction = new VectorFunction(name, inputs, answer, rows -> column(predictor, rows, 0));
        return card.classes().isEmpty()
                ? List.of(prediction)
                : List.of(
                        prediction,
                        new VectorFunction(
                                name + PROBABILITY,
                                inputs,
                                VectorFunction.Type.NUMBER,
                                rows -> column(predictor, rows, 1)));
    }

    private static Column column(Predictor predictor, Table rows, int place) {
        return ScoredTable.outcomes(predictor, rows).get(place);
    }
}
