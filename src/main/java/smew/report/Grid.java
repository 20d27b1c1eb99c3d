package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import smew.report.Html.Element;

/** A table: a caption, headings, rows whose first cell names them, numbers to the right. Too wide, it scrolls by itself. */
final class Grid {

    private final String caption;
    private final List<String> headings = new ArrayList<>();
    private final List<Boolean> numbers = new ArrayList<>();
    private final List<Html> rows = new ArrayList<>();

    Grid(String caption) {
        this.caption = caption;
    }

    /** Adds columns of words. */
    Grid words(String... names) {
        return columns(false, names);
    }

    /** Adds columns of numbers. */
    Grid numbers(String... names) {
        return columns(true, names);
    }

    private Grid columns(boolean number, String... names) {
        for (String name : names) {
            headings.add(name);
            numbers.add(number);
        }
        return this;
    }

    /** Adds a row, a cell for each column. */
    Grid row(Html... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells for the columns " + headings + ".");
        }
        List<Html> row = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            Element cell = i == 0
                    ? element("th", cells[i]).with("scope", "row")
                    : cells[i] instanceof Element given && given.tag().equals("td") ? given : element("td", cells[i]);
            row.add(numbers.get(i) ? cell.as("number") : cell);
        }
        rows.add(element("tr", row));
        return this;
    }

    /** Adds a row of words alone. */
    Grid row(String first, String... others) {
        return row(first(text(first), others));
    }

    /** Adds a row that is named by a name of the analyst's. */
    Grid named(String name, String... others) {
        return row(first(Html.code(name), others));
    }

    private static Html[] first(Html first, String... others) {
        List<Html> cells = new ArrayList<>(List.of(first));
        Arrays.stream(others).map(Html::text).forEach(cells::add);
        return cells.toArray(Html[]::new);
    }

    Element html() {
        return scrolling(caption, table());
    }

    /** The same in a style of its own. */
    Element html(String style) {
        return scrolling(caption, table().as(style));
    }

    private Element table() {
        List<Html> head = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            Element heading = element("th", headings.get(i)).with("scope", "col");
            head.add(numbers.get(i) ? heading.as("number") : heading);
        }
        return element("table", caption(caption), element("thead", element("tr", head)), element("tbody", rows));
    }

    /** The words stay in sight when the table scrolls below them. */
    static Element caption(String words) {
        return element("caption", element("span", words));
    }

    /** What may be wider than a phone: it scrolls on its own, by keyboard too. */
    static Element scrolling(String name, Html content) {
        return element("div", content)
                .as("scroll")
                .with("role", "region")
                .with("aria-label", name)
                .with("tabindex", "0");
    }
}
