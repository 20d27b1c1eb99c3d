package smew.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import smew.model.Card;

/** What a person sees of a page. */
final class Pages {

    private Pages() {}

    /** A section of a page, by its id. */
    static String section(String page, String id) {
        int start = page.indexOf("<section id=\"" + id + "\"");
        assertTrue(start >= 0, id + " is there");
        return page.substring(start, page.indexOf("</section>", start));
    }

    /** What a person reads, tags being blanks only around cells and blocks. */
    static String words(String html) {
        return html.replaceAll("</?(code|strong|span|a)( [^>]*)?>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("[\\s\u00A0]+", " ");
    }

    static String words(List<Html> parts) {
        StringBuilder html = new StringBuilder();
        parts.forEach(part -> part.write(html));
        return words(html.toString());
    }

    /** What a person reads of the section of the only model. */
    static String model(Card card) {
        return words(section(Report.html(Runs.with(card)), "model-1"));
    }
}
