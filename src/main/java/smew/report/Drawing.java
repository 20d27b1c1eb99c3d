package smew.report;

import static smew.report.Html.element;

import java.util.ArrayList;
import java.util.List;
import smew.report.Html.Element;

/**
 * Panels above each other that share their level axis, as inline SVG. Its colours are those of the style sheet, for light,
 * dark and paper. It is as wide as a phone, and grows and shrinks with the page.
 */
final class Drawing {

    static final int WIDTH = 344;

    /** SVG cannot measure a text: digits of common fonts are 0.55 to 0.6 times as wide as their size of 12. */
    private static final double CHARACTER = 6.9;

    private static final int TITLE = 20;
    private static final int GAP = 14;
    private static final int BELOW = 40;
    private static final int LABELS = 16;

    private final String title;
    private final String description;
    private final Axis across;
    private final List<Panel> panels = new ArrayList<>();

    /**
     * An empty one.
     *
     * @param title and description are for those who do not see it
     */
    Drawing(String title, String description, Axis across) {
        this.title = title;
        this.description = description;
        this.across = across;
    }

    Drawing with(Panel panel) {
        panels.add(panel);
        return this;
    }

    Element html() {
        int left = 10
                + width(panels.stream()
                        .mapToInt(panel -> panel.up().longest())
                        .max()
                        .orElse(0));
        int right = WIDTH - Math.max(6, width(across.longest()) / 2 + 2);
        List<Html> shapes = new ArrayList<>();
        shapes.add(element("title", title));
        shapes.add(element("desc", description));
        int top = 0;
        int bottom = 0;
        for (Panel panel : panels) {
            top = bottom + (bottom == 0 ? 0 : GAP) + TITLE;
            bottom = top + panel.height();
            shapes.add(Panel.text(panel.up().words(), "0", Integer.toString(top - 9), "start")
                    .as("axis"));
            shapes.addAll(panel.html(new Frame(
                    left, top, right, bottom, across.scale(), panel.up().scale())));
        }
        Frame lowest = new Frame(left, top, right, bottom, across.scale(), Scale.SHARE);
        across.scale()
                .ticks()
                .forEach(tick -> shapes.add(Panel.text(
                                across.label(tick),
                                lowest.x(tick.doubleValue()),
                                Integer.toString(lowest.bottom() + LABELS),
                                "middle")
                        .as("tick")));
        shapes.add(Panel.text(across.words(), Integer.toString(right), Integer.toString(bottom + BELOW - 6), "end")
                .as("axis"));
        return element("svg", shapes)
                .as("drawing")
                .with("role", "img")
                .with("viewBox", "0 0 " + WIDTH + " " + (bottom + BELOW));
    }

    private static int width(int characters) {
        return (int) Math.ceil(characters * CHARACTER);
    }
}
