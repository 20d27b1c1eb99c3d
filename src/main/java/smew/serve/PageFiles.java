package smew.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;

/**
 * The page and what it is made of, from the JAR. It shows what the other routes answer and has no data of its own, so it needs no token;
 * a browser runs nothing in it that did not come from here.
 */
final class PageFiles {

    static final String HTML = "text/html";
    static final String SCRIPT = "text/javascript";
    static final String STYLE = "text/css";

    private static final String FOLDER = "/smew/page/";

    private static final List<String> NAMES = List.of(
            "index.html",
            "page.css",
            "app.js",
            "charts.js",
            "columns.js",
            "data.js",
            "dom.js",
            "editor.js",
            "lineage.js",
            "live.js",
            "model.js",
            "pipeline.js",
            "predict.js",
            "profile.js",
            "runs.js",
            "server.js",
            "table.js",
            "chart.umd.min.js",
            "codemirror.js",
            "codemirror.css",
            "show-hint.js",
            "show-hint.css",
            "sql.js");

    /** Whatever stands in the data is text, and even if it were a script nothing would run it. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-cache");

    private PageFiles() {}

    /** Read when the first one is asked for: whoever never opens the page pays nothing. */
    private static final class Files {

        private static final Map<String, Answer> ALL = read();

        private static Map<String, Answer> read() {
            Map<String, Answer> all = new LinkedHashMap<>();
            for (String name : NAMES) {
                byte[] bytes = bytes(name);
                all.put(
                        name,
                        new Answer(200, type(name) + "; charset=utf-8", ByteBuffer.wrap(bytes))
                                .tagged(Digest.of(bytes))
                                .with(HEADERS));
            }
            return Map.copyOf(all);
        }

        private static byte[] bytes(String name) {
            try (InputStream file = PageFiles.class.getResourceAsStream(FOLDER + name)) {
                if (file == null) {
                    throw new IllegalStateException("The JAR has no " + FOLDER + name + ".");
                }
                return file.readAllBytes();
            } catch (IOException damaged) {
                throw new UncheckedIOException(damaged);
            }
        }

        private static String type(String name) {
            return switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "html" -> HTML;
                case "css" -> STYLE;
                default -> SCRIPT;
            };
        }
    }

    static Answered index(Call call) {
        return new Answered.Work(() -> answer("index.html"));
    }

    static Answered file(Call call) {
        String name = call.parameter(0);
        return new Answered.Work(() -> answer(name));
    }

    private static Answer answer(String name) {
        Answer known = Files.ALL.get(name);
        if (known == null) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "The page has no file " + Text.shown(name) + "." + Near.hint(name, Files.ALL.keySet()));
        }
        return new Answer(known.status(), known.mediaType(), known.body().duplicate(), known.tag(), known.headers());
    }
}
