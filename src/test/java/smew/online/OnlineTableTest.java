package smew.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;

class OnlineTableTest {

    private static final BitSet NONE = new BitSet();

    private static Column.Integers integers(String name, long... values) {
        return new Column.Integers(name, values, NONE);
    }

    private static Column.Texts texts(String name, String... values) {
        int[] codes = new int[values.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = i;
        }
        return new Column.Texts(name, codes, values, NONE);
    }

    private OnlineTable table(List<String> entity, Column... columns) {
        return of(entity, new Table(List.of(columns), columns[0].rows()));
    }

    /** Rows in memory; the same tests hold for rows elsewhere. */
    OnlineTable of(List<String> entity, Table table) {
        return OnlineTable.of("loans", entity, table);
    }

    private static void refuses(Fault fault, String inMessage, Runnable work) {
        SmewException refused = assertThrows(SmewException.class, work::run);
        assertEquals(fault, refused.fault());
        assertTrue(refused.getMessage().contains(inMessage), refused.getMessage());
    }

    @Test
    void findsIntegerKeys() {
        OnlineTable table = table(List.of("id"), integers("id", 7, -3, Long.MAX_VALUE, Long.MIN_VALUE, 0));
        assertEquals(OptionalInt.of(0), table.find(List.of("7")));
        assertEquals(OptionalInt.of(0), table.find(List.of("007")));
        assertEquals(OptionalInt.of(1), table.find(List.of("-3")));
        assertEquals(OptionalInt.of(2), table.find(List.of("9223372036854775807")));
        assertEquals(OptionalInt.of(3), table.find(List.of("-9223372036854775808")));
        assertEquals(OptionalInt.of(4), table.find(List.of("-0")));
        assertEquals(OptionalInt.empty(), table.find(List.of("8")));
    }

    @Test
    void tellsAMalformedIntegerFromAnUnknownOne() {
        OnlineTable table = table(List.of("id"), integers("id", 7));
        for (String malformed : List.of(
                "", "-", "+7", " 7", "7 ", "7.0", "7e0", "0x7", "٧", "seven", "9223372036854775808", "7,8", "--7")) {
            refuses(Fault.USAGE, "id is an integer", () -> table.find(List.of(malformed)));
        }
    }

    @Test
    void findsTextKeysByEveryCharacter() {
        OnlineTable table =
                table(List.of("id"), texts("id", "a,b", "", "Zoë/ /%2F", "x".repeat(100_000), "\0", "7590-VHVEG"));
        assertEquals(OptionalInt.of(0), table.find(List.of("a,b")));
        assertEquals(OptionalInt.of(1), table.find(List.of("")));
        assertEquals(OptionalInt.of(2), table.find(List.of("Zoë/ /%2F")));
        assertEquals(OptionalInt.of(3), table.find(List.of("x".repeat(100_000))));
        assertEquals(OptionalInt.of(4), table.find(List.of("\0")));
        assertEquals(OptionalInt.empty(), table.find(List.of("7590-vhveg")));
    }

    @Test
    void halfACharacterIsNoTextThatIsKnown() {
        OnlineTable table = table(List.of("id"), texts("id", "?", "\uFFFD", "a?", "\uD83E\uDD86"));
        for (String half : List.of("\uD83E", "\uDD86", "a\uD83E", "\uDD86\uD83E")) {
            assertEquals(OptionalInt.empty(), table.find(List.of(half)));
        }
        assertEquals(OptionalInt.of(0), table.find(List.of("?")));
        assertEquals(OptionalInt.of(3), table.find(List.of("\uD83E\uDD86")));
    }

    @Test
    void bothZerosAreOneKey() {
        OnlineTable table = table(List.of("n"), new Column.Doubles("n", new double[] {-0.0, 1}, NONE));
        assertEquals(OptionalInt.of(0), table.find(List.of("0")));
        assertEquals(OptionalInt.of(0), table.find(List.of("-0.0")));
        refuses(
                Fault.DATA,
                "2 rows for 1 entities",
                () -> table(List.of("n"), new Column.Doubles("n", new double[] {-0.0, 0.0}, NONE)));
    }

