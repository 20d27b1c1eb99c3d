package smew.bench;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How long somebody who opens the page for the first time looks at nothing, against a fixed body in the same browser. */
final class FirstPaint implements Item {

    private static final String ENGINE = "Undertow with a fixed text";
    private static final int BODY_BYTES = 10_000;

    private static final String PAINTED =
            "() => performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0] ?? null";

    @Override
    public String name() {
        return "page";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        Optional<Path> browser = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (browser.isEmpty()) {
            rounds.log().println(name() + ": no Chromium is installed, so nothing is measured");
            return List.of();
        }
        try (ServerProcess smew = ServerProcess.smew(bench);
                ServerProcess bare = ServerProcess.bare(bench, BODY_BYTES);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                com.microsoft.playwright.Browser chromium = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(browser.get())
                                .setArgs(List.of("--no-sandbox", "--disable-gpu")))) {
            List<Rounds.Figures> figures = rounds.of(
                    name(), () -> open(chromium, smew.port(), "main h1"), () -> open(chromium, bare.port(), "body"));
            return List.of(line("first paint, nothing cached", 0, figures), line("the pipeline is drawn", 1, figures));
        }
    }

    private Line line(String what, int figure, List<Rounds.Figures> figures) {
        return new Line(
                name(),
                what,
                ENGINE,
                Line.Unit.MILLISECONDS,
                figures.getFirst().get(figure),
                figures.getLast().get(figure));
    }

    /** Milliseconds from the navigation on, of a browser that has not been here before. */
    private static double[] open(com.microsoft.playwright.Browser chromium, int port, String awaited) {
        try (BrowserContext context = chromium.newContext()) {
            Page page = context.newPage();
            page.navigate("http://127.0.0.1:" + port + "/");
            page.waitForSelector(awaited);
            double drawn = ((Number) page.evaluate("() => performance.now()")).doubleValue();
            double painted = ((Number) page.waitForFunction(PAINTED).jsonValue()).doubleValue();
            return new double[] {painted, drawn};
        }
    }
}
