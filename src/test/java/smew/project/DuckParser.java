package smew.project;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** The real parser, over one in-memory DuckDB. */
final class DuckParser implements UnaryOperator<String>, AutoCloseable {

    private final Connection connection;
    private final PreparedStatement parse;

    DuckParser() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            parse = connection.prepareStatement("SELECT json_serialize_sql(?)");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public String apply(String sql) {
        try {
            parse.setString(1, sql);
            try (ResultSet result = parse.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        try {
            parse.close();
            connection.close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
