package smew.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.lint.Formatted;

@Command(
        name = "format",
        description = "Lays out SQL files; what they mean, and their comments, stay as they are.",
        footer = {
            "",
            "A file is changed only where DuckDB's parser says that it means the same. The comment at its top is not touched.",
            "",
            "Examples:  smew format",
            "           smew format --check",
            "           smew format - < unsaved.sql"
        })
final class FormatCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "What to lay out; - for standard input to standard output. Default: all SQL files of the project.")
    private List<String> files = List.of();

    @Option(
            names = "--check",
            fallbackValue = "true",
            description = "Changes nothing, and lists files that are not laid out (exit code 7).")
    private boolean check;

    @Option(names = "--diff", fallbackValue = "true", description = "Changes nothing, and prints what would change.")
    private boolean diff;

    FormatCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        SqlFiles sql = new SqlFiles(world, common.project(world.directory()));
        if (files.contains(SqlFiles.STANDARD_INPUT)) {
            if (files.size() > 1) {
                throw new SmewException(
                        Fault.USAGE, "smew format - lays out standard input alone. Leave out the other files.");
            }
            return piped(sql);
        }
        List<Path> all =
                files.isEmpty() ? sql.all() : files.stream().map(sql::file).toList();
        List<String> texts =
                all.stream().map(file -> text(sql.bytes(file), sql.shown(file))).toList();
        return report(sql, all, texts, world.engine().writingHelp().format(texts));
    }

    private int piped(SqlFiles sql) {
        String text = text(sql.standardInput(), "standard input");
        String laidOut =
                switch (world.engine().writingHelp().format(List.of(text)).getFirst()) {
                    case Formatted.Same _ -> text;
                    case Formatted.Changed changed -> changed.text();
                    case Formatted.Refused refused ->
                        throw new SmewException(
                                Fault.CONFIGURATION,
                                problem("standard input", refused).toString());
                };
        if (diff) {
            world.out().print(LineDifference.of("standard input", text, laidOut));
        } else if (!check) {
            world.out().print(laidOut);
        }
        return (check || diff) && !laidOut.equals(text) ? Fault.GATE.exitCode() : 0;
    }

    private int report(SqlFiles sql, List<Path> all, List<String> texts, List<Formatted> results) {
        List<Problem> problems = new ArrayList<>();
        int changed = 0;
        for (int index = 0; index < all.size(); index++) {
            String shown = sql.shown(all.get(index));
            switch (results.get(index)) {
                case Formatted.Same _ -> {}
                case Formatted.Refused refused -> problems.add(problem(shown, refused));
                case Formatted.Changed better -> {
                    changed++;
                    bring(shown, all.get(index), texts.get(index), better.text());
                }
            }
        }
        world.out().flush();
        boolean looked = check || diff;
        world.err()
                .println(changed + " of " + all.size() + " files "
                        + (looked ? "would change." : changed == 1 ? "was laid out." : "were laid out."));
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Left alone", problems);
        }
        return looked && changed > 0 ? Fault.GATE.exitCode() : 0;
    }

    private static Problem problem(String shown, Formatted.Refused refused) {
        return new Problem(
                shown + ":" + refused.place().line() + ":" + refused.place().column(), refused.reason());
    }

    private void bring(String shown, Path file, String before, String after) {
        if (diff) {
            world.out().print(LineDifference.of(shown, before, after));
        } else {
            world.out().println(shown);
            if (!check) {
                write(file, after);
            }
        }
    }

    /** Writes aside and renames: an editor never sees half a file. */
    private static void write(Path file, String text) {
        Path aside = file.resolveSibling("." + ProcessHandle.current().pid() + "-" + file.getFileName());
        try {
            Path target = file.toRealPath();
            Files.writeString(aside, text);
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Writing " + file + ": " + failed + ". Make the file and its folder writable.",
                    failed);
        } finally {
            delete(aside);
        }
    }

    private static void delete(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException left) {
            System.getLogger("smew.app").log(System.Logger.Level.WARNING, "Left behind: " + aside);
        }
    }

    private static String text(byte[] bytes, String shown) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new SmewException(
                    Fault.CONFIGURATION, "Reading " + shown + ": it is not in UTF-8. Save it as UTF-8.", other);
        }
    }
}
