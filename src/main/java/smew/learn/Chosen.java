package smew.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;
import smew.project.Directive;
import smew.project.Relation;

/**
 * An algorithm with a value for each of its parameters.
 *
 * @param values by parameter name, in the order of the table
 */
record Chosen(Algorithm algorithm, Map<String, Double> values) {

    /**
     * Checks what a model's file asks for.
     *
     * @throws SmewException CONFIGURATION, with file and line, of every name and value that is wrong
     */
    static Chosen of(Relation.Model definition) {
        String where = definition.file().where(Directive.ALGORITHM);
        String name = definition.algorithm().name();
        Algorithm algorithm = Algorithms.find(name)
                .orElseThrow(() -> SmewException.at(
                        Fault.CONFIGURATION,
                        where,
                        where + ": there is no algorithm " + name + "."
                                + Near.hint(
                                        name,
                                        Algorithms.all().stream()
                                                .map(Algorithm::name)
                                                .toList())));
        Map<String, String> written = definition.algorithm().parameters();
        List<Problem> problems = new ArrayList<>();
        List<String> known =
                algorithm.parameters().stream().map(Parameter::name).toList();
        for (String key : written.keySet()) {
            if (!known.contains(key)) {
                problems.add(new Problem(where, name + " has no parameter " + key + "." + Near.hint(key, known)));
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (Parameter parameter : algorithm.parameters()) {
            String text = written.get(parameter.name());
            values.put(parameter.name(), text == null ? parameter.standard() : value(parameter, text, where, problems));
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "The algorithm of model " + definition.name(), problems);
        }
        return new Chosen(algorithm, values);
    }

    private static double value(Parameter parameter, String text, String where, List<Problem> problems) {
        double value = parameter.value(text);
        if (Double.isNaN(value)) {
            problems.add(new Problem(
                    where, parameter.name() + " is '" + text + "', expected " + parameter.expected() + "."));
        }
        return value;
    }

    /** An algorithm with some parameters that differ from their defaults. */
    static Chosen of(Algorithm algorithm, Map<String, Double> given) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Parameter parameter : algorithm.parameters()) {
            values.put(parameter.name(), given.getOrDefault(parameter.name(), parameter.standard()));
        }
        if (!values.keySet().containsAll(given.keySet())) {
            throw new IllegalArgumentException(algorithm.name() + " lacks some of " + given.keySet());
        }
        return new Chosen(algorithm, values);
    }

    /** Whether the algorithm is yet to be found. */
    boolean isAuto() {
        return algorithm.name().equals(Algorithms.AUTO);
    }

    /** Refuses a task or a resampling that the algorithm cannot do. */
    void require(Relation.Model definition, Relation.Task task) {
        if (!algorithm.tasks().contains(task)) {
            throw SmewException.at(
                    Fault.CONFIGURATION,
                    definition.file().where(Directive.ALGORITHM),
                    definition.file().where(Directive.ALGORITHM) + ": " + algorithm.name() + " cannot learn label "
                            + definition.label() + ", which is a " + word(task) + ". Use one of "
                            + names(Algorithms.all().stream()
                                    .filter(other -> other.tasks().contains(task))
                                    .toList())
                            + ", or state @task.");
        }
        Relation.Resample resample = definition.resample();
        boolean supported =
                task == Relation.Task.CLASSIFICATION && algorithm.resample().contains(resample);
        if (resample != Relation.Resample.NONE && !supported) {
            throw SmewException.at(
                    Fault.CONFIGURATION,
                    definition.file().where(Directive.RESAMPLE),
                    definition.file().where(Directive.RESAMPLE) + ": " + word(resample) + " does not go with "
                            + algorithm.name() + " for " + word(task) + ". It goes with classification by "
                            + names(Algorithms.all().stream()
                                    .filter(other -> other.resample().contains(resample))
                                    .toList())
                            + ".");
        }
    }

    /** The same with a value in place of a 0 that stands for "by the data". */
    Chosen resolved(String parameter, double value) {
        if (number(parameter) != 0) {
            return this;
        }
        Map<String, Double> resolved = new LinkedHashMap<>(values);
        resolved.put(parameter, value);
        return new Chosen(algorithm, resolved);
    }

    /** The same with a value that is not greater than what the data allow. */
    Chosen atMost(String parameter, double value) {
        Map<String, Double> bounded = new LinkedHashMap<>(values);
        bounded.put(parameter, Math.min(number(parameter), value));
        return new Chosen(algorithm, bounded);
    }

    int integer(String parameter) {
        return (int) number(parameter);
    }

    double number(String parameter) {
        Double value = values.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException(algorithm.name() + " has no " + parameter);
        }
        return value;
    }

    /** Every parameter for the card: integers as such. */
    Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (Parameter parameter : algorithm.parameters()) {
            shown.put(parameter.name(), parameter.shown(number(parameter.name())));
        }
        return shown;
    }

    /** As SQL files and cards write it: {@code class-weight}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static String names(List<Algorithm> algorithms) {
        return algorithms.stream().map(Algorithm::name).collect(Collectors.joining(", "));
    }
}
