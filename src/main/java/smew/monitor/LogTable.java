package smew.monitor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.PredictionLog.Predicted;
import smew.model.PredictionLog.Shadowed;

/** Served predictions of one model and release as a table of the log. */
final class LogTable {

    private final Card card;
    private final List<Predicted> parts;
    private final int rows;

    private LogTable(List<Predicted> parts) {
        this.card = parts.getFirst().card();
        this.parts = parts;
        this.rows = parts.stream().mapToInt(part -> part.rows().length).sum();
    }

    /**
     * One row per prediction, in their order.
     *
     * @param parts of one model and release, at least one, with key columns of the same types
     */
    static Table of(List<Predicted> parts) {
        return new LogTable(parts).build();
    }

    private Table build() {
        LogNames names = LogNames.of(card);
        LoggedCells cells = new LoggedCells(parts, rows);
        List<Column> columns = new ArrayList<>();
        columns.add(times());
        columns.add(texts(LogNames.REQUEST, Predicted::requestId));
        for (int key = 0; key < names.keys().size(); key++) {
            columns.add(cells.key(names.keys().get(key), card.entity().get(key)));
        }
        columns.add(texts(LogNames.MODEL, part -> part.card().name()));
        columns.add(texts(LogNames.RELEASE, Predicted::release));
        columns.add(texts(LogNames.BACKEND, Predicted::backend));
        columns.add(predictions(LogNames.PREDICTION, LogTable::said));
        columns.add(probabilities(LogNames.PROBABILITY, LogTable::said));
        columns.addAll(probabilities(names.probabilities()));
        columns.add(latencies());
        if (parts.stream().anyMatch(part -> part.shadow().isPresent())) {
            columns.add(texts(
                    LogNames.SHADOW_RELEASE,
                    part -> part.shadow().map(Shadowed::release).orElse(null)));
            columns.add(predictions(LogNames.SHADOW_PREDICTION, LogTable::shadowed));
            columns.add(probabilities(LogNames.SHADOW_PROBABILITY, LogTable::shadowed));
            columns.add(differences());
        }
        for (int input = 0; input < names.inputs().size(); input++) {
            columns.add(cells.input(names.inputs().get(input), card.inputs().get(input)));
        }
        return new Table(columns, rows);
    }

    /** Hears of one prediction. */
    private interface Visit {
        void row(int at, Predicted part, int index);
    }

    private void each(Visit visit) {
        int at = 0;
        for (Predicted part : parts) {
            for (int index = 0; index < part.rows().length; index++) {
                visit.row(at++, part, index);
            }
        }
    }

    private Column times() {
        long[] micros = new long[rows];
        each((at, part, index) -> micros[at] = ChronoUnit.MICROS.between(Instant.EPOCH, part.time()));
        return new Column.Timestamps(LogNames.TIME, micros, true, new BitSet());
    }

    private Column latencies() {
        double[] millis = new double[rows];
        each((at, part, index) -> millis[at] = part.latencyNanos() / 1e6);
        return new Column.Doubles(LogNames.LATENCY, millis, new BitSet());
    }

    private Column texts(String name, Function<Predicted, @Nullable String> text) {
        Words words = new Words(rows);
        each((at, part, index) -> {
            String found = text.apply(part);
            if (found != null) {
                words.set(at, found);
            }
        });
        return words.column(name);
    }

    /** Finds one prediction; null where there is none. */
    private interface Saying {
        @Nullable
        Prediction of(Predicted part, int index);
    }

    private static Prediction said(Predicted part, int index) {
        return part.predictions().get(index);
    }

    private static @Nullable Prediction shadowed(Predicted part, int index) {
        return part.shadow().flatMap(shadow -> shadow.predictions().get(index)).orElse(null);
    }

    private Column differences() {
        return doubles(
                LogNames.SHADOW_DIFFERENCE,
                (part, index) -> part.shadow()
                        .map(shadow -> shadow.differences()[index])
                        .filter(difference -> !Double.isNaN(difference))
                        .orElse(null));
    }

    private Column probabilities(String name, Saying saying) {
        return doubles(name, (part, index) -> {
            Prediction prediction = saying.of(part, index);
            return prediction == null ? null : prediction.probability();
        });
    }

    /** Of each class; a backend may give none. All in one pass, because a prediction is made when it is asked for. */
    private List<Column> probabilities(List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        double[][] values = new double[names.size()][rows];
        BitSet none = new BitSet();
        each((at, part, index) -> {
            List<Double> known = said(part, index).probabilities();
            none.set(at, known.size() < names.size());
            for (int code = 0; code < Math.min(known.size(), values.length); code++) {
                values[code][at] = known.get(code);
            }
        });
        List<Column> columns = new ArrayList<>();
        for (int code = 0; code < values.length; code++) {
            columns.add(new Column.Doubles(names.get(code), values[code], none));
        }
        return columns;
    }

    /** Finds a number of one prediction; null where there is none. */
    private interface Figure {
        @Nullable
        Double of(Predicted part, int index);
    }

    private Column doubles(String name, Figure number) {
        double[] values = new double[rows];
        BitSet nulls = new BitSet();
        each((at, part, index) -> {
            Double found = number.of(part, index);
            nulls.set(at, found == null);
            values[at] = found == null ? 0 : found;
        });
        return new Column.Doubles(name, values, nulls);
    }

    private Column predictions(String name, Saying saying) {
        BitSet nulls = new BitSet();
        return switch (card.labelType()) {
            case INTEGER -> {
                long[] values = new long[rows];
                said(Number.class, nulls, saying, (at, value) -> values[at] = value.longValue());
                yield new Column.Integers(name, values, nulls);
            }
            case NUMBER -> {
                double[] values = new double[rows];
                said(Number.class, nulls, saying, (at, value) -> values[at] = value.doubleValue());
                yield new Column.Doubles(name, values, nulls);
            }
            case BOOLEAN -> {
                boolean[] values = new boolean[rows];
                said(Boolean.class, nulls, saying, (at, value) -> values[at] = value);
                yield new Column.Booleans(name, values, nulls);
            }
            case TEXT -> {
                Words words = new Words(rows);
                said(String.class, nulls, saying, words::set);
                yield words.column(name);
            }
        };
    }

    private <T> void said(Class<T> type, BitSet nulls, Saying saying, Said<T> target) {
        each((at, part, index) -> {
            Prediction prediction = saying.of(part, index);
            if (prediction != null && type.isInstance(prediction.value())) {
                target.is(at, type.cast(prediction.value()));
            } else {
                nulls.set(at);
            }
        });
    }

    private interface Said<T> {
        void is(int at, T value);
    }
}
