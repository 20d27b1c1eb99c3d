package smew.duck;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import smew.base.Json;
import smew.duck.Bound.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks DuckDB what a SELECT would give; its errors come as JSON then, with the bytes that they are about. */
final class Binding {

    private static final String ASK = "DESCRIBE ";

    /** What an exception is called that a file or its content caused. */
    private static final Set<String> FILES = Set.of("IO", "Invalid Input", "HTTP", "Permission");

    private Binding() {}

    static Bound of(Connection connection, String sql) {
        try (Statement setting = connection.createStatement()) {
            setting.execute("SET errors_as_json = true");
            try {
                return columns(connection, sql);
            } finally {
                setting.execute("RESET errors_as_json");
            }
        } catch (SQLException failed) {
            throw SqlFailure.of(failed, Origin.engine("Binding", "SQL"));
        }
    }

    private static Bound columns(Connection connection, String sql) {
        List<Bound.Column> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(ASK + sql)) {
            while (result.next()) {
                columns.add(new Bound.Column(result.getString(1), result.getString(2)));
            }
            return new Bound.Columns(columns);
        } catch (SQLException refused) {
            return refused(String.valueOf(refused.getMessage()));
        }
    }

    private static Bound.Refused refused(String message) {
        JsonNode error;
        try {
            error = Json.tree(message);
        } catch (JacksonException plain) {
            return new Bound.Refused(Reason.OTHER, message, Optional.empty(), 0);
        }
        String said = error.path("exception_message").asString("").strip();
        Optional<Long> offset = Optional.of(error.path("position").asString(""))
                .filter(position -> position.matches("\\d{1,9}"))
                .map(position -> Math.max(0, Long.parseLong(position) - ASK.length()));
        return new Bound.Refused(reason(error, said), said, offset, length(error));
    }

    /** DuckDB says {@code [24,3]}: where, and how many bytes. */
    private static long length(JsonNode error) {
        String location = error.path("location").asString("");
        return location.matches("\\[\\d{1,9},\\d{1,9}\\]")
                ? Long.parseLong(location.substring(location.indexOf(',') + 1, location.length() - 1))
                : 0;
    }

    private static Reason reason(JsonNode error, String said) {
        String type = error.path("exception_type").asString("");
        String subtype = error.path("error_subtype").asString("");
        if (subtype.equals("COLUMN_NOT_FOUND")
                || said.contains("does not have a column named")
                || said.startsWith("Ambiguous reference to column name")
                || said.contains("list not found in FROM clause")) {
            return Reason.COLUMN;
        }
        if (subtype.equals("MISSING_ENTRY") && error.path("type").asString("").contains("Function")) {
            return Reason.NO_FUNCTION;
        }
        return FILES.contains(type) ? Reason.FILE : Reason.OTHER;
    }
}
