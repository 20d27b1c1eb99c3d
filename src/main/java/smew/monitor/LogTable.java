package smew.monitor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.PredictionLog.Predicted;
import smew.model.PredictionLog.Shadowed;

/**
 * Served predictions of one model and release as a table of the log. Inputs are stated in the type that the card gives them: a
 * number is a DOUBLE whatever the table had, so that all files of a model have the same columns.
 */
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
        List<Column> columns = new ArrayList<>();
        columns.add(times());
        columns.add(texts(LogNames.REQUEST, Predicted::requestId));
        for (int key = 0; key < names.keys().size(); key++) {
            columns.add(key(names.keys().get(key), card.entity().get(key)));
        }
        columns.add(texts(LogNames.MODEL, part -> part.card().name()));
        columns.add(texts(LogNames.RELEASE, Predicted::release));
        columns.add(texts(LogNames.BACKEND, Predicted::backend));
        columns.add(predictions(LogNames.PREDICTION, LogTable::said));
        columns.add(probabilities(LogNames.PROBABILITY, LogTable::said));
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
            columns.add(input(names.inputs().get(input), card.inputs().get(input)));
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
        double[] values = new double[rows];
        BitSet nulls = new BitSet();
        each((at, part, index) -> {
            double difference =
                    part.shadow().map(shadow -> shadow.differences()[index]).orElse(Double.NaN);
            nulls.set(at, Double.isNaN(difference));
            values[at] = Double.isNaN(difference) ? 0 : difference;
        });
        return new Column.Doubles(LogNames.SHADOW_DIFFERENCE, values, nulls);
    }

    private Column probabilities(String name, Saying saying) {
        double[] values = new double[rows];
        BitSet nulls = new BitSet();
        each((at, part, index) -> {
            Prediction prediction = saying.of(part, index);
            Double probability = prediction == null ? null : prediction.probability();
            nulls.set(at, probability == null);
            values[at] = probability == null ? 0 : probability;
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

    /** A key as it is; of texts nobody has seen where no table has the column. */
    private Column key(String name, String from) {
        Optional<Column> like = parts.stream()
                .map(part -> part.table().column(from))
                .flatMap(Optional::stream)
                .findFirst();
        BitSet nulls = new BitSet();
        return switch (like.orElseGet(() -> new Words(0).column(name))) {
            case Column.Integers _ -> {
                long[] values = new long[rows];
                copy(from, Column.Integers.class, nulls, (at, column, row) -> values[at] = column.values()[row]);
                yield new Column.Integers(name, values, nulls);
            }
            case Column.Doubles _ -> {
                double[] values = new double[rows];
                copy(from, Column.Doubles.class, nulls, (at, column, row) -> values[at] = column.values()[row]);
                yield new Column.Doubles(name, values, nulls);
            }
            case Column.Booleans _ -> booleans(name, from);
            case Column.Texts _ -> words(name, from);
            case Column.Dates _ -> {
                int[] values = new int[rows];
                copy(from, Column.Dates.class, nulls, (at, column, row) -> values[at] = column.epochDays()[row]);
                yield new Column.Dates(name, values, nulls);
            }
            case Column.Timestamps stamps -> {
                long[] values = new long[rows];
                copy(from, Column.Timestamps.class, nulls, (at, column, row) -> values[at] = column.epochMicros()[row]);
                yield new Column.Timestamps(name, values, stamps.utc(), nulls);
            }
        };
    }

    private Column input(String name, Card.Input input) {
        return switch (input.type()) {
            case NUMBER -> numbers(name, input.name());
            case BOOLEAN -> booleans(name, input.name());
            case CATEGORY -> words(name, input.name());
        };
    }

    private Column numbers(String name, String from) {
        double[] values = new double[rows];
        BitSet nulls = new BitSet();
        copy(from, Column.class, nulls, (at, column, row) -> {
            switch (column) {
                case Column.Integers integers -> values[at] = integers.values()[row];
                case Column.Doubles doubles -> values[at] = doubles.values()[row];
                case Column.Booleans _, Column.Texts _, Column.Dates _, Column.Timestamps _ -> nulls.set(at);
            }
        });
        return new Column.Doubles(name, values, nulls);
    }

    private Column booleans(String name, String from) {
        boolean[] values = new boolean[rows];
        BitSet nulls = new BitSet();
        copy(from, Column.Booleans.class, nulls, (at, column, row) -> values[at] = column.values()[row]);
        return new Column.Booleans(name, values, nulls);
    }

    private Column words(String name, String from) {
        Words words = new Words(rows);
        copy(
                from,
                Column.Texts.class,
                new BitSet(),
                (at, column, row) -> words.set(at, column.dictionary()[column.codes()[row]]));
        return words.column(name);
    }

    private interface Copy<C extends Column> {
        void cell(int at, C column, int row);
    }

    /** Most requests share one table: its column is looked up once for all of them. */
    private <C extends Column> void copy(String from, Class<C> type, BitSet nulls, Copy<C> copy) {
        int at = 0;
        Optional<Table> last = Optional.empty();
        Optional<C> column = Optional.empty();
        for (Predicted part : parts) {
            if (last.isEmpty() || !last.get().equals(part.table())) {
                last = Optional.of(part.table());
                column = part.table().column(from).filter(type::isInstance).map(type::cast);
            }
            for (int row : part.rows()) {
                if (column.isEmpty() || column.get().isNull(row)) {
                    nulls.set(at);
                } else {
                    copy.cell(at, column.get(), row);
                }
                at++;
            }
        }
    }
}
