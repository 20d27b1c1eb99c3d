package smew.duck;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBResultSet;
import org.duckdb.DuckDBScalarFunctionBuilder;
import smew.base.MemoryAccessWarning;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Table;
import smew.columns.TableBuilder;
import smew.columns.TableReader;

/**
 * One connection to a DuckDB database. For one thread at a time; {@link #duplicate} gives another thread its own connection
 * to the same database, with the same tables, views and variables.
 */
public final class Duck implements AutoCloseable {

    /** Rows of one Arrow batch: large enough that the call for each costs nothing. */
    private static final long BATCH_ROWS = 1 << 17;

    private final DuckDBConnection connection;

    private Duck(DuckDBConnection connection) {
        this.connection = connection;
    }

    /**
     * What a database may use.
     *
     * @param threads empty: one per core
     * @param memory such as {@code 2GB}; empty: DuckDB's default, 80 % of the machine's
     * @param spill a folder for what does not fit into memory
     */
    public record Limits(Optional<Integer> threads, Optional<String> memory, Optional<Path> spill) {
        public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A new database in memory. */
    public static Duck inMemory(Limits limits) {
        return connect("", false, limits, Origin.engine("Starting", "DuckDB"));
    }

    /** A database file, made if it does not exist and is not opened for reading only. */
    public static Duck open(Path file, boolean readOnly, Limits limits) {
        return connect(file.toString(), readOnly, limits, Origin.engine("Opening", file.toString()));
    }

    private static Duck connect(String file, boolean readOnly, Limits limits, Origin origin) {
        DuckLibrary.open();
        Properties properties = new Properties();
        limits.threads().ifPresent(threads -> properties.setProperty("threads", Integer.toString(threads)));
        limits.memory().ifPresent(memory -> properties.setProperty("memory_limit", memory));
        limits.spill().ifPresent(spill -> properties.setProperty("temp_directory", spill.toString()));
        if (readOnly) {
            properties.setProperty("duckdb.read_only", "true");
        }
        // Extensions that are not in the JAR could only come from a network that nobody configured.
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        try {
            return new Duck((DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, properties));
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, origin);
        }
    }

