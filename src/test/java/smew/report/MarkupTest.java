package smew.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Leaks;
import smew.project.Relation;

/** What holds of a page whatever it tells: no markup from names, no network, names for those who do not see it. */
final class MarkupTest {

    private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)[^>]*>");
    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "'-->]]></style></title></svg><b>",
            "& &amp; \u0000\u202E\uD800 \u0007",
            "a, \"b\"\nc");

    @Test
    void turnsNoTextIntoMarkup() {
        String harmless = Report.html(everything("word"));
        for (String text : HOSTILE) {
            String page = Report.html(everything(text));
            assertTrue(tags(harmless).equals(tags(page)), "other elements with the name " + text);
            assertTrue(attributes(harmless).equals(attributes(page)), "other attributes with the name " + text);
            assertFalse(page.contains("<script"), text);
            assertFalse(page.contains("<img"), text);
            assertTrue(
                    page.codePoints()
                            .noneMatch(c ->
                                    c == 0 || c == 7 || c == 0x202E || Character.getType(c) == Character.SURROGATE),
                    "no control characters: " + text);
        }
    }

    @Test
    void closesEveryElementWhereItWasOpened() {
        for (ReportedRun run : List.of(
                Runs.saying("<'\"&>"),
                everything("<'\"&>"),
                Runs.with(Runs.threeClasses(), Runs.regression(), RichCards.chance()))) {
            List<String> open = new ArrayList<>();
            Matcher tag = TAG.matcher(withoutStyle(Report.html(run)));
            while (tag.find()) {
                if (tag.group(2).equals("meta")) {
                    continue;
                }
                if (tag.group(1).isEmpty()) {
                    open.add(tag.group(2));
                } else {
                    assertEquals(open.removeLast(), tag.group(2));
                }
            }
            assertEquals(List.of(), open);
        }
    }

    @Test
    void needsNoNetworkAndNoScript() {
        String page = Report.html(everything("word"));
        for (String forbidden :
                List.of("http://", "https://", "<script", "<link", "<img", " src=", "url(", "@import")) {
            assertFalse(page.contains(forbidden), forbidden);
        }
        assertTrue(page.contains("default-src &#39;none&#39;"), "the browser is told so too");
        assertThrows(
                IllegalArgumentException.class, () -> Html.element("a", "away").with("href", "javascript:alert(1)"));
    }

    @Test
    void namesEveryTableAndItsHeadings() {
        String page = Report.html(everything("word"));
        assertEquals(occurrences(page, "<table"), occurrences(page, "<caption>"));
        assertEquals(occurrences(page, "<th "), occurrences(page, "scope="));
        assertEquals(0, occurrences(page, "<th>"));
        assertEquals(1, occurrences(page, "<h1>"));
        assertTrue(page.contains("<html lang=\"en\">"));
    }

    @Test
    void namesEveryDrawingAndPutsItsNumbersBeside() {
        String page = Report.html(everything("word"));
        int drawings = occurrences(page, "class=\"drawing\"");
        assertTrue(drawings >= 12, drawings + " drawings");
        assertEquals(drawings, occurrences(page, "<desc>") - 1, "all but the flow");
        assertEquals(drawings, occurrences(page, "<summary>Numbers</summary>"));
        assertEquals(occurrences(page, "<svg class=\"drawing\" role=\"img\""), drawings);
        assertEquals(occurrences(page, "<figure"), occurrences(page, "<figure class=\"chart\" id="));
        assertFalse(page.contains("NaN") || page.contains("Infinity"), "every place in a drawing is a number");
    }

    @Test
    void givesEveryPartAnIdOfItsOwn() {
        String page = Report.html(everything("word"));
        List<String> ids = Pattern.compile(" id=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(ids.size(), Set.copyOf(ids).size(), ids.toString());
        Pattern.compile("href=\"#([^\"]*)\"")
                .matcher(page)
                .results()
                .forEach(link -> assertTrue(ids.contains(link.group(1)), link.group() + " leads somewhere"));
    }

    @Test
    void staysSmallWithEveryPart() {
        int bytes = Report.html(everything("word")).getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < 400_000, bytes + " bytes with four models");
    }

    /** Four models that have every part between them, and leaks; every text of the analyst's begins with this one. */
    private static ReportedRun everything(String text) {
        ReportedRun run =
                Runs.with(RichCards.binary(text), RichCards.chance(), RichCards.threeClasses(), RichCards.regression());
        Leak leak = new Leak(
                LeakKind.FUTURE,
                Relation.Severity.ERROR,
                "history",
                Optional.of(text),
                text + " changes.",
                text + " is to be cut.",
                Optional.empty());
        Leak allowed = new Leak(
                LeakKind.AS_OF,
                Relation.Severity.WARN,
                "history",
                Optional.of(text + "2"),
                "It changes.",
                "Cut it.",
                Optional.of(text));
        Leaks leaks = new Leaks(
                List.of(allowed, leak),
                List.of(new Leaks.Note(Relation.Severity.WARN, "history", text + " was not cut.")));
        return new ReportedRun(run.project(), run.manifest(), run.cards(), run.profile(), Optional.of(leaks));
    }

    private static String withoutStyle(String page) {
        return page.replaceFirst("(?s)<style>.*?</style>", "");
    }

    private static List<String> tags(String page) {
        return TAG.matcher(withoutStyle(page))
                .results()
                .map(tag -> tag.group(1) + tag.group(2))
                .toList();
    }

    private static List<String> attributes(String page) {
        return Pattern.compile(" ([a-zA-Z-]+)=\"[^\"]*\"(?=[^<]*>)")
                .matcher(withoutStyle(page))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static int occurrences(String page, String part) {
        return page.split(Pattern.quote(part), -1).length - 1;
    }
}
