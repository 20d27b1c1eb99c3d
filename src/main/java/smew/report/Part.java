package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import smew.release.Manifest;
import smew.report.Html.Element;

/** Pieces that several sections of a report are made of. */
final class Part {

    private static final Pattern ALIGNED = Pattern.compile("(?m)^\\s+\\S|\\S {2,}\\S");

    private Part() {}

    static Element section(String id, String title, List<Html> content) {
        List<Html> all = new ArrayList<>();
        all.add(element("h2", title).with("id", id + "-title"));
        all.addAll(content);
        return element("section", all).with("id", id).with("aria-labelledby", id + "-title");
    }

    static Element paragraph(String words) {
        return element("p", words);
    }

    static Element note(String words) {
        return paragraph(words).as("note");
    }

    /** The leading comment of a SQL file: blank lines part paragraphs. */
    static List<Html> description(Optional<Manifest.Sql> file) {
        return file.map(Manifest.Sql::description).stream()
                .flatMap(words -> Arrays.stream(words.split("\\n\\s*\\n")))
                .filter(words -> !words.isBlank())
                .map(Part::prose)
                .toList();
    }

    /** Blanks in a row line something up, such as columns and what they hold: such lines stay as they were written. */
    private static Html prose(String words) {
        boolean linedUp = ALIGNED.matcher(words).find();
        return linedUp ? paragraph(words.stripTrailing()).as("aligned") : paragraph(words.strip());
    }

    /** The text of a SQL file, folded away. */
    static List<Html> sql(Optional<Manifest.Sql> file) {
        return file.stream()
                .map(sql -> (Html) folded(
                        "SQL: " + sql.path(),
                        element("pre", element("code", sql.text())).with("tabindex", "0")))
                .toList();
    }

    static Element folded(String summary, Html content) {
        return element("details", element("summary", summary), content);
    }

    /** Terms and what holds for them, in the map's order. */
    static Element facts(Map<String, Html> facts) {
        List<Html> list = new ArrayList<>();
        facts.forEach((term, fact) -> list.add(element("div", element("dt", term), element("dd", fact))));
        return element("dl", list);
    }

    /** Names of the analyst's, parted by commas. */
    static Html names(List<String> names) {
        List<Html> list = new ArrayList<>();
        for (String name : names) {
            if (!list.isEmpty()) {
                list.add(text(", "));
            }
            list.add(Html.code(name));
        }
        return names.isEmpty() ? text("none") : element("span", list);
    }

    /** Event time and what breaks its ties. */
    static Html time(List<String> time) {
        return switch (time.size()) {
            case 0 -> text("none: each entity has one row");
            case 1 -> Html.code(time.getFirst());
            default ->
                element(
                        "span",
                        Html.code(time.getFirst()),
                        text(", ties broken by "),
                        names(time.subList(1, time.size())));
        };
    }

    /** A word of SQL files for a constant: {@code class-weight}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A bar of a share from 0 to 1; the number beside it says the same to those who do not see it. */
    static Element bar(double share) {
        double width = Double.isFinite(share) ? Math.clamp(share, 0, 1) * 100 : 0;
        Element filled = element("span").with("style", String.format(Locale.ROOT, "width:%.1f%%", width));
        return element("td", element("div", filled).as("bar").with("aria-hidden", "true"));
    }

    static String versions(Map<String, String> versions) {
        return versions.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