    /** Another connection to the same database. */
    public Duck duplicate() {
        try {
            return new Duck(connection.duplicate());
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, Origin.engine("Starting", "DuckDB"));
        }
    }

    /** Sets the variable that SQL reads with {@code getvariable('name')}, for every connection to this database. */
    public void variable(String name, String value) {
        execute("SET VARIABLE " + identifier(name) + " = " + literal(value), Origin.engine("Setting variable", name));
    }

    /** The same, for a DATE. */
    public void variable(String name, LocalDate value) {
        execute(
                "SET VARIABLE " + identifier(name) + " = DATE " + literal(value.toString()),
                Origin.engine("Setting variable", name));
    }

    /**
     * Makes a function known to every connection to this database. It is called with all of its arguments, in their order or by
     * their names, or with a row that has columns of these names: {@code f(t)} in {@code SELECT f(t) FROM t}, unless one argument
     * is all it takes.
     */
    public void function(VectorFunction function) {
        Origin origin = Origin.engine("Making function", function.name());
        String inner = identifier("smew " + function.name());
        try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
            builder.withName("smew " + function.name())
                    .withParameters(function.parameters().stream()
                            .map(parameter -> parameter.type().duck())
                            .toArray(DuckDBColumnType[]::new))
                    .withReturnType(function.result().duck())
                    .withVectorizedFunction(function::apply)
                    .register(connection);
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, origin);
        }
        List<String> names = function.parameters().stream()
                .map(VectorFunction.Parameter::name)
                .toList();
        String listed = names.stream().map(Duck::identifier).collect(Collectors.joining(", "));
        String ofRow = names.stream()
                .map(name -> "struct_extract(\"a row\", " + literal(name) + ")")
                .collect(Collectors.joining(", ", ", (\"a row\") AS " + inner + "(", ")"));
        execute(
                "CREATE TEMP MACRO " + identifier(function.name()) + " (" + listed + ") AS " + inner + "(" + listed
                        + ")" + (names.size() == 1 ? "" : ofRow),
                origin);
    }

    /**
     * Runs a statement.
     *
     * @return rows changed or written, 0 where the statement has no such count
     */
    public long execute(String sql, Origin origin) {
        return execute(sql, origin, Progress.NONE.start(""));
    }

    /** Runs a statement that takes long, telling how far it is. */
    public long execute(String sql, Origin origin, Progress.Step step) {
        try (Statement statement = connection.createStatement();
                Watch _ = Watch.over(statement, step)) {
            statement.execute(sql);
            return Math.max(0, statement.getLargeUpdateCount());
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, origin);
        }
    }

    /** Runs a query; every column arrives as one of the types of {@link smew.columns.Column}. */
    public Table query(String sql, Origin origin) {
        MemoryAccessWarning.silence();
        String plain = PlainTypes.select(this, sql, origin);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(plain);
                RootAllocator allocator = new RootAllocator();
                ArrowReader reader =
                        (ArrowReader) ((DuckDBResultSet) result).arrowExportStream(allocator, BATCH_ROWS)) {
            return TableBuilder.read(reader);
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, origin);
        } catch (IOException failed) {
            throw broken(origin, failed);
        } catch (RuntimeException failed) {
            throw streamed(origin, failed);
        }
    }

    /**
     * Writes a table into a file, its rows in their order; the same table gives the same bytes.
     *
     * @param options of DuckDB's COPY, such as {@code FORMAT csv}
     */
    public void export(Table table, Path file, String options) {
        take(
                table,
                rows -> "COPY (FROM " + rows + ") TO " + literal(file.toString()) + " (" + options + ")",
                Origin.engine("Writing", file.toString()));
    }

    /** Makes a table of this connection's own, which goes with it. */
    public void table(String name, Table table) {
        take(
                table,
                rows -> "CREATE TEMP TABLE " + identifier(name) + " AS FROM " + rows,
                Origin.engine("Making table", name));
    }

    /** Adds rows to such a table, whose columns they have. */
    public void append(String name, Table table) {
        take(
                table,
                rows -> "INSERT INTO " + identifier(name) + " FROM " + rows,
                Origin.engine("Adding to table", name));
    }

    private void take(Table table, UnaryOperator<String> statement, Origin origin) {
        MemoryAccessWarning.silence();
        // Text of a timestamp with a time zone would otherwise depend on that of the machine.
        execute("SET TimeZone = 'UTC'", origin);
        try (RootAllocator allocator = new RootAllocator();
                TableReader reader = new TableReader(table, allocator);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, reader, stream);
            connection.registerArrowStream("rows of java", stream);
            execute(statement.apply(identifier("rows of java")), origin);
        } catch (IOException failed) {
            throw broken(origin, failed);
        }
    }

    /** Runs a query that answers one number. */
    public long count(String sql, Origin origin) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, origin);
        }
    }

    /** Runs a query that answers one text per row. */
    public List<String> texts(String sql, Origin origin) {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, origin);
        }
        return texts;
    }

    /** How DuckDB would run a query, as JSON: operators with their children. */
    public String plan(String sql, Origin origin) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("EXPLAIN (FORMAT json) " + sql)) {
            result.next();
            return result.getString(2);
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, origin);
        }
    }

    /** DuckDB's own syntax tree of a SELECT, as JSON; a syntax error is in the JSON too. */
    public String parse(String sql) {
        return texts("SELECT json_serialize_sql(" + literal(sql) + ")", Origin.engine("Parsing", "SQL"))
                .getFirst();
    }

    /** What DuckDB makes of a SELECT, which is not run. */
    public Bound bind(String sql) {
        return Binding.of(connection, sql);
    }

    /** A name in double quotes, whatever it holds. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text in single quotes, whatever it holds. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, Origin.engine("Closing", "DuckDB"));
        }
    }

    /** An error that DuckDB met while rows were already flowing arrives wrapped by the Arrow reader. */
    private static SmewException streamed(Origin origin, RuntimeException failed) {
        return failed instanceof SmewException known
                ? known
                : SqlFailure.of(new SQLException(String.valueOf(failed.getMessage()), failed), origin);
    }

    private static SmewException broken(Origin origin, IOException failed) {
        return SqlFailure.of(new SQLException(String.valueOf(failed.getMessage()), failed), origin);
    }
}
