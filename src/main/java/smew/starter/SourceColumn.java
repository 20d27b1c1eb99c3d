package smew.starter;

import java.util.Optional;

/**
 * One column of the source.
 *
 * @param file its name in the file
 * @param name its name in the source, which differs where a directive could not hold that of the file
 * @param read the type that the file is read with
 * @param expression what the SELECT makes of it; empty where it is taken as it is
 * @param type of what the SELECT gives
 * @param decimals digits behind the point, as far as they are written; 0 where nobody counted
 * @param note for a person who reads the SQL
 */
record SourceColumn(
        String file,
        String name,
        String read,
        Optional<String> expression,
        String type,
        int decimals,
        Optional<String> note) {

    boolean isNumber() {
        return type.matches("U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*");
    }

    boolean isWhole() {
        return type.matches("U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)");
    }

    boolean isDate() {
        return type.equals("DATE") || type.startsWith("TIMESTAMP");
    }

    boolean isText() {
        return type.equals("VARCHAR") || type.equals("UUID") || type.startsWith("ENUM");
    }

    boolean isTruth() {
        return type.equals("BOOLEAN");
    }

    /** Whether a model could do something with it. */
    boolean isUsable() {
        return isNumber() || isDate() || isText() || isTruth();
    }

    SourceColumn as(String newRead, Optional<String> newExpression, String newType) {
        return new SourceColumn(file, name, newRead, newExpression, newType, decimals, note);
    }

    SourceColumn noted(String newNote) {
        return new SourceColumn(file, name, read, expression, type, decimals, Optional.of(newNote));
    }
}
