package smew.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What nobody expects in data: markup that would run, ids that no path likes, hundreds of columns, entities of several columns. */
final class OddPageTest extends OnPage {

    private static final String SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    private static final String ID = "a/b?c#d%2F&\"é 日本\"";
    private static final int COLUMNS = 500;

    @Override
    void make() throws IOException {
        for (String kind : new String[] {"sources", "features", "models"}) {
            Files.createDirectories(folder.resolve("sql/" + kind));
        }
        // One row per number: entities of two columns, one of them odd, and a label that a feature nearly tells.
        Files.writeString(
                folder.resolve("sql/sources/things.sql"), "-- " + SCRIPT + "\nSELECT range AS n FROM range(400)\n");
        String wide = IntStream.range(0, COLUMNS)
                .mapToObj(i -> "n + " + i + " AS \"c" + i + " <b>\"")
                .collect(Collectors.joining(",\n"));
        String names = "CASE n % 3 WHEN 0 THEN '" + ID + "' WHEN 1 THEN '" + SCRIPT + "' ELSE 'x,y' END";
        Files.writeString(
                folder.resolve("sql/features/wide.sql"),
                "-- " + SCRIPT + "\n-- @entity name, n\nSELECT " + names + " AS name, n, '" + SCRIPT + "' AS note,\n"
                        + wide + "\nFROM things\n");
        Files.writeString(
                folder.resolve("sql/models/odd.sql"),
                "-- @label \"is <i>odd</i>\"\n-- @allow label-copy * made up\n-- @allow separation * made up\n"
                        + "-- @allow id * made up\n-- @algorithm random-forest trees=5\n"
                        + "SELECT name, n, note, \"c7 <b>\" % 10 AS \"" + SCRIPT.replace("\"", "\"\"")
                        + "\", (n + 7) % 10 > 4 AS \"is <i>odd</i>\" FROM wide\n");
        Files.writeString(
                folder.resolve("sql/models/number.sql"),
                "-- @label y\n-- @allow label-copy * made up\n-- @allow separation * made up\n-- @algorithm random-forest trees=5\n"
                        + "SELECT name, n, \"c7 <b>\" % 10 AS x, 3 * (n % 10) + n % 7 AS y FROM wide\n");
        run("run");
    }

    @Test
    void fiveHundredColumnsAreShownAndNothingInThemRuns() {
        Page page = at(browser.open(), "pipeline/wide");
        Locator columns = page.locator("[aria-label='Columns of wide'] tbody tr");
        assertThat(columns).hasCount(COLUMNS + 3);
        assertThat(page.locator("main")).containsText(SCRIPT);
        columns.locator("button").nth(2).click();
        assertThat(page.locator("figure .bars li").first()).containsText(SCRIPT);
        assertThat(page.locator("main img, main script, main b, main i")).hasCount(0);
    }

    @Test
    void anIdIsFoundWhateverStandsInIt() {
        Page page = at(browser.open(), "predict//odd");
        page.locator("main form input").fill(ID + ",0");
        page.keyboard().press("Enter");
        assertThat(page.locator("[aria-label='Features']").first()).containsText(SCRIPT);
        assertThat(page.locator("[aria-label='Reasons'] .bars li")).hasCount(2);
        assertThat(page.locator("main img, main script")).hasCount(0);
        at(page, "predict//odd");
        page.locator("main form ~ p a").nth(1).click();
        assertThat(page.locator(".gauge").first()).isVisible();
    }

    @Test
    void aNumberIsPredictedWithoutAProbability() {
        Page page = at(browser.open(), "predict/x%252Cy%2C2/number");
        assertThat(page.locator("[aria-label='Reasons'] .bars li")).hasCount(1);
        assertThat(page.locator(".gauge")).hasCount(0);
        assertThat(page.locator("main")).not().containsText("null");
        at(page, "model/number");
        assertThat(page.locator("h3", new Page.LocatorOptions().setHasText("Predicted and true")))
                .isVisible();
    }

    @Test
    void queriesShowMarkupAsText() {
        Page page = at(browser.open(), "data?sql=SELECT note, name FROM wide");
        assertThat(page.locator("[aria-label='Result'] tbody tr")).hasCount(400);
        assertThat(page.locator("[aria-label='Result'] td").first()).hasText(SCRIPT);
        assertEquals(0, page.locator("main img, main script").count());
    }

    @Test
    void namesOfInputsAreTextInTheCardToo() {
        Page page = at(browser.open(), "model/odd");
        assertThat(page.locator(".bars li").first()).containsText("<");
        assertThat(page.locator("main img, main script, main i")).hasCount(0);
    }

    @Test
    void aResultIsDownloadedInEveryFormat() throws IOException {
        Page page = at(browser.open(), "data?sql=SELECT n, name FROM wide ORDER BY n");
        assertThat(page.locator("[aria-label='Result'] tbody tr")).hasCount(400);
        Map<String, String> begins =
                Map.of("csv", "n,name\n", "json", "{\"release\":", "parquet", "PAR1", "arrow", "\u00ff");
        for (String format : List.of("csv", "json", "parquet", "arrow")) {
            Download download = page.waitForDownload(() -> page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(format).setExact(true))
                    .click());
            assertEquals("smew." + format, download.suggestedFilename());
            String text = Files.readString(download.path(), StandardCharsets.ISO_8859_1);
            assertTrue(text.startsWith(begins.get(format)), format);
            assertTrue(text.length() > 1_000, format + " has all rows: " + text.length());
        }
    }

    /** A quarter of what a page on the web has: everything of every view, as it goes over the line. */
    @Test
    void thePageIsSmall() {
        Page page = browser.open();
        AtomicInteger bytes = new AtomicInteger();
        page.onRequestFinished(request -> {
            String path = request.url().substring(server.address().length());
            if (path.equals("/") || path.startsWith("/page/")) {
                bytes.addAndGet(request.sizes().responseBodySize);
            }
        });
        at(page, "");
        page.waitForLoadState(LoadState.NETWORKIDLE);
        int first = bytes.get();
        at(page, "data");
        assertThat(page.locator(".CodeMirror").first()).isVisible();
        at(page, "model/odd");
        assertThat(page.locator("canvas").first()).isVisible();
        List.of("predict//odd", "runs").forEach(view -> at(page, view));
        page.waitForLoadState(LoadState.NETWORKIDLE);
        assertTrue(first > 10_000 && first < 60_000, "the first view takes " + first + " bytes");
        assertTrue(bytes.get() > 100_000 && bytes.get() < 400_000, "all views take " + bytes.get() + " bytes");
    }
}
