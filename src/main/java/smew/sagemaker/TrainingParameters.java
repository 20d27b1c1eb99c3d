package smew.sagemaker;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import smew.project.Relation;

/** What a training job is told of the model it trains: its directives without their {@code @}, as texts. */
public final class TrainingParameters {

    private TrainingParameters() {}

    /**
     * The hyperparameters of a model.
     *
     * @param asOf the date that the rows were made for
     */
    public static Map<String, String> of(Relation.Model model, LocalDate asOf) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", model.name());
        values.put("as-of", asOf.toString());
        values.put("sql-digest", model.file().digest());
        values.put("label", column(model.label()));
        values.put("entity", columns(model.entity()));
        if (!model.time().isEmpty()) {
            values.put("time", columns(model.time()));
        }
        model.task().ifPresent(task -> values.put("task", word(task)));
        model.positive().ifPresent(positive -> values.put("positive", "'" + positive.replace("'", "''") + "'"));
        StringBuilder algorithm = new StringBuilder(model.algorithm().name());
        model.algorithm().parameters().forEach((key, value) -> algorithm.append(" " + key + "=" + value));
        values.put("algorithm", algorithm.toString());
        model.split().ifPresent(split -> values.put("split", word(split.by()) + " " + split.fraction()));
        values.put("resample", word(model.resample()));
        values.put("missing", word(model.missing()));
        values.put("seed", Long.toString(model.seed()));
        return values;
    }

    private static String columns(List<String> names) {
        return String.join(", ", names.stream().map(TrainingParameters::column).toList());
    }

    /** In quotes where a directive needs them. */
    private static String column(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
