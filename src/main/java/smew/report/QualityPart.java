package smew.report;

import java.util.ArrayList;
import java.util.List;
import smew.model.Card;

/** How good a model is on rows it never saw: figures first, then what they look like, then what was decided. */
final class QualityPart {

    private final Card card;
    private final String id;

    QualityPart(Card card, String id) {
        this.card = card;
        this.id = id;
    }

    List<Html> html() {
        FigureTables tables = new FigureTables(card);
        List<Html> content = new ArrayList<>(tables.figures());
        content.addAll(tables.comparison());
        content.addAll(tables.folds());
        List<Chart> charts = new ArrayList<>(new RankingCharts(card, id).charts());
        new ReliabilityChart(card, id).chart().ifPresent(charts::add);
        new DistributionChart(card, id).chart().ifPresent(charts::add);
        charts.addAll(new RegressionCharts(card, id).charts());
        content.addAll(Chart.beside(charts));
        if (!card.metrics().confusion().isEmpty()) {
            content.add(new ConfusionMatrix(card).html());
        }
        content.addAll(new ThresholdTable(card).html());
        return content;
    }
}
