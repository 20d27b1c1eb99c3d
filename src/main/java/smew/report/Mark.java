package smew.report;

import java.util.List;

/**
 * What is drawn in a panel, in the numbers of its axes. Marks differ in shape and in dashes, never in colour alone, so that
 * a print in black says the same.
 */
sealed interface Mark {

    /** A place in a panel. */
    record Spot(double x, double y) {}

    /** What a mark stands for, which is its class in the style sheet. */
    enum Ink {
        /** The model: solid lines, round dots. */
        MAIN,
        /** What it is compared with, such as guessing: dashed lines. */
        GUIDE,
        /** What was chosen: a diamond. */
        CHOSEN
    }

    /** Straight lines from spot to spot. */
    record Line(List<Spot> spots, Ink ink) implements Mark {
        public Line {
            spots = List.copyOf(spots);
        }
    }

    record Dots(List<Spot> spots, Ink ink) implements Mark {
        public Dots {
            spots = List.copyOf(spots);
        }
    }

    /** An upright line with a bar at both ends. */
    record Whisker(double x, double low, double high) implements Mark {}

    /** A level line with a bar at both ends. */
    record Span(double y, double low, double high) implements Mark {}

    /** A box on the bottom of the panel. */
    record Bar(double from, double to, double height) implements Mark {}

    /** Words beside a spot, on a ground of their own. */
    record Words(Spot at, Side side, String words) implements Mark {}

    /** Where words stand: they begin or end at their spot, above or below it. */
    enum Side {
        RIGHT_ABOVE,
        RIGHT_BELOW,
        LEFT_ABOVE,
        LEFT_BELOW
    }
}
