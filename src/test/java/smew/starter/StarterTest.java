package smew.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console;
import smew.app.Console.Outcome;
import smew.duck.Duck;
import smew.duck.Origin;

/** Projects that are made of files with every oddity, and really run. */
final class StarterTest {

    private Started started;

    @BeforeEach
    void start(@TempDir Path folder) {
        started = new Started(folder);
    }

    private static String churn(int row) {
        String charges = row == 7 ? " " : String.valueOf(20 + row % 90 + 0.5);
        return "c" + row + "," + (row % 3 == 0 ? "Yes" : "No") + "," + row % 40 + "," + charges + ","
                + (row % 2 == 0 ? "monthly" : "yearly") + "," + (row * 7919 % 11 < 4 ? "Yes" : "No");
    }

    @Test
    void aFileOfBlanksAndTruthsBecomesAProjectThatRuns() {
        started.file("churn.csv", Started.rows("customer,partner,tenure,charges,plan,left", 200, StarterTest::churn));

        Outcome made = started.init("churn.csv", "--entity", "customer", "--label", "left");

        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("1 of 200 values of charges are blank: read as null"), made.out());
        assertTrue(made.out().contains("true in 73 of 200 rows (36.5 %)"), made.out());
        String source = started.text("sources/churn.sql");
        assertTrue(source.contains("-- @input churn = ../churn.csv\n"), source);
        assertTrue(source.contains("nullstr = ['', ' ']"), source);
        assertTrue(source.contains("'charges': 'DOUBLE'") && source.contains("'partner': 'BOOLEAN'"), source);
        Outcome run = started.run();
        assertEquals(0, run.code(), run.err());
        assertEquals("199,200\n", lines(started.sql("SELECT count(charges), count(*) FROM churn_features")));
    }

    @Test
    void aSecondProjectNeverOverwritesTheFirst() {
        started.file("churn.csv", Started.rows("customer,partner,tenure,charges,plan,left", 200, StarterTest::churn));
        assertEquals(
                0,
                started.init("churn.csv", "--entity", "customer", "--label", "left")
                        .code());
        String before = started.text("models/left_model.sql");

        Outcome again = started.init("churn.csv", "--entity", "customer", "--label", "left");

        assertEquals(2, again.code());
        assertTrue(again.err().contains("would be overwritten"), again.err());
        assertEquals(before, started.text("models/left_model.sql"));
    }

    private static String loan(int row) {
        int customer = row % 40;
        int day = 1 + row / 40 * 2;
        return row + "," + customer + "," + String.format("2024-01-%02d", day) + "," + (100 + row * 7 % 50) + ".25,"
                + (customer % 4 == 0 ? "3021-01-01" : "19" + (50 + customer) + "-06-01") + ","
                + (row * 13 % 7 == 0 ? 1 : 0);
    }

    @Test
    void historyLooksBackOnlyAndLeakTestsFindNothing() {
        started.file("loans.csv", Started.rows("loan,customer,day,amount,since,bad", 400, StarterTest::loan));

        Outcome made = started.init("loans.csv", "--entity", "customer", "--label", "bad", "--time", "day");

        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("loan: an id in disguise: 400 of 400 values are different"), made.out());
        assertTrue(made.out().contains("100 of 400 dates of since are before 1800 or after 2199"), made.out());
        Outcome run = started.run();
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("\"findings\":[]") || !run.out().contains("\"kind\":\"future\""), run.out());
        assertEquals(
                "0,true,true\n9,false,false\n",
                lines(started.sql(
                        "SELECT earlier_rows, bool_and(days_since_previous IS NULL), bool_and(amount_earlier_mean IS NULL)"
                                + " FROM loans_history WHERE earlier_rows IN (0, 9) GROUP BY 1 ORDER BY 1")));
        assertEquals(
                "0\n",
                lines(
                        started.sql(
                                "SELECT count(*) FROM loans_history a WHERE amount_earlier_sum IS DISTINCT FROM (SELECT"
                                        + " sum(amount)::DOUBLE FROM loans_history b WHERE b.customer = a.customer AND b.day < a.day)")));
        assertEquals(
                "10,true\n",
                lines(started.sql(
                        "SELECT count(*), bool_and(since_days IS NULL AND NOT since_is_past) FROM loans_history"
                                + " WHERE customer = 4")));
    }

    @Test
    void rowsOfOneTimeDoNotSeeEachOther() {
        started.file(
                "loans.csv",
                Started.rows(
                        "customer,day,amount,bad",
                        300,
                        row -> row / 6 + ",2024-02-0" + (1 + row % 6 / 2) + "," + row % 50 + ","
                                + (row * 13 % 7 == 0 ? 1 : 0)));

        Outcome made = started.init("loans.csv", "--entity", "customer", "--label", "bad", "--time", "day");

        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("300 rows share entity and time"), made.out());
        assertTrue(started.text("features/loans_history.sql").contains("-- @time day, file_row\n"));
        assertEquals(0, started.run().code());
        assertEquals(
                "0,100\n2,100\n4,100\n",
                lines(started.sql("SELECT earlier_rows, count(*) FROM loans_history GROUP BY 1 ORDER BY 1")));
    }

    @Test
    void oddNamesOfColumnsAreQuotedAndOddValuesStayInTheirPlace() {
        String header = "\"order\",\"my \"\"col\"\"\",größe,Größe,\"a\nb\",\"-- @x\",,select";
        started.file(
                "select.csv",
                Started.rows(
                        header,
                        120,
                        row -> "'" + row + "'," + row % 9 + "," + row % 5 + "," + row % 6 + "," + row % 7 + ",\"x;--"
                                + row % 3 + "\"," + row % 4 + "," + (row % 8 < 3 ? "it's" : "\"\"\"no\"\"\"")));

        Outcome made = started.init("select.csv", "--entity", "order", "--label", "select");

        assertEquals(0, made.code(), made.err());
        Outcome run = started.run();
        assertEquals(0, run.code(), run.err() + started.text("sources/select_data.sql"));
        assertEquals(
                "120,9,7\n",
                lines(started.sql("SELECT count(*), count(DISTINCT \"my \"\"col\"\"\"), count(DISTINCT \"a b\") FROM"
                        + " select_data_features")));
    }

    @Test
    void datesMoneyCommasAndMissingWordsAreReadAsTheyAreMeant() {
        started.file(
                "eu.csv",
                Started.rows(
                        "id;when;price;sum;zip;score;region;y",
                        200,
                        row -> row + ";" + String.format("%02d.%02d.2023", 1 + row % 28, 1 + row % 12) + ";" + row % 90
                                + ",5;$1,"
                                + (100 + row) + ".50;0" + (1000 + row % 50) + ";" + (row % 10 == 0 ? "N/A" : row % 17)
                                + ";"
                                + (row % 5 == 0 ? "NA" : "EU") + ";" + (row * 7919 % 11 < 4 ? 1 : 0)));

        Outcome made = started.init("eu.csv", "--entity", "id", "--label", "y");

        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("20 of 200 values of score are 'N/A': read as null"), made.out());
        assertTrue(made.out().contains("zip stays text: 200 of 200 values begin with 0"), made.out());
        Outcome run = started.run();
        assertEquals(0, run.code(), run.err());
        assertEquals(
                "41.5,1200.0,180,200,NA\n",
                lines(started.sql(
                        "SELECT avg(price), avg(sum), count(score), count(when_days), min(region) FILTER (region <> 'EU')"
                                + " FROM eu_features")));
    }

    @Test
    void whatAFewRowsBreakIsTriedAndCounted() {
        started.file(
                "d.csv",
                Started.rows(
                        "id,x,y",
                        300,
                        row -> row + "," + (row == 299 ? "about 5" : row % 40) + "," + (row * 7919 % 11 < 4 ? 1 : 0)));

        Outcome made = started.init("d.csv", "--entity", "id", "--label", "y");

        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("1 of 300 values of x are 'about 5': read as null"), made.out());
        assertTrue(
                started.text("sources/d.sql").contains("TRY_CAST(trim(x) AS BIGINT) AS x,"),
                started.text("sources/d.sql"));
    }

    @Test
    void copiesOfTheLabelAndConstantsAreLeftOutWithTheReason() {
        started.file(
                "d.csv",
                Started.rows(
                        "id,status,code,same,noise,y",
                        400,
                        row -> row + "," + (row % 3 == 0 ? "closed" : "open") + "," + (row % 3 == 0 ? 100 : 1 + row % 5)
                                + ",x," + row * 17 % 23 + "," + (row % 3 == 0 ? "bad" : "good")));

        Outcome made = started.init("d.csv", "--entity", "id", "--label", "y");

        assertEquals(0, made.code(), made.err());
        assertTrue(
                made.out().contains("left out  status: alone it tells the classes of y apart (AUC 1.0000)"),
                made.out());
        assertTrue(made.out().contains("left out  code: alone it tells"), made.out());
        assertTrue(made.out().contains("left out  same: it has the same value in every row"), made.out());
        assertTrue(started.text("features/d_features.sql").contains("--   status - alone it tells"));
        Outcome run = started.run();
        assertEquals(0, run.code(), run.err());
    }

    @Test
    void aParquetFileKeepsItsTypesAndAFileOfLatin1IsReadAsSuch() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.execute(
                    "COPY (SELECT i::DECIMAL(10,0) AS id, TIMESTAMPTZ '2024-01-01 00:00:00+00' + INTERVAL (i) HOUR AS at, i % 7 AS x,"
                            + " [i] AS l, i * 3.5::DOUBLE + (i * 7919 % 13) AS y FROM range(200) t(i)) TO "
                            + Duck.literal(started.folder().resolve("d.parquet").toString()) + " (FORMAT parquet)",
                    Origin.engine("Writing", "a test file"));
        }
        started.file(
                "latin.csv",
                Started.rows("id,stra\u00dfe,y", 100, row -> row + ",M\u00fcller" + row % 3 + "," + row % 2),
                StandardCharsets.ISO_8859_1);

        Outcome parquet = started.init("d.parquet", "--entity", "id", "--label", "y", "--time", "at");
        Outcome latin = started.init("latin.csv", "--entity", "id", "--label", "y");

        assertEquals(0, parquet.code(), parquet.err());
        assertTrue(parquet.out().contains("left out  l: its type BIGINT[]"), parquet.out());
        assertTrue(parquet.out().contains("y: a number: regression"), parquet.out());
        assertEquals(2, latin.code());
        assertTrue(latin.err().contains("models/y.sql"), latin.err());
        Outcome beside = new Console(started.folder())
                .run("init", "--from", "latin.csv", "--entity", "id", "--label", "y", "other");
        assertEquals(0, beside.code(), beside.err());
        assertTrue(beside.out().contains("encoding = 'latin-1'"), beside.out());
        assertEquals(0, started.run().code());
        assertEquals(
                0,
                new Console(started.folder()).run("check", "--project", "other").code());
    }

    @Test
    void jsonSaysWhatWasWrittenAndAssumed() {
        started.file("churn.csv", Started.rows("customer,partner,tenure,charges,plan,left", 200, StarterTest::churn));

        Outcome made = started.init("churn.csv", "--entity", "customer", "--label", "left", "--json");

        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().startsWith("{\"project\":\""), made.out());
        assertTrue(
                made.out().contains("\"sql/sources/churn.sql\"") && made.out().contains("\"about\":\"label\""),
                made.out());
        assertFalse(made.out().contains("Wrote"), made.out());
    }

    private static String lines(Outcome outcome) {
        assertEquals(0, outcome.code(), outcome.err());
        return outcome.out().lines().skip(1).map(line -> line + "\n").reduce("", String::concat);
    }
}
