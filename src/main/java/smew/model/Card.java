package smew.model;

import java.util.List;

/** STUB: the learn/model worker fills this in. */
public record Card(String name, List<String> classes, List<String> entity, List<String> time, List<Input> inputs) {
    /** One input column of a model. */
    public record Input(String name, Type type) {}

    /** What a column of a model is to the learner. */
    public enum Type {
        NUMBER,
        BOOLEAN,
        CATEGORY
    }
}
