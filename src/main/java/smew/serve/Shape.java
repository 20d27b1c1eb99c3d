package smew.serve;

import java.util.Locale;

/** The shapes of what routes read and answer; {@link Schemas} says what each looks like. */
enum Shape {
    NOTHING,
    IDS,
    CHANGES,
    ROWS,
    TENSORS,
    PREDICTION,
    PREDICTIONS,
    INVOCATION,
    INFERENCE,
    FEATURES,
    VIEW_FEATURES,
    CARDS,
    CARD,
    TENSOR_MODEL,
    QUERY,
    TABLE,
    RELEASES,
    RELEASE,
    CURRENT,
    STATUS,
    OBJECT,
    TEXT;

    /** Its name among the components of OpenAPI. */
    String component() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
