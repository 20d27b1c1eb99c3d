package smew.project;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smew.base.Near;
import smew.project.SqlFile.DirectiveLine;

/**
 * The leading comment of one SQL file.
 *
 * @param description without directives
 * @param directives the valid ones, in file order
 * @param written every directive that the file tries to give, valid or not
 */
record Header(String description, List<DirectiveLine> directives, Set<Directive> written) {

    private static final Pattern DIRECTIVE = Pattern.compile("--\\s*@\\s*(\\S*)\\s*(.*)");

    static Header of(Kind kind, String path, SqlText text, Findings findings) {
        List<String> description = new ArrayList<>();
        List<DirectiveLine> directives = new ArrayList<>();
        Set<Directive> written = EnumSet.noneOf(Directive.class);
        for (int comment : text.comments()) {
            int line = text.line(comment);
            int end = text.text().indexOf('\n', comment);
            String content = text.text().substring(comment, end).strip();
            Matcher matcher = DIRECTIVE.matcher(content);
            boolean leading = comment < text.start();
            if (matcher.matches() && leading) {
                Optional<DirectiveLine> found = directive(kind, path, line, matcher, directives, written, findings);
                found.ifPresent(directives::add);
            } else if (matcher.matches()) {
                findings.add(path, line, late(matcher.group(1)));
            } else if (leading) {
                description.add(content.replaceFirst("^--+ ?", ""));
            }
        }
        return new Header(String.join("\n", description).strip(), directives, written);
    }

    /** The value of a directive that stands there once. */
    Optional<String> value(Directive directive) {
        return directives.stream()
                .filter(line -> line.directive() == directive)
                .map(DirectiveLine::value)
                .findFirst();
    }

    /** The line of a directive, or 1 without one. */
    int line(Directive directive) {
        return directives.stream()
                .filter(line -> line.directive() == directive)
                .map(DirectiveLine::line)
                .findFirst()
                .orElse(1);
    }

    private static Optional<DirectiveLine> directive(
            Kind kind,
            String path,
            int line,
            Matcher matcher,
            List<DirectiveLine> before,
            Set<Directive> written,
            Findings findings) {
        String key = matcher.group(1);
        String value = matcher.group(2).strip();
        Optional<Directive> known = Directive.ofKey(key);
        if (known.isEmpty()) {
            List<String> keys = Directive.keysIn(kind);
            findings.add(path, line, "There is no directive @" + key + "." + Near.hint("@" + key, keys));
            // A misspelt directive is not a missing one as well.
            Near.name("@" + key, keys)
                    .flatMap(near -> Directive.ofKey(near.substring(1)))
                    .ifPresent(written::add);
            return Optional.empty();
        }
        Directive directive = known.get();
        Optional<String> wrong = wrong(kind, directive, value, before);
        wrong.ifPresent(detail -> findings.add(path, line, detail));
        written.add(directive);
        return wrong.isPresent() ? Optional.empty() : Optional.of(new DirectiveLine(directive, value, line));
    }

    /** What is wrong with a directive in a file of this kind, if anything is. */
    static Optional<String> wrong(Kind kind, Directive directive, String value, List<DirectiveLine> before) {
        String key = "@" + directive.key();
        if (!directive.allowedIn(kind)) {
            return Optional.of(key + " does not belong in a " + kind.noun() + ", only in " + directive.places() + "."
                    + " Remove the line, or move it.");
        }
        Optional<DirectiveLine> first = before.stream()
                .filter(earlier -> earlier.directive() == directive)
                .findFirst();
        if (first.isPresent() && !directive.repeatsIn(kind)) {
            return Optional.of(key + " stands on line " + first.get().line() + " already. Keep one of them.");
        }
        if (value.isEmpty()) {
            return Optional.of(key + " has no value, expected " + directive.syntax() + ".");
        }
        try {
            directive.validate(kind, value);
            return Optional.empty();
        } catch (IllegalArgumentException bad) {
            return Optional.of(
                    key + " holds '" + value + "': " + bad.getMessage() + ". Expected " + directive.syntax() + ".");
        }
    }

    private static String late(String key) {
        return "@" + key
                + " stands after the SQL starts, where directives are not read. Move the line to the comment at"
                + " the top of the file, or write the comment without @.";
    }
}