    @Test
    void knowsTheNewestDateOrTimeOfARowThatHasOne() {
        BitSet first = new BitSet();
        first.set(0);
        OnlineTable table = table(
                List.of("id"),
                integers("id", 1, 2, 3),
                new Column.Dates("day", new int[] {99, 7, 6}, first),
                new Column.Timestamps("at", new long[] {9_999_999, -2_500_000, -3_000_000}, true, first));
        assertEquals(OptionalDouble.of(7 * 86_400.0), table.newest("day"));
        assertEquals(OptionalDouble.of(-2.5), table.newest("at"));
        assertEquals(OptionalDouble.empty(), table.newest("id"));
        assertEquals(OptionalDouble.empty(), table.newest("other"));
    }

    @Test
    void hasTheRowsThatAreAskedForUnderTheNumbersThatItTells() {
        OnlineTable table = table(List.of("id"), integers("id", 7, 8, 9), texts("city", "Łódź", "", "Oslo"));
        int[] asked = {2, 0, 2};
        int[] numbers = table.numbers(asked);
        Table picked = table.pick(asked);
        for (int i = 0; i < asked.length; i++) {
            for (Column column : picked.columns()) {
                assertEquals(table.row(asked[i]).get(column.name()), Cell.value(column, numbers[i]));
            }
        }
        assertEquals(3, table.rows());
        assertEquals(List.of("id", "city"), table.columns().names());
    }

    @Test
    void findsUuidsInEitherCase() {
        String lower = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        String upper = "0E984725-C51C-4BF4-9960-E1C80E27ABA0";
        OnlineTable table = table(List.of("id"), texts("id", lower, upper, "abc", "g".repeat(8) + lower.substring(8)));
        assertEquals(OptionalInt.of(0), table.find(List.of(lower)));
        assertEquals(OptionalInt.of(0), table.find(List.of(lower.toUpperCase(Locale.ROOT))));
        assertEquals(OptionalInt.of(0), table.find(List.of("6F9619ff-8b86-D011-b42d-00cf4fc964FF")));
        assertEquals(OptionalInt.of(1), table.find(List.of(upper.toLowerCase(Locale.ROOT))));
        assertEquals(OptionalInt.empty(), table.find(List.of("ABC")));
        assertEquals(OptionalInt.empty(), table.find(List.of("G".repeat(8) + lower.substring(8))));
        OnlineTable composite = table(List.of("id", "city"), texts("id", lower), texts("city", "Oslo"));
        assertEquals(OptionalInt.of(0), composite.find(List.of(lower.toUpperCase(Locale.ROOT), "Oslo")));
        assertEquals(OptionalInt.empty(), composite.find(List.of(lower, "OSLO")));
    }

    @Test
    void tellsTwoUuidsThatDifferInCaseApart() {
        String lower = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        OnlineTable table = table(List.of("id"), texts("id", lower, lower.toUpperCase(Locale.ROOT)));
        assertEquals(OptionalInt.of(0), table.find(List.of(lower)));
        assertEquals(OptionalInt.of(1), table.find(List.of(lower.toUpperCase(Locale.ROOT))));
    }

