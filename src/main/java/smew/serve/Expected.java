package smew.serve;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Agreement;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.Predictor;
import smew.online.Cell;
import smew.online.OnlineTable;

/**
 * What a server has to answer about one entity, by the rows that the model was trained on.
 *
 * @param id as messages have it
 * @param path of the request
 * @param body of the answer
 */
public record Expected(String model, String id, String path, String body) {

    /**
     * The answers about the newest rows of some entities, spread over all.
     *
     * @param rows of the model's SELECT in the one order: by entity, the newest row of each last
     * @param release that will answer
     */
    public static List<Expected> of(Predictor predictor, Table rows, String release) {
        Card card = predictor.card();
        List<Column> key = card.entity().stream()
                .map(name -> rows.column(name).orElseThrow())
                .toList();
        Table newest = rows.pick(newest(key, rows.rows()));
        ServedModel model = ServedModel.of(predictor, OnlineTable.of(card.name(), card.entity(), newest), release);
        int[] asked = Agreement.sample(predictor, newest);
        List<Prediction> predictions = predictor.predict(newest, asked);
        List<Expected> all = new ArrayList<>();
        for (int i = 0; i < asked.length; i++) {
            int row = asked[i];
            List<String> parts = model.table().key().stream()
                    .map(column -> Objects.toString(Cell.value(column, row), ""))
                    .toList();
            // Nobody can ask for a key that is empty: it is no segment of a path.
            if (parts.stream().noneMatch(String::isEmpty)) {
                JsonBuffer json = new JsonBuffer();
                model.json().anew(json, row, predictions.get(i));
                all.add(new Expected(
                        card.name(),
                        String.join(",", parts),
                        "/models/" + card.name() + "/predictions/"
                                + String.join(
                                        ",",
                                        parts.stream().map(Expected::encoded).toList()),
                        new String(json.toBytes(), StandardCharsets.UTF_8)));
            }
        }
        return all;
    }

    /** The last rows of entities in which equal distances end. */
    private static int[] newest(List<Column> key, int rows) {
        int count = Math.min(Agreement.ROWS, rows);
        return IntStream.range(0, count)
                .map(i -> last(key, (int) ((long) i * rows / count), rows))
                .distinct()
                .toArray();
    }

    private static int last(List<Column> key, int start, int rows) {
        int row = start;
        while (row + 1 < rows && same(key, row, row + 1)) {
            row++;
        }
        return row;
    }

    private static boolean same(List<Column> key, int row, int other) {
        return key.stream().allMatch(part -> Objects.equals(Cell.value(part, row), Cell.value(part, other)));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
