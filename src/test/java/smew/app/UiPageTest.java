package smew.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import smew.release.RunRecord;
import smew.store.StoreSettings;

/** {@code smew ui}: a project without a release, with a failed run, with broken SQL; and how it becomes one that is right. */
final class UiPageTest extends OnPage {

    private static final String BROKEN = "-- @entity id\nSELECT id,\n  vv + 1 AS w\nFROM things\n";
    private static final String RIGHT = "-- @entity id\nSELECT id,\n  v + 1 AS w, v > 2 AS big\nFROM things\n";
    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    @Override
    void make() throws IOException {
        folder = folder.resolve("my-project");
        write("data.csv", "id,v\n1,2\n2,3\n");
        write("sql/sources/things.sql", "-- @input data = data.csv\nFROM read_csv(getvariable('data'))\n");
        write("sql/features/f.sql", BROKEN);
        write("sql/checks/no_nulls.sql", "-- " + SCRIPT + "\nFROM f WHERE w IS NULL\n");
        Prompt prompt = new Prompt(folder);
        prompt.now = CLOCK.instant();
        assertEquals(2, prompt.run(new Wiring(CLOCK), "run", "--features-only"));
    }

    @Override
    Optional<ProjectRequest> shown() {
        return Optional.of(new ProjectRequest(folder));
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** From broken SQL to the first release, on one page that nobody loads anew. */
    @Test
    void whatIsWrongStandsInItsPlaceUntilItIsPutRightAndRun() throws IOException {
        write("sql/features/f.sql", BROKEN);
        Page page = at(browser.open(), "pipeline");
        assertThat(box(page, "f")).containsText("1 problem");
        assertThat(box(page, "things")).containsText("never ran");
        assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("The last run failed");
        assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("sql/features/f.sql:3");
        assertThat(page.locator(".next")).containsText("smew run");
        assertThat(page.locator("#release")).hasText("no release yet");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("sql/features/f.sql:3"))
                .click();
        Locator wrong = page.locator("pre .line.wrong");
        assertThat(wrong).hasCount(1);
        assertThat(wrong).containsText("3    vv + 1 AS w");
        assertThat(page.locator("pre")).containsText("Referenced column \"vv\" not found");
        if (Boolean.getBoolean("golden.rewrite")) {
            page.setViewportSize(1280, 900);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("src/test/resources/page/project.png")));
        }

        write("sql/features/f.sql", RIGHT);
        assertThat(page.locator("pre .line.wrong")).hasCount(0);
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Columns of f")))
                .containsText("things.v");

        write("sql/features/f.sql", RIGHT + "-- and more\n");
        run("run", "--features-only");
        assertThat(page.locator("#release")).hasText(Pattern.compile("^release .*"));
        assertThat(box(page, "f")).containsText("2 rows");
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        assertThat(page.locator("main")).not().containsText("never ran");

        write("sql/features/f.sql", RIGHT);
        assertThat(box(page, "f")).containsText("changed since the release");
        assertThat(page.locator(".next")).containsText("not what was released");
        assertThat(page.locator("main img")).hasCount(0);
        Files.delete(folder.resolve("out/CURRENT"));
        assertThat(page.locator("#release")).hasText("no release yet");
    }

    @Test
    void aFailedRunIsToldWithItsPlaceAndTheStepsBeforeIt() {
        Page page = at(browser.open(), "runs");
        Locator failed = page.getByRole(
                        AriaRole.REGION, new Page.GetByRoleOptions().setName(Pattern.compile("^Run of")))
                .last();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Steps of")))
                .last()
                .click();
        assertThat(failed).containsText("failed: wrong SQL or settings (exit 2)");
        assertThat(failed.getByRole(AriaRole.LINK)).hasText("sql/features/f.sql:3");
        assertThat(failed.locator(".steps li").first()).containsText("source things");
    }

    @Test
    void thePlanOfARecurringRunIsShown() throws IOException {
        Path planned = Files.createDirectories(folder.resolve("planned"));
        StoreSettings store = StoreSettings.folder(planned.resolve("out").toString());
        LoggedRun.plan(
                store, new RunRecord.Planned("--every 1d", CLOCK.instant().plusSeconds(3_600)));
        LocalServer beside = serve(planned, Optional.empty(), Optional.of(new ProjectRequest(planned)));
        try {
            Page page = browser.open();
            page.navigate(beside.address() + "/#/runs");
            assertThat(page.locator("main")).containsText("Next run: ");
            assertThat(page.locator("main")).containsText("--every 1d");
            LoggedRun.plan(
                    store, new RunRecord.Planned("--every 1h", CLOCK.instant().minusSeconds(3_600)));
            assertThat(page.locator("main")).containsText("has not ended yet, or smew run no longer runs");
        } finally {
            assertEquals("[]", browser.leave().toString());
            beside.stop();
        }
    }

    @Test
    void anEmptyProjectSaysHowToBegin() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        LocalServer beside = serve(empty, Optional.empty(), Optional.of(new ProjectRequest(empty)));
        try {
            Page page = browser.open();
            page.navigate(beside.address() + "/");
            assertThat(page.locator("main")).containsText("empty has no SQL yet");
            assertThat(page.locator(".next code").first()).hasText("smew init .");
            for (String view : List.of("data", "model", "predict")) {
                page.navigate(beside.address() + "/#/" + view);
                assertThat(page.locator("main")).containsText("There is no release yet");
                assertThat(page.locator("main h1")).hasText(Pattern.compile(view, Pattern.CASE_INSENSITIVE));
            }
            page.navigate(beside.address() + "/#/runs");
            assertThat(page.locator("main")).containsText("No run was logged yet");
            assertThat(page.locator("main")).containsText("No run is planned");
            try (var left = Files.list(empty)) {
                assertEquals(0, left.count(), "looking writes nothing");
            }
        } finally {
            assertEquals("[]", browser.leave().toString());
            beside.stop();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void noViewKeepsAnybodyOutWhateverIsMissing(ColorScheme scheme) throws IOException {
        write("sql/features/f.sql", BROKEN);
        Page page = browser.open(375, 740, scheme);
        for (String view : List.of("pipeline", "pipeline/f", "data", "runs")) {
            at(page, view);
            page.waitForSelector("main:not([aria-busy])");
            assertEquals("[]", Browser.obstacles(page).toString(), view);
            assertTrue(
                    (Integer) page.evaluate("document.documentElement.scrollWidth") <= 375,
                    view + " is wider than a phone");
        }
    }
}
