package smew.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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

/** Every view of the page over the sample, in a browser. */
final class PageTest extends OnPage {

    private static final List<String> VIEWS =
            List.of("pipeline/credit_history", "data", "model", "predict/5008804", "runs");

    @Override
    void make() {
        run("init", ".");
        run("run", "--as-of", "2021-09-17", "--features-only");
        run("run", "--as-of", "2021-09-17");
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator region(Page page, String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void thePipelineShowsWhoReadsWhomAndWhatCameOutOfEach() {
        Page page = at(browser.open(), "");
        assertThat(page.locator(".graph a")).hasCount(7);
        page.locator(".graph a", new Page.LocatorOptions().setHasText("credit_history"))
                .click();
        assertThat(page.locator(".graph .edge.near")).hasCount(4);
        assertThat(page.locator("main")).containsText("loans of the same customer before this one");
        Locator columns = region(page, "Columns of credit_history");
        assertThat(columns.locator("tbody tr")).hasCount(9);
        assertThat(columns.locator("tr", new Locator.LocatorOptions().setHasText("years_on_the_job")))
                .containsText("19.2 %");
        columns.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("age").setExact(true))
                .click();
        assertThat(page.locator("figure canvas")).hasAttribute("aria-label", Pattern.compile("age\\. Rows by value.*"));
        assertThat(region(page, "Rows of credit_history").locator("tbody tr")).hasCount(20);
    }

    @Test
    void aQueryHasATableAChartAndAnAddress() {
        Page page = at(browser.open(), "data");
        page.locator(".CodeMirror textarea").focus();
        page.keyboard().press("Control+a");
        page.keyboard()
                .insertText("SELECT age, count(*) AS customers FROM latest_credit_history GROUP BY age ORDER BY age");
        page.keyboard().press("Control+Enter");
        Locator rows = region(page, "Result").locator("tbody tr");
        assertThat(rows).hasCount(49);
        page.getByLabel("Filter Result").fill("44");
        assertThat(page.getByText(Pattern.compile("^[0-9] of 49 rows$"))).isVisible();
        page.getByLabel("Filter Result").fill("");
        button(page, "customers").click();
        button(page, "customers").click();
        Locator most = rows.first().locator("td").nth(1);
        assertThat(most).not().hasText("1");
        button(page, "Chart").click();
        assertThat(page.locator("figure canvas")).isVisible();
        page.reload();
        assertThat(region(page, "Result").locator("tbody tr")).hasCount(49);
        assertThat(page.locator("select[aria-label='Earlier queries'] option")).hasCount(2);
    }

    @Test
    void whatIsWrongWithAQueryIsSaidWhereItWasWritten() {
        Page page = at(browser.open(), "data?sql=SELECT nothing FROM credit_history");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("nothing");
    }

    @Test
    void theThresholdMovesTheConfusionAndTheCost() {
        Page page = at(browser.open(), "model");
        assertThat(page.locator("canvas")).hasCount(11);
        Locator confusion = page.locator("table.confusion");
        String before = confusion.textContent();
        page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Threshold"))
                .press("Home");
        assertThat(confusion.locator("tbody tr").first().locator("td").first()).hasText("0");
        assertNotEquals(before, confusion.textContent());
        assertThat(page.locator("main")).containsText("A careless protocol would have printed");
    }

    @Test
    void anEntityHasReasonsAHistoryAndAnotherPredictionForOtherFeatures() {
        Page page = at(browser.open(), "predict");
        page.getByLabel("id").fill("5008804");
        page.keyboard().press("Enter");
        assertThat(page.locator(".gauge").first())
                .hasAttribute("aria-label", Pattern.compile("Probability .*threshold.*"));
        assertThat(region(page, "Reasons").locator(".bars li")).hasCount(16);
        assertThat(region(page, "History in credit_history").locator("tbody tr"))
                .hasCount(66);
        Locator changed = region(page, "What if");
        changed.getByLabel("loan_amount", new Locator.GetByLabelOptions().setExact(true))
                .fill("900");
        assertThat(changed.locator(".bars li", new Locator.LocatorOptions().setHasText("loan_amount = 900")))
                .isVisible();
        at(page, "predict/1");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("has no such entity");
    }

    @Test
    void runsAreListedWithWhatChangedBetweenThem() {
        Page page = at(browser.open(), "runs");
        assertThat(region(page, "Releases").locator("tbody tr")).hasCount(2);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Changes of ")))
                .click();
        assertThat(page.locator("main")).containsText("What changed from");
        assertThat(page.locator("main")).containsText("online rows of");
    }

    @Test
    void whoeverHasTheTokenGoesBackToAnEarlierRelease() {
        LocalServer guarded = serve(Optional.of("a token of this test"));
        try {
            Page page = browser.open();
            page.navigate(guarded.address() + "/#/runs");
            page.locator("#token input").fill("a token of this test");
            page.keyboard().press("Enter");
            assertThat(region(page, "Releases").locator("tbody tr")).hasCount(2);
            page.reload();
            assertThat(button(page, "Make current")).hasCount(1);
        } finally {
            assertEquals("[]", browser.leave().toString());
            guarded.stop();
        }
    }

    @Test
    void thePageIsUsedByKeysAlone() {
        Page page = at(browser.open(), "pipeline");
        page.keyboard().press("Tab");
        assertThat(link(page, "Skip to content")).isFocused();
        page.keyboard().press("3");
        assertThat(page.locator("h1")).hasText("credit_risk");
        assertThat(link(page, "Model")).hasAttribute("aria-current", "page");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void noViewKeepsAnybodyOutWhateverTheScreen(ColorScheme scheme) {
        Page page = browser.open(360, 740, scheme);
        for (String view : VIEWS) {
            at(page, view);
            page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
            assertEquals("[]", Browser.obstacles(page).toString(), view);
            assertEquals(360, page.evaluate("document.documentElement.scrollWidth"), view + " is as wide as a phone");
        }
    }

    /** The pictures of the README. */
    @Test
    void picturesAreTaken() throws IOException {
        Path pictures = Boolean.getBoolean("golden.rewrite")
                ? Path.of("src/test/resources/page")
                : Files.createDirectories(folder.resolve("pictures"));
        Files.createDirectories(pictures);
        for (String view : List.of("pipeline/credit_history", "model", "predict/5008804")) {
            Page page = at(browser.open(1280, 860, ColorScheme.LIGHT), view);
            page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
            Path file = pictures.resolve(view.replaceAll("/.*", "") + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file));
            assertTrue(Files.size(file) > 20_000, file + " shows something");
        }
    }
}
