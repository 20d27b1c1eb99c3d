package smew.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Json;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Histogram;
import smew.release.Manifest;
import smew.release.RelationProfile;

/** What is told of the rows of a relation, and what is not. */
class RelationScanTest {

    private static final Origin ORIGIN = Origin.engine("Testing", "profiles");

    /** Of each kind of value a column, over numbers from 0 to 4,999 in some order. */
    private static final String EVERYTHING = """
            SELECT i AS whole, (i - 2000)::DECIMAL(12, 2) / 8 AS exact, CASE WHEN i % 10 = 0 THEN NULL ELSE sqrt(i) END AS number,
                CASE i % 3 WHEN 0 THEN 'inf'::DOUBLE WHEN 1 THEN 'nan'::DOUBLE ELSE -i END AS endless,
                DATE '1960-01-01' + i::INTEGER AS day, TIMESTAMP '2020-01-01 00:00:00' + to_seconds(i * 7) AS moment,
                TIMESTAMPTZ '2020-01-01 00:00:00+00' + to_minutes(i) AS zoned, i % 4 = 0 AS truth,
                'group ' || i % 7 AS "group", 'person ' || i AS person, [i] AS list, NULL::INTEGER AS nothing, CASE WHEN i % 3 = 1 THEN 'x' END AS "in one part",
                i * 1e300 AS huge, 0.3 AS constant
            FROM range(5000) AS numbers(i)""";

    private final Duck duck = Duck.inMemory(Duck.Limits.NONE);

    @AfterEach
    void close() {
        duck.close();
    }

    private RelationProfile scan(String select, boolean whole) {
        return scan(duck, select, whole);
    }

    private static RelationProfile scan(Duck duck, String select, boolean whole) {
        duck.execute("CREATE OR REPLACE TABLE t AS " + select, ORIGIN);
        List<Manifest.Column> columns = FeatureRun.columns(duck, "FROM t", ORIGIN);
        return RelationScan.of(duck, "t", "t", duck.count("SELECT count(*) FROM t", ORIGIN), columns, whole);
    }

    private static Histogram histogram(RelationProfile profile, String column) {
        return profile.column(column).orElseThrow().histogram().orElseThrow();
    }

    private static long counted(Histogram histogram) {
        return histogram.rows().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void everyValueOfALineIsInOneBin() {
        RelationProfile profile = scan(EVERYTHING, true);
        Histogram whole = histogram(profile, "whole");
        assertEquals(
                List.of(8, 256L, 5000L % 256),
                List.of(whole.exponent(), whole.rows().getFirst(), whole.rows().getLast()));
        for (String column : List.of("whole", "exact", "day", "moment", "zoned", "truth", "huge", "constant")) {
            assertEquals(5000, counted(histogram(profile, column)), column);
        }
        assertEquals(4500, counted(histogram(profile, "number")), "nulls are in none");
        assertEquals(1666, counted(histogram(profile, "endless")), "nor is what is not finite");
        assertEquals(new Histogram(0, 0, List.of(3750L, 1250L)), histogram(profile, "truth"));
        // 1960-01-01 is 3,653 days before 1970, in bins of 256 days.
        assertEquals(Math.floorDiv(-3653, 256), histogram(profile, "day").first());
        assertEquals(Optional.empty(), profile.column("nothing").orElseThrow().histogram());
    }

    @Test
    void textsOfFewKindsAreCountedAndOthersStayWhereTheyAre() {
        RelationProfile profile = scan(EVERYTHING, true);
        RelationProfile.Column group = profile.column("group").orElseThrow();
        assertEquals(
                List.of("group 0", "group 1", "group 2", "group 3", "group 4", "group 5", "group 6"),
                group.values().orElseThrow());
        assertEquals(
                List.of(715L, 715L, 714L, 714L, 714L, 714L, 714L),
                group.counts().orElseThrow());
        RelationProfile.Sample sample = profile.sample().orElseThrow();
        assertEquals(20, sample.rows().size());
        assertEquals(
                List.of(
                        "whole",
                        "exact",
                        "number",
                        "endless",
                        "day",
                        "moment",
                        "zoned",
                        "truth",
                        "group",
                        "nothing",
                        "in one part",
                        "huge",
                        "constant"),
                sample.columns());
        assertFalse(Json.write(profile).contains("person 1"), "who somebody is");
        assertFalse(Json.write(profile).contains("hash"), "it would confirm a guess of that");
    }

    @Test
    void neitherOrderNorThreadsChangeWhatIsTold() {
        String profile = Json.write(scan(EVERYTHING, true));
        try (Duck one = Duck.inMemory(new Duck.Limits(Optional.of(1), Optional.empty(), Optional.empty()))) {
            assertEquals(profile, Json.write(scan(one, EVERYTHING + " ORDER BY hash(i)", true)));
        }
    }

    @Test
    void partsTellTheSameAsAllOfThem() {
        RelationProfile all = scan(EVERYTHING, true);
        List<RelationProfile> parts = IntStream.range(0, 3)
                .mapToObj(part -> scan(EVERYTHING + " WHERE i % 3 = " + part, false))
                .toList();
        assertEquals(Json.write(all), Json.write(ProfileMerge.of(duck, parts)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "5, 5, true",
        "0, 23, true",
        "0, 24, true",
        "-1, 1, false",
        "-1e308, 1e308, false",
        "1e18, 1e18, true",
        "0.3, 0.3, false",
        "1e-290, 2e-290, false",
        "-3e9, 7, true",
        "4.9e-324, 4.9e-324, false"
    })
    void binsAreAsNarrowAsTheirNumberAllows(double smallest, double largest, boolean whole) {
        int exponent = Histogram.exponent(smallest, largest, whole);
        assertTrue(bins(smallest, largest, exponent) <= Histogram.MOST_BINS, "exponent " + exponent);
        if (largest > smallest && !(whole && exponent == 0)) {
            assertTrue(bins(smallest, largest, exponent - 1) > Histogram.MOST_BINS, "exponent " + exponent);
        }
        assertTrue(Math.abs(Math.scalb(smallest, -exponent)) < 1L << 53, "bins have numbers");
    }

    private static double bins(double smallest, double largest, int exponent) {
        return Math.floor(Math.scalb(largest, -exponent)) - Math.floor(Math.scalb(smallest, -exponent)) + 1;
    }
}
