package smew.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten million rows: the page looks at a share of them, and fetches only what it shows. */
final class BigPageTest extends OnPage {

    private static final String ROWS = "10,000,000";

    @Override
    void make() throws IOException {
        for (String kind : new String[] {"sources", "features"}) {
            Files.createDirectories(folder.resolve("sql/" + kind));
        }
        Files.writeString(folder.resolve("sql/sources/numbers.sql"), "SELECT range AS n FROM range(10000000)\n");
        Files.writeString(
                folder.resolve("sql/features/events.sql"),
                "-- @entity part\n-- @time n\nSELECT n // 1000 AS part, n, n % 100 AS hundredth FROM numbers\n");
        run("run", "--features-only", "--leak-tests", "none");
    }

    @Override
    boolean featuresOnly() {
        return true;
    }

    @Test
    void theFirstLookIsAtAShareOfThemAndAllAreLookedAtOnlyIfWanted() {
        Page page = browser.open();
        List<Integer> answered = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().endsWith("/sql")) {
                asked.add(request.postData());
            }
        });
        page.onResponse(response -> answered.add(length(response)));
        at(page, "pipeline/events");
        Locator columns = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Columns of events"));
        assertThat(columns.locator("tbody tr")).hasCount(3);
        assertThat(page.locator("main")).containsText("Estimated from about 500,000 of " + ROWS + " rows");
        assertTrue(
                asked.stream().allMatch(sql -> sql.contains("SAMPLE") || sql.contains("LIMIT 20")), asked.toString());
        columns.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("hundredth").setExact(true))
                .click();
        assertThat(page.locator("figure canvas")).isVisible();
        assertTrue(answered.stream().allMatch(bytes -> bytes < 500_000), "no answer has the rows: " + answered);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Look at all rows"))
                .click();
        assertThat(columns.locator("tbody tr", new Locator.LocatorOptions().setHasText("hundredth")))
                .containsText("99");
        assertThat(page.locator("main")).not().containsText("Estimated");
    }

    private static int length(Response response) {
        String length = response.headers().getOrDefault("content-length", "0");
        return Integer.parseInt(length);
    }

    @Test
    void aTableOfThemIsShownAndSearchedByItsFirstRows() {
        Page page = at(browser.open(), "data?sql=FROM events");
        assertThat(page.locator("[aria-label='Result'] tbody tr")).hasCount(1000);
        assertThat(page.locator("main")).containsText("1,000 rows, and there are more");
        at(page, "data?sql=SELECT count(*) AS n, max(n) AS most FROM events");
        assertThat(page.locator("[aria-label='Result'] tbody tr td").last()).hasText("9,999,999");
        assertEquals(1, page.locator("[aria-label='Result'] tbody tr").count());
    }
}
