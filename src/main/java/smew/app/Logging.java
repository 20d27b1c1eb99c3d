package smew.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import smew.base.Json;

/** Libraries log through java.util.logging; a person sees their warnings as one line each, and of Smew what is worth knowing. */
final class Logging {

    /** Kept here because the log manager forgets the level of a logger that nobody holds. */
    private static final List<Logger> HELD = List.of(
            Logger.getLogger("smew"),
            Logger.getLogger("io.netty.util.concurrent.DefaultPromise"),
            Logger.getLogger(""));

    private Logging() {}

    /** Replaces whatever is configured, for the whole process. */
    static void configure() {
        // Named, it need not be searched for in every module of Java.
        System.setProperty("org.jboss.logging.provider", "jdk");
        LogManager.getLogManager().reset();
        Logger smew = HELD.getFirst();
        Logger root = HELD.getLast();
        root.setLevel(Level.WARNING);
        smew.setLevel(Level.INFO);
        // Of connections that end after their threads did, when a command is over; failures of requests are told by
        // whoever asked.
        HELD.get(1).setLevel(Level.OFF);
        ConsoleHandler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new OneLine());
        root.addHandler(handler);
    }

    /** Chooses how lines look from now on. */
    static void format(boolean json) {
        for (Handler handler : HELD.getLast().getHandlers()) {
            handler.setFormatter(json ? new JsonLine() : new OneLine());
        }
    }

    /** What a command says itself, as lines look now. */
    static String line(String said) {
        for (Handler handler : HELD.getLast().getHandlers()) {
            if (handler.getFormatter() instanceof JsonLine json) {
                LogRecord record = new LogRecord(Level.INFO, said);
                record.setLoggerName("smew.app");
                return json.format(record).strip();
            }
        }
        return said;
    }

    /** An object for each line, for whoever collects logs. */
    private static final class JsonLine extends Formatter {
        @Override
        public String format(LogRecord logged) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("time", logged.getInstant().toString());
            line.put("level", logged.getLevel().getName());
            line.put("logger", String.valueOf(logged.getLoggerName()));
            line.put("message", formatMessage(logged));
            Throwable thrown = logged.getThrown();
            if (thrown != null) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                line.put("error", thrown.toString());
                line.put("stack_trace", trace.toString());
            }
            return Json.write(line) + System.lineSeparator();
        }
    }

    /** {@code warning: io.undertow: message (cause)}; INFO of ours is the bare message. */
    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord logged) {
            StringBuilder line = new StringBuilder();
            if (logged.getLevel().intValue() > Level.INFO.intValue()) {
                line.append(logged.getLevel().getName().toLowerCase(Locale.ROOT))
                        .append(": ");
            }
            String logger = logged.getLoggerName();
            if (logger != null && !logger.isEmpty() && !logger.startsWith("smew")) {
                line.append(logger).append(": ");
            }
            line.append(formatMessage(logged).replaceAll("\\s*\\R\\s*", " "));
            if (logged.getThrown() != null) {
                line.append(" (").append(logged.getThrown()).append(')');
            }
            return line.append(System.lineSeparator()).toString();
        }
    }
}
