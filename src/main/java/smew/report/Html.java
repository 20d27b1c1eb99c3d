package smew.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * HTML as a tree. Texts and values of attributes are escaped when they are written, and there is no way to add markup as
 * text, so that no name, category or SQL can become markup.
 */
sealed interface Html {

    void write(StringBuilder out);

    /** Words of any origin. */
    record Text(String text) implements Html {
        @Override
        public void write(StringBuilder out) {
            escape(text, out);
        }
    }

    /**
     * One element.
     *
     * @param tag and names of attributes are constants of this room
     */
    record Element(String tag, Map<String, String> attributes, List<Html> children) implements Html {

        private static final Set<String> EMPTY = Set.of("meta");

        /** Elements that begin a line of their own, so that a person can read the source and compare two reports. */
        private static final Set<String> LINES = Set.of(
                "body",
                "details",
                "div",
                "dl",
                "dt",
                "figcaption",
                "figure",
                "h1",
                "h2",
                "h3",
                "h4",
                "head",
                "header",
                "li",
                "main",
                "meta",
                "nav",
                "ol",
                "p",
                "path",
                "rect",
                "section",
                "style",
                "svg",
                "table",
                "tbody",
                "text",
                "thead",
                "title",
                "tr",
                "ul");

        public Element {
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            children = List.copyOf(children);
            if (attributes.containsKey("src")
                    || !attributes.getOrDefault("href", "#").startsWith("#")) {
                throw new IllegalArgumentException("A report points only into itself, not at " + attributes + ".");
            }
        }

        /** The same with one more attribute. */
        Element with(String attribute, String value) {
            Map<String, String> more = new LinkedHashMap<>(attributes);
            more.put(attribute, value);
            return new Element(tag, more, children);
        }

        /** The same with a class of the style sheet. */
        Element as(String style) {
            return with("class", style);
        }

        @Override
        public void write(StringBuilder out) {
            if (LINES.contains(tag)) {
                out.append('\n');
            }
            out.append('<').append(tag);
            attributes.forEach((name, value) -> {
                out.append(' ').append(name).append("=\"");
                escape(value, out);
                out.append('"');
            });
            out.append('>');
            children.forEach(child -> child.write(out));
            if (!EMPTY.contains(tag)) {
                out.append("</").append(tag).append('>');
            }
        }
    }

    /** The style sheet, which this room wrote: the one text that is not escaped. */
    record Style(String css) implements Html {

        public Style {
            if (css.contains("<") || css.contains("url(") || css.contains("@import")) {
                throw new IllegalArgumentException("A style sheet holds no markup and fetches nothing.");
            }
        }

        @Override
        public void write(StringBuilder out) {
            out.append("\n<style>\n").append(css).append("</style>");
        }
    }

    static Text text(String text) {
        return new Text(text);
    }

    static Element element(String tag, List<Html> children) {
        return new Element(tag, Map.of(), children);
    }

    static Element element(String tag, Html... children) {
        return element(tag, List.of(children));
    }

    static Element element(String tag, String text) {
        return element(tag, text(text));
    }

    /** A name of the analyst's: a column, a relation, a file. */
    static Element code(String name) {
        return element("code", name);
    }

    private static void escape(String text, StringBuilder out) {
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(shown(character) ? character : '\uFFFD');
            }
        });
    }

    /** HTML has no control characters, and those that turn the direction of writing make a name look like another. */
    private static boolean shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\n' || character == '\t';
            case Character.SURROGATE -> false;
            default -> !(character >= 0x202A && character <= 0x202E) && !(character >= 0x2066 && character <= 0x2069);
        };
    }
}
