package smew.learn;

import java.util.List;
import java.util.Set;
import smew.project.Relation;

/**
 * One algorithm as {@code smew algorithms} lists it.
 *
 * @param name as {@code @algorithm} has it
 * @param tasks what it can learn
 * @param resample what {@code @resample} may ask of it besides {@code none}
 */
public record Algorithm(
        String name,
        String meaning,
        Set<Relation.Task> tasks,
        Set<Relation.Resample> resample,
        List<Parameter> parameters) {}
