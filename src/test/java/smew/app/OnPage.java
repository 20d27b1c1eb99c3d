package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import smew.monitor.LogSettings;
import smew.serve.ServeSettings;
import smew.store.StoreSettings;

/** A project that was run, its server, and a browser. Where there is no browser, nothing is tested, and Maven says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnPage {

    static final Clock CLOCK = Clock.systemUTC();

    Path folder;
    Browser browser;
    LocalServer server;

    /** Writes the project, runs it. */
    abstract void make() throws Exception;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        assumeTrue(Browser.executable().isPresent(), "no Chromium is installed");
        folder = directory;
        make();
        server = serve(Optional.empty());
        browser = Browser.start();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
            server.stop();
        }
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertEquals("[]", browser.leave().toString());
    }

    /** Runs a command at a prompt in the folder. */
    void run(String... arguments) {
        Prompt prompt = new Prompt(folder);
        prompt.now = CLOCK.instant();
        assertEquals(0, prompt.run(new Wiring(CLOCK), arguments), prompt.err());
    }

    LocalServer serve(Optional<String> token) {
        return serve(folder, token, shown());
    }

    /** Serves the store of a folder. */
    LocalServer serve(Path of, Optional<String> token, Optional<ProjectRequest> project) {
        ServeSettings settings = ServeSettings.DEFAULT.withPort(0).withToken(token);
        return LocalServer.start(new Engine.ServeRequest(
                StoreSettings.folder(of.resolve("out").toString()),
                new ServeSettings(
                        settings.listening(),
                        settings.access(),
                        settings.model(),
                        featuresOnly() || project.isPresent(),
                        settings.limits(),
                        settings.timing(),
                        settings.hosting(),
                        settings.trials()),
                Optional.empty(),
                logged(),
                Optional.empty(),
                Optional.of(new SqlProcesses.Limits(1, 16, Duration.ofSeconds(20), 500_000_000, 10_000, 50_000_000)),
                project));
    }

    /** Whether releases have no model. */
    boolean featuresOnly() {
        return false;
    }

    /** How predictions are logged; empty: they are not. */
    Optional<LogSettings> logged() {
        return Optional.empty();
    }

    /** The project to show beside its releases; empty: none. */
    Optional<ProjectRequest> shown() {
        return Optional.empty();
    }

    /** A view of the page, such as {@code data?sql=SELECT 1}. */
    Page at(Page page, String view) {
        page.navigate(server.address() + "/#/" + view);
        page.waitForSelector("main h1");
        return page;
    }

    static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    static Locator button(Page page, String name) {
        return exactly(page, AriaRole.BUTTON, name);
    }

    /** A column's name in a table of columns. */
    static void choose(Locator columns, String name) {
        columns.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    static Locator image(Page page, String name) {
        return page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName(name));
    }

    static Locator region(Page page, String name) {
        return exactly(page, AriaRole.REGION, name);
    }

    private static Locator exactly(Page page, AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Of a relation in the graph of the pipeline. */
    static Locator box(Page page, String name) {
        return page.locator(".graph:not(.lineage) a[data-name='" + name + "']");
    }
}
