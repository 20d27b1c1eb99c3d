package smew.report;

import static smew.report.Html.element;

import java.util.ArrayList;
import java.util.List;
import smew.report.Html.Element;

/**
 * A drawing with what it says in words and, folded away, in numbers.
 *
 * @param caption one or two sentences
 */
record Chart(String id, String title, String caption, Drawing drawing, Grid numbers) {

    Element html() {
        List<Html> words = new ArrayList<>();
        if (!caption.isEmpty()) {
            words.add(Part.paragraph(caption));
        }
        words.add(Part.folded("Numbers", numbers.html()));
        return element("figure", element("h4", title), drawing.html(), element("figcaption", words))
                .as("chart")
                .with("id", id);
    }

    /** Charts beside each other, as many as there is room for; nothing where there are none. */
    static List<Html> beside(List<Chart> charts) {
        List<Html> figures = new ArrayList<>();
        charts.forEach(chart -> figures.add(chart.html()));
        return figures.isEmpty() ? List.of() : List.of(element("div", figures).as("charts"));
    }
}
