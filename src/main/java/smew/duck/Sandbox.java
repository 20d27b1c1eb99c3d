package smew.duck;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import smew.base.Fault;
import smew.base.Json;
import smew.base.MemoryAccessWarning;
import smew.base.SmewException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One query of a stranger over a warehouse file: DuckDB is started for it, shut in, and ended with it, so that nothing stays for the
 * next one. What DuckDB cannot be held to, its process has to be: it allocates beyond its memory limit (strings, lists), and it looks
 * at the clock only between steps (2.0: a sort within one value took a minute under a limit of two seconds).
 */
public final class Sandbox {

    /** How the answer is written. */
    public enum Format {
        JSON,
        CSV,
        ARROW,
        PARQUET
    }

    /**
     * What is asked, and how much it may take.
     *
     * @param database the warehouse file
     * @param parameters for the question marks of the query: texts, numbers, booleans and nulls
     * @param rows what is beyond them is left out
     * @param bytes what is larger is refused
     */
    public record Question(
            String database,
            String sql,
            List<JsonNode> parameters,
            Format format,
            int rows,
            int bytes,
            long timeMillis,
            long memoryBytes) {}

    /**
     * What came out.
     *
     * @param release whose warehouse it was
     * @param truncated whether there were more rows
     */
    public record Answer(String release, boolean truncated, byte[] body) {}

    /** Of a HUGEINT, beside its sign. */
    private static final int HUGEINT_BITS = 127;

    private static final int DECIMAL_DIGITS = 38;

    private final Question question;
    private final Connection connection;

    private Sandbox(Question question, Connection connection) {
        this.question = question;
        this.connection = connection;
    }