    @Test
    void keepsCompositeKeysApartWhateverTheirPartsHold() {
        OnlineTable table =
                table(List.of("shop", "till"), texts("shop", "a,1", "a", "1:a", "a:1"), integers("till", 1, 11, 1, 1));
        for (int row = 0; row < 4; row++) {
            Map<String, Object> values = table.row(row);
            assertEquals(
                    OptionalInt.of(row), table.find(List.of((String) values.get("shop"), "0" + values.get("till"))));
        }
        assertEquals(OptionalInt.empty(), table.find(List.of("a", "1")));
        OnlineTable alike =
                table(List.of("x", "y"), texts("x", "a,1", "a", "a1:1", "a1"), texts("y", "b", "1,b", "1:b", ":11:b"));
        assertEquals(OptionalInt.of(0), alike.find(List.of("a,1", "b")));
        assertEquals(OptionalInt.of(1), alike.find(List.of("a", "1,b")));
        assertEquals(4, alike.entities());
        refuses(Fault.USAGE, "found 1 part", () -> table.find(List.of("a")));
        refuses(Fault.USAGE, "found 3 parts", () -> table.find(List.of("a", "1", "1")));
        refuses(Fault.USAGE, "till is an integer", () -> table.find(List.of("a", "b")));
    }

    @Test
    void findsDatesTimestampsNumbersAndBooleansByTheTextThatJsonShows() {
        Column date = new Column.Dates("d", new int[] {-1, 18_600}, NONE);
        Column time = new Column.Timestamps("t", new long[] {-1, 1_600_000_000_500_000L}, true, NONE);
        Column number = new Column.Doubles("n", new double[] {0.5, 1e18}, NONE);
        Column flag = new Column.Booleans("f", new boolean[] {true, false}, NONE);
        OnlineTable table = table(List.of("d", "t", "n", "f"), date, time, number, flag);
        for (int row = 0; row < 2; row++) {
            List<String> shown = new ArrayList<>();
            table.row(row).values().forEach(value -> shown.add(String.valueOf(value)));
            assertEquals(OptionalInt.of(row), table.find(shown), shown.toString());
        }
        refuses(
                Fault.USAGE,
                "d is a date",
                () -> table.find(List.of("2020-02-30", "1970-01-01T00:00:00Z", "1", "true")));
        refuses(
                Fault.USAGE,
                "f is true or false",
                () -> table.find(List.of("2020-02-28", "1970-01-01T00:00:00Z", "1", "yes")));
    }

    @Test
    void showsValuesAsJsonHasThem() {
        BitSet first = new BitSet();
        first.set(0);
        OnlineTable table = table(
                List.of("id"),
                integers("id", 1, 2),
                new Column.Doubles("d", new double[] {Double.NaN, 0.1}, NONE),
                new Column.Doubles("e", new double[] {Double.POSITIVE_INFINITY, 2}, NONE),
                new Column.Texts("s", new int[] {-1, 0}, new String[] {"x"}, first),
                new Column.Dates("day", new int[] {0, -25_567}, first),
                new Column.Timestamps("at", new long[] {0, -1}, false, first),
                new Column.Booleans("b", new boolean[] {true, false}, NONE));
        assertEquals(
                "{id=1, d=null, e=null, s=null, day=null, at=null, b=true}",
                table.row(0).toString());
        assertEquals(
                Map.of(
                        "id",
                        2L,
                        "d",
                        0.1,
                        "e",
                        2.0,
                        "s",
                        "x",
                        "day",
                        "1900-01-01",
                        "at",
                        "1969-12-31T23:59:59.999999",
                        "b",
                        false),
                table.row(1));
    }

    @Test
    void leavesRowsWithoutAKeyOut() {
        BitSet second = new BitSet();
        second.set(1);
        OnlineTable byInteger = table(List.of("id"), new Column.Integers("id", new long[] {5, 0, 6}, second));
        assertEquals(OptionalInt.empty(), byInteger.find(List.of("0")));
        assertEquals(2, byInteger.entities());
    }

    @Test
    void refusesTwoRowsOfOneEntityAndAMissingKeyColumn() {
        refuses(Fault.DATA, "3 rows for 2 entities", () -> table(List.of("id"), integers("id", 1, 2, 1)));
        refuses(Fault.DATA, "2 rows for 1 entities", () -> table(List.of("id"), texts("id", "a", "a")));
        refuses(Fault.DATA, "no entity column customer", () -> table(List.of("customer"), integers("id", 1)));
    }
}
