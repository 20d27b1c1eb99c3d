package smew.project;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;
import smew.project.SqlFolder.Listed;

/**
 * One file, read and parsed by itself; what it reads is not looked up yet.
 *
 * @param parsed empty where the file does not parse, which is among the findings then
 */
record Draft(Listed listed, SqlText text, Header header, Optional<SqlTree> parsed, String digest) {

    /** Reads a file. One that cannot be read stays as an empty draft, so that others may still mention it. */
    static Draft read(Listed listed, Map<Path, byte[]> unsaved, UnaryOperator<String> parser, Findings findings) {
        byte[] bytes = unsaved.containsKey(listed.file()) ? unsaved.get(listed.file()) : bytes(listed);
        Findings unreadable = findings.under(LintRule.SYNTAX);
        Optional<String> raw = decode(listed, bytes, unreadable);
        SqlText text = SqlText.of(raw.orElse(""));
        String digest = Digest.of(bytes);
        if (raw.isEmpty()) {
            Header unknown = new Header("", List.of(), EnumSet.allOf(Directive.class));
            return new Draft(listed, text, unknown, Optional.empty(), digest);
        }
        Header header = Header.of(listed.kind(), listed.path(), text, findings);
        return new Draft(listed, text, header, SqlTree.parse(listed.path(), text, parser, unreadable), digest);
    }

    SqlTree tree() {
        return parsed.orElse(SqlTree.EMPTY);
    }

    Kind kind() {
        return listed.kind();
    }

    String name() {
        return listed.name();
    }

    String path() {
        return listed.path();
    }

    private static byte[] bytes(Listed listed) {
        try {
            return Files.readAllBytes(listed.file());
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.CONFIGURATION, "Reading " + listed.path() + " failed: " + failed.getMessage(), failed);
        }
    }

    private static Optional<String> decode(Listed listed, byte[] bytes, Findings findings) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String decoded = out.flip().toString();
        if (!result.isError()) {
            return Optional.of(decoded);
        }
        int line =
                1 + (int) decoded.chars().filter(character -> character == '\n').count();
        String found = "%02X".formatted(bytes[in.position()]);
        findings.add(
                listed.path(),
                line,
                "The file is not in UTF-8: the byte 0x" + found + " on this line. Save it as UTF-8.");
        return Optional.empty();
    }
}
