package smew.lint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import smew.base.Json;
import smew.duck.Duck;
import smew.project.Place;
import smew.project.Places;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Lays out SQL files. A file is changed only where DuckDB's tree of it stays the same and each comment is still there; the comment at its
 * top, with its directives, is not touched.
 */
public final class Formatter implements AutoCloseable {

    /** How often the result is laid out again until it stays as it is. */
    private static final int ROUNDS = 5;

    private static final Set<String> PLACES = Set.of("query_location", "query_location_length");

    private final Duck duck = Duck.inMemory(Duck.Limits.NONE);

    /** Lays out one file. */
    public Formatted format(String raw) {
        try {
            return laidOut(raw);
        } catch (JacksonException | StackOverflowError deep) {
            return new Formatted.Refused(
                    new Place(1, 1, 1, 1),
                    "The SELECT is nested too deeply to be read. Cut it into several CTEs or files.");
        }
    }

    private Formatted laidOut(String raw) {
        String mark = raw.startsWith("\uFEFF") ? "\uFEFF" : "";
        boolean windows = raw.contains("\r\n");
        String text = raw.substring(mark.length()).replace("\r\n", "\n").replace('\r', '\n');
        List<Token> tokens = Token.of(text);
        int body = start(tokens);
        if (body == tokens.size()) {
            return new Formatted.Refused(new Place(1, 1, 1, 1), "The file holds no SQL.");
        }
        JsonNode before = Json.deepTree(duck.parse(statement(text)));
        if (before.path("error").asBoolean()) {
            return refused(text, before);
        }
        return Stream.of(true, false)
                .flatMap(capitals -> settled(text, capitals, plain(before)).stream())
                .findFirst()
                .map(result -> {
                    String written = mark + (windows ? result.replace("\n", "\r\n") : result);
                    return written.equals(raw) ? new Formatted.Same() : new Formatted.Changed(written);
                })
                .orElseGet(() -> new Formatted.Refused(
                        new Place(1, 1, 1, 1),
                        "Laying it out would change what it means, so it stays as it is. This is a gap in smew format: please report"
                                + " the file."));
    }

    /** Lays out until nothing changes; empty where that would change the meaning, or never ends. */
    private Optional<String> settled(String text, boolean capitals, String meaning) {
        List<String> comments = comments(text);
        String now = text;
        for (int round = 0; round < ROUNDS; round++) {
            String next = laidOut(now, capitals);
            if (next.equals(now)) {
                return Optional.of(now);
            }
            boolean same = comments(next).equals(comments)
                    && plain(Json.deepTree(duck.parse(statement(next)))).equals(meaning);
            if (!same) {
                return Optional.empty();
            }
            now = next;
        }
        return Optional.empty();
    }

    private static String laidOut(String text, boolean capitals) {
        List<Token> tokens = Token.of(text);
        int body = start(tokens);
        String code = Layout.of(tokens.subList(body, tokens.size()), capitals);
        return text.substring(0, offset(text, tokens, body)) + code;
    }

    /** The first token that is part of the SQL: a block comment before it belongs to the top. */
    private static int start(List<Token> tokens) {
        int start = 0;
        while (start < tokens.size() && tokens.get(start).isComment()) {
            start++;
        }
        return start;
    }

    /** Where a token stands in the text. */
    private static int offset(String text, List<Token> tokens, int index) {
        int line = tokens.stream().limit(index + 1L).mapToInt(Token::lines).sum()
                + (int) tokens.stream()
                        .limit(index)
                        .flatMapToInt(token -> token.text().chars())
                        .filter(character -> character == '\n')
                        .count();
        int start = 0;
        for (int skipped = 0; skipped < line; skipped++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start + tokens.get(index).column();
    }

    /** Without semicolons, which DuckDB's parser takes for the beginning of another statement where a comment follows. */
    private static String statement(String text) {
        List<Token> tokens = Token.of(text);
        return tokens.stream().anyMatch(token -> token.type() == Token.Type.SEMICOLON)
                ? text.stripTrailing().endsWith(";") ? text.substring(0, text.lastIndexOf(';')) : text
                : text;
    }

    private static List<String> comments(String text) {
        return Token.of(text).stream().filter(Token::isComment).map(Token::text).toList();
    }

    /** A tree without places, as text. */
    private static String plain(JsonNode tree) {
        StringBuilder text = new StringBuilder();
        write(tree, text);
        return text.toString();
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            boolean type = Tree.is(node, "TYPE");
            node.properties().forEach(property -> {
                String key = property.getKey();
                // DATE and date are one type.
                if (type && key.equals("type_name")) {
                    text.append(Tree.key(property.getValue().asString(""))).append(' ');
                } else if (!PLACES.contains(key) && !(type && key.equals("qualified_name"))) {
                    text.append(key).append(':');
                    write(property.getValue(), text);
                }
            });
        } else if (node.isArray()) {
            text.append('[');
            node.forEach(element -> write(element, text));
            text.append(']');
        } else {
            text.append(node).append(' ');
        }
    }

    private static Formatted.Refused refused(String text, JsonNode error) {
        String position = error.path("position").asString("");
        Place place = position.matches("\\d{1,9}")
                ? new Places(text).bytes(Long.parseLong(position), 1)
                : new Place(1, 1, 1, 1);
        return new Formatted.Refused(
                place,
                "DuckDB cannot parse this: " + error.path("error_message").asString("")
                        + ". Mend it first; smew lint says more.");
    }

    @Override
    public void close() {
        duck.close();
    }
}
