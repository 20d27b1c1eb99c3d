package smew.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import smew.report.Mark.Ink;
import smew.report.Mark.Side;
import smew.report.Mark.Spot;

/** Drawings to the letter. {@code -Dgolden.rewrite=true} writes the file anew; the difference is the review. */
final class DrawingTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/report/drawing.svg");

    private static String svg(Drawing drawing) {
        StringBuilder text = new StringBuilder();
        drawing.html().write(text);
        return text.append('\n').toString();
    }

    @Test
    void drawsTheSameToTheLetter() throws IOException {
        Panel upper = new Panel(Axis.of("Share", Scale.SHARE), 100)
                .with(new Mark.Words(new Spot(0.5, 0.5), Side.RIGHT_BELOW, "half <&>"))
                .with(new Mark.Line(List.of(new Spot(0, 0), new Spot(1, 1)), Ink.GUIDE))
                .with(new Mark.Line(
                        List.of(new Spot(0, 0), new Spot(0, 0.3), new Spot(0, 0.6), new Spot(1, 0.6)), Ink.MAIN))
                .with(new Mark.Whisker(0.2, 0.1, 0.35))
                .with(new Mark.Span(0.9, 0.1, 0.4))
                .with(new Mark.Dots(List.of(new Spot(0.2, 0.2), new Spot(0.4, 0.3)), Ink.MAIN))
                .with(new Mark.Dots(List.of(new Spot(0.6, 0.6)), Ink.CHOSEN));
        Panel lower = new Panel(Axis.of("Rows", Scale.around(2, 0, 140_000)), 40)
                .with(new Mark.Bar(0, 0.5, 140_000))
                .with(new Mark.Bar(0.5, 1, 20_000));
        String text = svg(new Drawing("A drawing", "Of everything.", Axis.of("Probability", Scale.SHARE))
                .with(upper)
                .with(lower));
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }
        assertEquals(Files.readString(GOLDEN).replace("\r\n", "\n"), text);
    }

    @Test
    void leavesOutSpotsOnTheWay() {
        Panel panel = new Panel(Axis.of("y", Scale.SHARE), 100)
                .with(new Mark.Line(
                        List.of(new Spot(0, 0), new Spot(0, 0.5), new Spot(0, 1), new Spot(0.5, 1), new Spot(1, 1)),
                        Ink.MAIN));
        String svg = svg(new Drawing("t", "d", Axis.of("x", Scale.SHARE)).with(panel));
        String path = svg.lines()
                .filter(line -> line.contains("line main"))
                .findFirst()
                .orElseThrow();
        assertEquals(2, path.chars().filter(c -> c == 'L').count(), path);
    }

    @Test
    void keepsWhatLiesOutsideAtTheEdge() {
        Frame frame = new Frame(30, 10, 330, 110, Scale.SHARE, Scale.SHARE);
        assertEquals("30", frame.x(-5));
        assertEquals("330", frame.x(5));
        assertEquals("10", frame.y(5));
        assertEquals("110", frame.y(Double.NaN));
        assertEquals("130.1", frame.x(0.3337));
    }

    @Test
    void leavesRoomForItsLongestLabel() {
        String small =
                svg(new Drawing("t", "d", Axis.of("x", Scale.SHARE)).with(new Panel(Axis.of("y", Scale.SHARE), 50)));
        String large = svg(new Drawing("t", "d", Axis.of("x", Scale.SHARE))
                .with(new Panel(Axis.of("y", Scale.around(2, 1_000_000_010, 1_000_000_012)), 50)));
        assertTrue(left(large) > left(small) + 50, large);
    }

    /** Where the grid begins. */
    private static double left(String svg) {
        String grid = svg.substring(svg.indexOf(" d=\"M") + 5);
        return Double.parseDouble(grid.substring(0, grid.indexOf(' ')));
    }
}
