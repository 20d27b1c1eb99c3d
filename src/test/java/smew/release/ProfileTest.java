package smew.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.duck.Duck;
import smew.duck.Origin;

final class ProfileTest {

    private static final Origin ORIGIN = Origin.engine("Testing", "profiles");

    @Test
    void looksAtEveryColumnAndShowsNoText() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.execute(
                    "CREATE TABLE \"a \"\"view\" AS SELECT * FROM (VALUES (1, 'Ann', DATE '2020-01-02', [1], NULL),"
                            + " (2, 'Bob', NULL, [2], NULL), (2, 'Bob', NULL, [2], NULL))"
                            + " t(id, \"the \"\"name\", day, list, nothing)",
                    ORIGIN);
            Manifest.View view = new Manifest.View(
                    "a \"view",
                    List.of("id"),
                    List.of(),
                    3,
                    2,
                    0,
                    List.of(
                            new Manifest.Column("id", "INTEGER"),
                            new Manifest.Column("the \"name", "VARCHAR"),
                            new Manifest.Column("day", "DATE"),
                            new Manifest.Column("list", "INTEGER[]"),
                            new Manifest.Column("nothing", "INTEGER")));
            RelationProfile loans = new RelationProfile("loans", 5, List.of(), Optional.empty());
            Profile profile = Profile.of(duck, List.of(loans), List.of(view));
            assertEquals(Map.of("loans", 5L), profile.sourceRows());
            assertEquals(
                    List.of(
                            new Profile.Values(0, 2, "1", "2", "1.66667"),
                            new Profile.Values(0, 2, "", "", ""),
                            new Profile.Values(2, 1, "2020-01-02", "2020-01-02", ""),
                            new Profile.Values(0, 2, "", "", ""),
                            new Profile.Values(3, 0, "", "", "")),
                    profile.columns().get("a \"view"));
        }
    }
}
