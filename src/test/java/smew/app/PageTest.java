package smew.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import smew.monitor.LogSettings;

/** Every view of the page over the sample, in a browser. */
final class PageTest extends OnPage {

    private static final List<String> VIEWS =
            List.of("pipeline/credit_history", "pipeline/loans", "data", "model", "predict/5008804", "runs");

    @Override
    void make() {
        run("init", ".");
        run("run", "--as-of", "2021-09-17", "--features-only");
        run("run", "--as-of", "2021-09-17");
    }

    @Override
    Optional<LogSettings> logged() {
        return Optional.of(new LogSettings(1_000, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(10)));
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
        Locator lineage = region(page, "Lineage of age");
        assertThat(lineage).containsText("birthday");
        assertThat(lineage.getByRole(AriaRole.IMG))
                .hasAttribute("aria-label", "Comes from loans.birthday. Goes into credit_risk.age.");
        assertThat(page.locator(".graph a.before")).hasCount(1);
        assertThat(page.locator(".graph a.before")).containsText("loans");
        assertThat(page.locator(".graph a.after")).containsText("credit_risk");
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
    void aSourceShowsWhatItHeldAndWhereItsColumnsGo() {
        Page page = at(browser.open(), "pipeline/loans");
        Locator columns = region(page, "Columns of loans");
        assertThat(columns.locator("tr", new Locator.LocatorOptions().setHasText("loan_date")))
                .containsText("2019-01-01 to 2020-12-30");
        assertThat(columns.locator("tr", new Locator.LocatorOptions().setHasText("code_gender")))
                .containsText("F, M");
        choose(columns, "birthday");
        assertThat(page.locator("figure figcaption").last())
                .containsText("Comes from nothing. Goes into credit_history.age, credit_risk.age.");
        assertThat(image(page, "birthday. Rows by value, from 1952-11-10 to 2001-03-17"))
                .isVisible();
        choose(columns, "code_gender");
        assertThat(page.locator(".charts .bars li")).hasText(new String[] {"F26,040", "M13,960"});
        assertThat(columns.locator("svg.glance"))
                .hasCount(columns.locator("tbody tr").count());
        assertThat(region(page, "Rows of loans").locator("tbody tr")).hasCount(20);
    }

    @Test
    void aModelShowsTheRowsItLearnedFrom() {
        Page page = at(browser.open(), "pipeline/credit_risk");
        Locator columns = region(page, "Columns of credit_risk");
        assertThat(columns.locator("tr", new Locator.LocatorOptions().setHasText("is_employed")))
                .containsText("customer_profile.is_employed");
        choose(columns, "income_per_person");
        assertThat(image(page, "income_per_person. Rows by value, from ")).isVisible();
        assertThat(region(page, "Rows of credit_risk").locator("tbody tr")).hasCount(20);
    }

    @Test
    void whatACheckLooksAtIsOneClickAway() {
        Page page = at(browser.open(), "pipeline/history_is_complete");
        link(page, "Query what it looks at").click();
        assertThat(region(page, "Result")).isVisible();
    }

    /** Every view can be read by program. */
    @Test
    void everyViewHasATwinInJson() {
        Page page = browser.open();
        for (String view : Stream.concat(VIEWS.stream(), Stream.of("data?sql=SELECT 1 AS one"))
                .toList()) {
            if (view.equals("data")) {
                continue;
            }
            at(page, view);
            Locator twin = page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("JSON").setExact(true))
                    .first();
            APIResponse answer = page.request().get(server.address() + "/" + twin.getAttribute("href"));
            assertEquals("application/json", answer.headers().get("content-type"), view);
            assertEquals(200, answer.status(), view);
        }
    }

    @Test
    void driftIsShownAsTheMetricsHaveIt() {
        Page page = at(browser.open(), "runs");
        assertThat(page.locator("main")).not().containsText("Drift");
        assertEquals(
                200,
                page.evaluate("async () => {"
                        + " const {rows} = await (await fetch('sql?sql=SELECT id FROM latest_credit_history LIMIT 300')).json();"
                        + " return (await fetch('predictions', {method: 'POST', headers: {'Content-Type': 'application/json'},"
                        + " body: JSON.stringify({ids: rows.map(row => row[0])})})).status; }"));
        Locator drift = region(page, "Drift");
        assertThat(drift.locator("tbody tr")).hasCount(17);
        String metrics = (String) page.evaluate("async () => (await fetch('metrics')).text()");
        List<String> told = metrics.lines()
                .filter(line -> line.startsWith("smew_feature_drift_psi{"))
                .map(line -> line.replaceAll(".*feature=\"([^\"]*)\".*", "$1") + " "
                        + Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sorted()
                .toList();
        List<String> shown = drift.locator("tbody tr").all().stream()
                .map(row -> row.locator("td").nth(1).textContent() + " "
                        + Double.parseDouble(row.locator("td").nth(2).getAttribute("title")))
                .sorted()
                .toList();
        assertEquals(told, shown);
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
        Locator runs = region(page, "Runs").locator("tbody tr");
        assertThat(runs).hasCount(2);
        assertThat(runs.first()).containsText("published");
        runs.first().getByRole(AriaRole.BUTTON).click();
        assertThat(page.locator(".steps")).containsText("training credit_risk");
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
        Page page = browser.open(375, 740, scheme);
        for (String view : VIEWS) {
            at(page, view);
            page.waitForLoadState(LoadState.NETWORKIDLE);
            assertEquals("[]", Browser.obstacles(page).toString(), view);
            assertEquals(375, page.evaluate("document.documentElement.scrollWidth"), view + " is as wide as a phone");
        }
    }

    /** The pictures of the README. */
    @Test
    void picturesAreTaken() throws IOException {
        Path pictures = Boolean.getBoolean("golden.rewrite")
                ? Path.of("src/test/resources/page")
                : Files.createDirectories(folder.resolve("pictures"));
        for (String view : List.of("pipeline/credit_history", "model", "predict/5008804")) {
            Page page = at(browser.open(1280, 860, ColorScheme.LIGHT), view);
            page.waitForLoadState(LoadState.NETWORKIDLE);
            Path file = pictures.resolve(view.replaceAll("/.*", "") + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file));
            assertTrue(Files.size(file) > 20_000, file + " shows something");
        }
        Page page = at(browser.open(1280, 860, ColorScheme.LIGHT), "pipeline/credit_history");
        button(page, "avg_amount_loans_previous").first().click();
        assertThat(page.locator("figure canvas")).isVisible();
        Path lineage = pictures.resolve("lineage.png");
        page.locator("figure:has(.lineage)").screenshot(new Locator.ScreenshotOptions().setPath(lineage));
        assertTrue(Files.size(lineage) > 5_000, lineage + " shows something");
        at(page, "pipeline/loans");
        Path source = pictures.resolve("source.png");
        region(page, "Columns of loans").screenshot(new Locator.ScreenshotOptions().setPath(source));
        assertTrue(Files.size(source) > 5_000, source + " shows something");
    }
}
