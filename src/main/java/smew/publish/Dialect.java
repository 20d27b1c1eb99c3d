package smew.publish;

/** How names and texts are written in SQL, whatever they hold. */
enum Dialect {
    /** Backslashes in a text are escapes there, as they were in the PostgreSQL that it comes from. */
    REDSHIFT('"', "'", "\\"),
    /** Queries and views of Athena. */
    TRINO('"', "'", ""),
    /** Hive, and the DDL of Athena. */
    HIVE('`', "", "'\\");

    private final char nameQuote;
    private final String doubled;
    private final String escaped;

    Dialect(char nameQuote, String doubled, String escaped) {
        this.nameQuote = nameQuote;
        this.doubled = doubled;
        this.escaped = escaped;
    }

    /** A name of a table or column. */
    String name(String name) {
        String quote = String.valueOf(nameQuote);
        return quote + name.replace(quote, quote + quote) + quote;
    }

    /** A table in a schema or database. */
    String name(String schema, String table) {
        return name(schema) + "." + name(table);
    }

    /** A text. */
    String text(String text) {
        StringBuilder written = new StringBuilder("'");
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (escaped.indexOf(character) >= 0) {
                written.append('\\');
            } else if (doubled.indexOf(character) >= 0) {
                written.append(character);
            }
            written.append(character);
        }
        return written.append('\'').toString();
    }
}
