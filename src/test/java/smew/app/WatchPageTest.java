package smew.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@code smew ui --watch}: what a save does is seen on the page, without a release and without loading it anew. */
final class WatchPageTest extends OnPage {

    private static final String VIEW = "-- @entity id\nSELECT id, amount FROM loans\n";
    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    private final LiveBoard board = new LiveBoard(CLOCK);
    private Thread watching = new Thread();

    @Override
    void make() throws IOException {
        folder = folder.resolve("my-project");
        write("loans.csv", "id,amount,word\n1,10,a\n2,20," + SCRIPT + "\n3,,c\n");
        write(
                "sql/sources/loans.sql",
                "-- @input loans = loans.csv\nFROM read_csv(getvariable('loans'), header = true)\n");
        write("sql/features/loan.sql", VIEW);
        write("sql/features/twice.sql", "-- @entity id\nSELECT id, amount * 2 AS twice FROM loan\n");
        write("sql/features/word.sql", "-- @entity id\nSELECT id, word FROM loans\n");
        write("sql/checks/amounts.sql", "SELECT * FROM loans WHERE amount < 0\n");
        RunRequest request = WatchTest.request(folder);
        watching = Thread.ofPlatform().start(() -> {
            try {
                new Wiring(CLOCK).watch(request, Alarm.on(CLOCK), board);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @AfterAll
    void end() throws InterruptedException {
        watching.interrupt();
        watching.join();
    }

    @Override
    Optional<ProjectRequest> shown() {
        return Optional.of(new ProjectRequest(folder, Map.of(), Optional.empty(), Optional.of(board)));
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void whatASaveDoesIsSeenWithoutARelease() throws IOException {
        Page page = at(browser.open(), "pipeline/loan");
        assertThat(box(page, "loan")).containsText("3 rows");
        assertThat(box(page, "amounts")).containsText("passed");
        assertThat(region(page, "Columns of loan now")).containsText("10");
        assertThat(region(page, "Columns of loan now").locator("svg.glance").first())
                .isVisible();
        assertThat(region(page, "Rows of loan now").locator("tbody tr")).hasCount(3);
        assertThat(region(page, "Rows of loan now").locator("td.null")).hasCount(1);

        write(
                "sql/features/loan.sql",
                "-- @entity id\nSELECT id, amount * 2 AS amount, true AS yes FROM loans WHERE id < 3\n");
        Locator saves = region(page, "Saves");
        assertThat(saves).containsText("sql/features/loan.sql changed: 2 relations ran");
        assertThat(saves).containsText("rows: 2, was 3");
        assertThat(saves).containsText("column yes: BOOLEAN, new");
        assertThat(box(page, "loan")).containsText("2 rows");
        assertThat(region(page, "Rows of loan now")).containsText("40");
        if (Boolean.getBoolean("golden.rewrite")) {
            page.setViewportSize(1280, 900);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("src/test/resources/page/watch.png")));
        }

        write("sql/features/loan.sql", "-- @entity id\nSELECT id,\n  amount::VARCHAR::DATE AS day FROM loans\n");
        assertThat(page.locator("pre .line.wrong")).hasCount(1);
        assertThat(box(page, "loan")).containsText("1 problem");
        assertThat(saves).containsText("feature view loan not made");
        // It waits for a view that cannot be made, and reads a column that this one no longer has.
        assertThat(box(page, "twice")).containsText("2 problems");
        assertThat(page.locator("pre")).containsText("Conversion Error");

        write("sql/features/loan.sql", VIEW);
        assertThat(page.locator("pre .line.wrong")).hasCount(0);
        assertThat(saves.locator("> details > summary")).hasText(Pattern.compile("Saves before \\(\\d+\\)"));

        write("loans.csv", "id,amount,word\n1,10,a\n2,-20," + SCRIPT + "\n3,,c\n4,5,d\n");
        assertThat(box(page, "amounts")).containsText("1 problem");
        assertThat(box(page, "loan")).containsText("4 rows");
        at(page, "pipeline/amounts");
        assertThat(region(page, "Rows of amounts now").locator("tbody tr")).hasCount(1);
        assertThat(saves).containsText("loans.csv changed");
        at(page, "pipeline/word");
        assertThat(region(page, "Rows of word now")).containsText(SCRIPT);
        assertThat(page.locator("main img")).hasCount(0);
        page.setViewportSize(375, 740);
        page.waitForSelector("main:not([aria-busy])");
        assertEquals("[]", Browser.obstacles(page).toString());
        assertTrue((Integer) page.evaluate("document.documentElement.scrollWidth") <= 375, "wider than a phone");
    }
}