    /** Loads what the first question would wait for. */
    public static void prepare() {
        MemoryAccessWarning.silence();
        DuckLibrary.open();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT json_serialize_sql('SELECT 1')");
        } catch (SQLException failed) {
            throw new SmewException(Fault.INTERNAL, "Starting DuckDB: " + failed.getMessage(), failed);
        }
    }

    /**
     * Answers a question.
     *
     * @throws SmewException USAGE for what is no harmless query, has an error, or needs more time or memory; TOO_LARGE for an answer
     *     beyond its bytes; its message names no file
     */
    public static Answer answer(Question question) {
        MemoryAccessWarning.silence();
        DuckLibrary.open();
        Properties properties = new Properties();
        properties.setProperty("duckdb.read_only", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("threads", "1");
        properties.setProperty("memory_limit", question.memoryBytes() + "B");
        // Without a folder nothing is spilled to disk.
        properties.setProperty("temp_directory", "");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + question.database(), properties)) {
            return new Sandbox(question, connection).answer();
        } catch (SQLException failed) {
            throw SandboxFailure.of(failed, question);
        } catch (IOException failed) {
            throw SandboxFailure.of(new SQLException(String.valueOf(failed.getMessage()), failed), question);
        }
    }

    private Answer answer() throws SQLException, IOException {
        shutIn(connection, question.timeMillis());
        Set<String> relations = names("SELECT lower(table_name) FROM duckdb_tables() WHERE NOT internal UNION ALL"
                + " SELECT lower(view_name) FROM duckdb_views() WHERE NOT internal");
        Set<String> system = names(
                "SELECT lower(view_name) FROM duckdb_views() WHERE internal AND schema_name <> 'information_schema'");
        system.removeAll(relations);
        check(new SandboxRules(question.sql(), relations, system));
        String release =
                names("SELECT id FROM smew_release").stream().findFirst().orElse("");
        String from = "(\n" + inner() + "\n)";
        int limit = question.rows();
        List<SandboxText.Column> columns = columns(from);
        SandboxText text = new SandboxText(columns, question.bytes());
        boolean typed = question.format() == Format.ARROW || question.format() == Format.PARQUET;
        String rows = typed ? "FROM " + from : text.select(from);
        try (PreparedStatement statement = prepare(rows + " LIMIT " + (limit + 1L));
                ResultSet result = statement.executeQuery()) {
            return switch (question.format()) {
                case JSON -> {
                    boolean more = text.json(release, result, limit);
                    yield new Answer(release, more, text.bytes());
                }
                case CSV -> {
                    boolean more = text.csv(result, limit);
                    yield new Answer(release, more, text.bytes());
                }
                case ARROW -> {
                    SandboxArrow.Written written = SandboxArrow.write(result, limit, question.bytes());
                    yield new Answer(release, written.more(), written.bytes());
                }
                case PARQUET -> {
                    SandboxArrow.Written written = SandboxArrow.write(result, limit, question.bytes());
                    byte[] file = SandboxParquet.write(written.bytes(), question.memoryBytes(), question.bytes());
                    yield new Answer(release, written.more(), file);
                }
            };
        }
    }

    /** After the last of these, no setting changes any more. */
    static void shutIn(Connection connection, long timeMillis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET max_execution_time = " + timeMillis);
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        }
    }

    private Set<String> names(String sql) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    private void check(SandboxRules rules) throws SQLException {
        if (question.sql().indexOf('\0') >= 0) {
            throw new SmewException(Fault.USAGE, "Reading the query: it holds a character of code 0, expected text.");
        }
        try {
            rules.check(Json.deepTree(names("SELECT json_serialize_sql(" + Duck.literal(question.sql()) + ")").stream()
                    .findFirst()
                    .orElse("")));
        } catch (JacksonException | StackOverflowError deep) {
            throw new SmewException(Fault.USAGE, "Reading the query: " + SandboxRules.TOO_DEEP + ".", deep);
        }
    }

    /** The query as it can stand inside of another: without what follows it. DuckDB writes it anew where that is not plain to see. */
    private String inner() throws SQLException {
        String closed = question.sql().replaceFirst("[;\\s]+$", "");
        return closed.indexOf(';') < 0
                ? closed
                : names("SELECT json_deserialize_sql(json_serialize_sql(" + Duck.literal(question.sql()) + "))")
                        .stream()
                        .findFirst()
                        .orElse(closed);
    }

    /** Without rows, but with parameters: before they are bound, types are unknown. */
    private List<SandboxText.Column> columns(String from) throws SQLException {
        List<SandboxText.Column> columns = new ArrayList<>();
        try (PreparedStatement statement = prepare("FROM " + from + " LIMIT 0");
                ResultSet result = statement.executeQuery()) {
            ResultSetMetaData about = result.getMetaData();
            for (int i = 1; i <= about.getColumnCount(); i++) {
                // DuckDB 2.0 puts the name of the type of nothing in quotes.
                String type = about.getColumnTypeName(i).replace("\"NULL\"", "NULL");
                columns.add(new SandboxText.Column(about.getColumnName(i), type));
            }
        }
        return columns;
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            int expected = statement.getParameterMetaData().getParameterCount();
            int given = question.parameters().size();
            if (expected != given) {
                throw new SmewException(
                        Fault.USAGE,
                        "Running the query: it takes " + expected + " parameters, and " + given + " were given.");
            }
            for (int i = 0; i < given; i++) {
                bind(statement, i + 1, question.parameters().get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException failed) {
            statement.close();
            throw failed;
        }
    }

    private static void bind(PreparedStatement statement, int place, JsonNode value) throws SQLException {
        if (value.isNull()) {
            statement.setObject(place, null);
        } else if (value.isBoolean()) {
            statement.setBoolean(place, value.asBoolean());
        } else if (value.isNumber()) {
            statement.setObject(place, number(place, value));
        } else if (value.isString()) {
            statement.setString(place, value.asString());
        } else {
            throw new SmewException(
                    Fault.USAGE,
                    "Running the query: parameter " + place
                            + " is a list or an object, expected a text, number, boolean or null.");
        }
    }

    /** Of the type that DuckDB gives such a number in a query, but that one which a double says as shortly is a double. */
    private static Object number(int place, JsonNode value) {
        BigDecimal exact = value.decimalValue();
        double nearest = exact.doubleValue();
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.asLong();
        }
        if (value.isIntegralNumber() && value.bigIntegerValue().bitLength() <= HUGEINT_BITS) {
            return value.bigIntegerValue();
        }
        if (!Double.isFinite(nearest)) {
            throw new SmewException(
                    Fault.USAGE,
                    "Running the query: parameter " + place + " is a number beyond ±" + Double.MAX_VALUE
                            + ", expected a smaller one.");
        }
        boolean decimal = exact.scale() > 0 && Math.max(exact.precision(), exact.scale()) <= DECIMAL_DIGITS;
        return decimal && new BigDecimal(Double.toString(nearest)).compareTo(exact) != 0 ? exact : (Object) nearest;
    }
}
