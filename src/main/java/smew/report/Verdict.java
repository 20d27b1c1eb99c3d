package smew.report;

import java.util.Locale;
import java.util.Optional;
import smew.model.Interval;

/**
 * What one figure says beside another one. Where an interval is known, chance decides: a difference that the interval
 * does not exclude is none.
 */
record Verdict(Kind kind, String words) {

    private static final Verdict OPEN = new Verdict(Kind.OPEN, Figures.NONE);

    enum Kind {
        BETTER,
        WORSE,
        SAME,
        OPEN
    }

    /** Which way a figure is good. */
    enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    /**
     * Such as {@code better by 0.26}, or {@code no different from guessing: the interval holds 0.5}.
     *
     * @param interval of the figure
     * @param other the same figure of something else
     * @param name what that is
     */
    static Verdict against(
            Better better, double figure, Optional<Interval> interval, Optional<Double> other, String name) {
        if (better == Better.NEITHER || other.isEmpty() || Double.isNaN(figure)) {
            return OPEN;
        }
        if (interval.isPresent() && interval.get().holds(other.get())) {
            return new Verdict(
                    Kind.SAME, "no different from " + name + ": the interval holds " + Figures.number(other.get()));
        }
        return by(better, figure - other.get());
    }

    /**
     * Such as {@code better by 0.02}, or {@code no different: the interval holds 0}.
     *
     * @param interval of the difference
     */
    static Verdict difference(Better better, double difference, Interval interval) {
        if (better == Better.NEITHER || Double.isNaN(difference)) {
            return OPEN;
        }
        return interval.holds(0)
                ? new Verdict(Kind.SAME, "no different: the interval holds 0")
                : by(better, difference);
    }

    private static Verdict by(Better better, double difference) {
        if (difference == 0) {
            return new Verdict(Kind.SAME, "the same");
        }
        boolean good = difference > 0 == (better == Better.HIGHER);
        String words = (good ? "better by " : "worse by ") + Figures.number(Math.abs(difference));
        return new Verdict(good ? Kind.BETTER : Kind.WORSE, words);
    }

    /** The same beside figures that have intervals: nobody knows how much of it is chance. */
    Verdict withoutInterval() {
        return kind == Kind.OPEN ? this : new Verdict(Kind.OPEN, words + ", no interval");
    }

    Html html() {
        return Html.element("span", words).as(kind.name().toLowerCase(Locale.ROOT));
    }
}
