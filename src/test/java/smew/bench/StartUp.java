package smew.bench;

import java.util.ArrayList;
import java.util.List;

/** From {@code java -jar smew.jar serve} to the first answer, against a Java that starts Undertow alone. */
final class StartUp implements Item {

    private static final String ENGINE = "Undertow with a fixed body, from the same JAR";
    private static final int BODY_BYTES = 500;

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        bench.store();
        List<Rounds.Figures> figures = rounds.of(
                name(), () -> figures(ServerProcess.smew(bench)), () -> figures(ServerProcess.bare(bench, BODY_BYTES)));
        Rounds.Figures ours = figures.get(0);
        Rounds.Figures bare = figures.get(1);
        List<Line> lines = new ArrayList<>();
        lines.add(Line.seconds(name(), "java -jar until /readyz answers", ENGINE, ours, bare));
        if (ours.get(2).isKnown()) {
            lines.add(new Line(name(), "resident memory then", ENGINE, Line.Unit.MEGABYTES, ours.get(2), bare.get(2)));
        }
        return lines;
    }

    private static double[] figures(ServerProcess started) throws Exception {
        try (ServerProcess server = started) {
            return new double[] {server.secondsToReady(), server.processorSeconds(), server.residentMegabytes()};
        }
    }
}
