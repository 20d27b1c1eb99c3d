package smew.bench;

import java.nio.file.Files;
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
        // Without the file Java starts as without the flag.
        if (!Files.exists(bench.aotCache())) {
            throw new IllegalStateException("There is no " + bench.aotCache() + ": ./run.sh build makes it.");
        }
        List<String> cached = List.of("-XX:AOTCache=" + bench.aotCache());
        List<Rounds.Figures> figures = rounds.of(
                name(),
                () -> figures(ServerProcess.smew(bench)),
                () -> figures(ServerProcess.smew(bench, cached, List.of())),
                () -> figures(ServerProcess.bare(bench, BODY_BYTES)));
        Rounds.Figures bare = figures.getLast();
        List<Line> lines = new ArrayList<>();
        lines.add(Line.seconds(name(), "java -jar until /readyz answers", ENGINE, figures.get(0), bare));
        lines.add(Line.seconds(name(), "the same with target/smew.aot", ENGINE, figures.get(1), bare));
        if (bare.get(2).isKnown()) {
            lines.add(memory("resident memory then", figures.get(0), bare));
            lines.add(memory("the same with target/smew.aot", figures.get(1), bare));
        }
        return lines;
    }

    private Line memory(String what, Rounds.Figures ours, Rounds.Figures bare) {
        return new Line(name(), what, ENGINE, Line.Unit.MEGABYTES, ours.get(2), bare.get(2));
    }

    private static double[] figures(ServerProcess started) throws Exception {
        try (ServerProcess server = started) {
            return new double[] {server.secondsToReady(), server.processorSeconds(), server.residentMegabytes()};
        }
    }
}
