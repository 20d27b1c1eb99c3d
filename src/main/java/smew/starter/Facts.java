package smew.starter;

import java.util.ArrayList;
import java.util.List;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * Aggregates that are asked for together, so that one pass over the rows answers them all.
 *
 * <p>{@link #ask} gives a number to each; {@link #answer} runs the query.
 */
final class Facts {

    /** More aggregates than this in one query take too much memory at once. */
    private static final int AT_ONCE = 600;

    private final List<String> asked = new ArrayList<>();

    /** An aggregate; the answer is its text. */
    int ask(String aggregate) {
        asked.add("(" + aggregate + ")::VARCHAR");
        return asked.size() - 1;
    }

    /** What came of each. */
    Answers answer(Duck duck, String from, Origin origin) {
        List<String> answers = new ArrayList<>();
        for (int start = 0; start < asked.size(); start += AT_ONCE) {
            List<String> part = asked.subList(start, Math.min(asked.size(), start + AT_ONCE));
            answers.addAll(duck.texts(
                    "SELECT coalesce(unnest(facts), chr(0)) FROM (SELECT [" + String.join(", ", part)
                            + "] AS facts FROM " + from + ")",
                    origin));
        }
        return new Answers(answers);
    }

    /** Answers by number. */
    record Answers(List<String> texts) {

        boolean isNull(int number) {
            return texts.get(number).equals("\0");
        }

        /** The text; empty for null. */
        String text(int number) {
            return isNull(number) ? "" : texts.get(number);
        }

        long count(int number) {
            return isNull(number) ? 0 : new java.math.BigDecimal(texts.get(number)).longValue();
        }

        double number(int number) {
            return isNull(number) ? Double.NaN : Double.parseDouble(texts.get(number));
        }
    }
}
