package smew.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.report.Pages.section;
import static smew.report.Pages.words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;

final class ReportTest {

    @TempDir
    Path folder;

    @Test
    void tellsTheReaderFirstWhetherAModelIsWorthAnything() {
        String page = Report.html(Runs.with(Runs.binary()));
        assertTrue(page.indexOf("id=\"summary\"") < page.indexOf("id=\"flow\""), "the summary comes first");
        String summary = section(page, "summary");
        assertTrue(words(summary).contains("risk ROC AUC 0.7604 0.5 better by 0.2604 11,992"), words(summary));
        assertTrue(words(summary).contains("Log loss 0.2042 0.2324 better by 0.0282 11,992"), words(summary));
        assertTrue(words(summary).contains("Of the 743 held-out rows where that is so, it says so for 9 (1.21 %)"));
        assertTrue(words(summary).contains("It says so for 16 rows and is right about 9."), words(summary));
        assertTrue(words(summary).contains("history 777,715 36,457 12 3"), words(summary));
    }

    @Test
    void showsSectionsInTheOrderOfTheFlowBackwards() {
        String page = Report.html(Runs.with(Runs.binary(), Runs.regression()));
        List<String> ids = Pattern.compile("<section id=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(
                List.of(
                        "summary",
                        "flow",
                        "model-1",
                        "model-2",
                        "features-1",
                        "sources",
                        "checks",
                        "provenance",
                        "timings"),
                ids);
        ids.forEach(id -> assertTrue(page.contains("href=\"#" + id + "\""), id + " can be reached"));
    }

    @Test
    void explainsEveryFigureBesideItsBaseline() {
        String model = words(section(Report.html(Runs.with(Runs.binary())), "model-1"));
        assertTrue(model.contains("Accuracy 0.9382 0.939 worse by 0.00084 "), model);
        assertTrue(model.contains("Accuracy Share of rows whose predicted class is the true one."), model);
        assertTrue(model.contains("unheard_of 3 – – "), model);
        assertTrue(model.contains("All rows of the SELECT 40,000 100 %"), model);
        assertTrue(model.contains("0 11,242 99.9 % 7 0.06 % 11,249"), model);
        assertTrue(model.contains("Rows predicted 11,976 16 11,992"), model);
        assertTrue(model.contains("day, ties broken by number"), model);
        assertTrue(model.contains("trees 40"), model);
    }

    @Test
    void showsAllClassesOfAModelWithMoreThanTwo() {
        String page = Report.html(Runs.with(Runs.threeClasses()));
        assertTrue(words(section(page, "summary")).contains("species Accuracy 0.8 0.4 better by 0.4"));
        assertTrue(words(section(page, "summary")).contains("names the right class for 80 % of held-out rows"));
        String model = words(section(page, "model-1"));
        assertTrue(model.contains("predicted ant predicted bee predicted cat Rows"), model);
        assertTrue(model.contains("cat 1 50 % 0 0 % 1 50 % 2"), model);
    }

    @Test
    void showsARegressionWithoutClasses() {
        String page = Report.html(Runs.with(Runs.regression()));
        String summary = words(section(page, "summary"));
        assertTrue(summary.contains("price RMSE 48,214 115,000 better by 66,786 11,992"), summary);
        assertTrue(summary.contains("off by 31,000 on average, and explains 82.1 % of its variation."), summary);
        assertFalse(section(page, "model-1").contains("class=\"confusion\""));
        assertFalse(words(section(page, "model-1")).contains("Classes of the label"));
    }

    @Test
    void reportsARunThatMadeFeaturesOnly() {
        String page = Report.html(Runs.featuresOnly());
        assertTrue(words(section(page, "summary")).contains("No model was trained in this run"));
        assertTrue(words(section(page, "summary")).contains("1 passed, 0 failed, 0 warned"));
        assertFalse(page.contains("id=\"model-1\""));
    }

    @Test
    void showsWhatAFeatureViewHolds() {
        String view = words(section(Report.html(Runs.featuresOnly()), "features-1"));
        assertTrue(view.contains("What history is."), view);
        assertTrue(view.contains("id BIGINT entity 0 % 36,457 5008804 5150487"), view);
        assertTrue(view.contains("day DATE event time 0 % 700 2019-01-01 2020-12-30"), view);
        assertTrue(view.contains("amount DOUBLE 10.0 % 500,000 0.1235 123,457"), view);
        assertTrue(view.contains("SELECT 1 AS history"), view);
    }

    @Test
    void saysWhichChecksFailed() {
        String page = Report.html(Runs.with(
                List.of(Runs.check("a", "error", 0), Runs.check("b", "warn", 12_000), Runs.check("c", "error", 1))));
        assertTrue(words(section(page, "summary")).contains("1 passed, 1 failed, 1 warned"));
        String checks = words(section(page, "checks"));
        assertTrue(checks.contains("b What b is. warn warned 12,000"), checks);
        assertTrue(checks.contains("c What c is. error failed 1"), checks);
    }

    @Test
    void namesFilesDigestsAndSeedAndTimes() {
        String page = Report.html(Runs.with(Runs.binary()));
        assertTrue(words(section(page, "sources")).contains("amount data/amount.csv 1.23 MB " + Runs.DIGEST));
        String provenance = words(section(page, "provenance"));
        assertTrue(provenance.contains("risk 42 6.3.0 SQL " + Runs.DIGEST), provenance);
        assertTrue(provenance.contains("features/history/part-0.parquet 99 bytes " + Runs.DIGEST), provenance);
        assertTrue(words(section(page, "timings")).contains("models 9.50 s all 12.5 s"));
    }

    @Test
    void saysTheSameForTheSameRun() throws IOException {
        assertEquals(Report.html(Runs.with(Runs.binary())), Report.html(Runs.with(Runs.binary())));
        Path file = Report.write(folder, Runs.featuresOnly());
        assertEquals(folder.resolve("report.html"), file);
        assertEquals(Report.html(Runs.featuresOnly()), Files.readString(file));
    }

    @Test
    void saysWhichFileCouldNotBeWritten() {
        Path missing = folder.resolve("missing");
        SmewException failed = assertThrows(SmewException.class, () -> Report.write(missing, Runs.featuresOnly()));
        assertEquals(Fault.OUTSIDE, failed.fault());
        assertTrue(failed.getMessage().contains(missing.resolve("report.html").toString()), failed.getMessage());
    }
}
