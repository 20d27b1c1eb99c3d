package smew.bench;

import java.util.List;
import java.util.Locale;

/** The whole of training a random forest, against Smile's own on rows that are encoded already. */
final class ForestTraining implements Item {

    private static final int RUNS = 3;

    @Override
    public String name() {
        return "training";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        Forests forests = new Forests(bench);
        Rounds few = rounds.atMost(RUNS);
        List<Rounds.Figures> figures =
                few.of(name(), () -> Rounds.seconds(forests::fit), () -> Rounds.seconds(forests::fitBySmile));
        int rows = forests.rows().training().size();
        return List.of(Line.rate(
                name(),
                String.format(Locale.ROOT, "%,d rows, %d trees, %d runs", rows, Forests.TREES, few.runs()),
                "RandomForest.fit of Smile, rows encoded before",
                rows,
                figures.get(0),
                figures.get(1)));
    }
}
