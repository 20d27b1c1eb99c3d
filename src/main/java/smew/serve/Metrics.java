package smew.serve;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import smew.base.Fault;
import smew.model.Card;
import smew.model.Outcomes;
import smew.model.Prediction;
import smew.model.PredictionLog;
import smew.model.ScoredRows;

/** What a server counts and measures, as Prometheus reads it. Safe for any number of threads. */
final class Metrics {

    static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    /** Seconds, from a tenth of what a prediction takes to what nobody waits for. */
    private static final double[] BOUNDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };

    /** Probabilities, from what nobody sees to the whole. */
    private static final double[] DIFFERENCES = {0, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1};

    private static final double NANOS = 1e9;

    /** Method and route of what meets none. */
    static final String OTHER = "other";

    /** What a regression says, as an outcome. */
    private static final String NUMBER = "number";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicBoolean jvm = new AtomicBoolean();
    private final Histogram durations;
    private final Counter refused;
    private final Counter predictions;
    private final Counter backendRequests;
    private final Counter besideCanary;
    private final Counter besideShadow;
    private final Histogram differences;

    /**
     * Registers what is pushed and what is asked for when somebody reads.
     *
     * @param snapshot the present one
     * @param log whose own figures are shown too
     */
    Metrics(Supplier<Snapshot> snapshot, InFlight inFlight, Workers workers, Optional<PredictionLog> log) {
        this.durations = histogram(Measured.REQUEST_DURATION, BOUNDS);
        this.refused = counter(Measured.REQUESTS_REFUSED);
        // So that a rate can be computed before the first of them.
        refused.labelValues(reason(Fault.OVERLOAD));
        refused.labelValues(reason(Fault.TIMEOUT));
        this.predictions = counter(Measured.PREDICTIONS);
        this.backendRequests = counter(Measured.BACKEND_REQUESTS);
        this.besideCanary = counter(Measured.CANARY_PREDICTIONS);
        this.besideShadow = counter(Measured.SHADOW_PREDICTIONS);
        this.differences = histogram(Measured.SHADOW_DIFFERENCE, DIFFERENCES);
        gauge(Measured.CANARY_SHARE, gauge -> {
            Canary canary = snapshot.get().canary();
            if (canary != null) {
                gauge.call(canary.share(), canary.release());
            }
        });
        gauge(Measured.REQUESTS_IN_FLIGHT, gauge -> gauge.call((double) inFlight.now()));
        gauge(Measured.REQUESTS_WAITING, gauge -> gauge.call(workers.waiting()));
        gauge(Measured.RELEASE, gauge -> gauge.call(1, snapshot.get().release()));
        gauge(Measured.ONLINE_ROWS, gauge -> snapshot.get().entities().forEach((name, rows) -> gauge.call(rows, name)));
        gauge(
                Measured.FEATURE_AGE,
                gauge -> snapshot.get()
                        .views()
                        .forEach((name, view) -> view.newestEvent()
                                .ifPresent(newest -> gauge.call(System.currentTimeMillis() / 1e3 - newest, name))));
        log.ifPresent(this::show);
    }

    private void show(PredictionLog log) {
        show(Measured.PREDICTIONS_LOGGED, counter -> counter.call((double) log.written()));
        show(Measured.PREDICTIONS_LOST, counter -> log.dropped().forEach((why, lost) -> counter.call(lost, why)));
        gauge(Measured.PREDICTIONS_WAITING, gauge -> gauge.call((double) log.waiting()));
        gauge(
                Measured.FEATURE_DRIFT,
                gauge -> log.drift().forEach(drift -> gauge.call(drift.psi(), drift.model(), drift.feature())));
    }

    private Histogram histogram(Measured measured, double... bounds) {
        return Histogram.builder()
                .name(measured.metric())
                .help(measured.doc())
                .labelNames(measured.labelNames())
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry);
    }

    private Counter counter(Measured measured) {
        return Counter.builder()
                .name(measured.metric())
                .help(measured.doc())
                .labelNames(measured.labelNames())
                .withoutExemplars()
                .register(registry);
    }

    private void gauge(Measured measured, Consumer<GaugeWithCallback.Callback> values) {
        GaugeWithCallback.builder()
                .name(measured.metric())
                .help(measured.doc())
                .labelNames(measured.labelNames())
                .callback(values)
                .register(registry);
    }

    private void show(Measured measured, Consumer<CounterWithCallback.Callback> values) {
        CounterWithCallback.builder()
                .name(measured.metric())
                .help(measured.doc())
                .labelNames(measured.labelNames())
                .callback(values)
                .register(registry);
    }

    /** Where the durations of one route, method and status are kept. */
    DistributionDataPoint durations(String method, String route, int status) {
        return durations.labelValues(method, route, Integer.toString(status));
    }

    static void observe(DistributionDataPoint durations, long nanos) {
        durations.observe(nanos / NANOS);
    }

    void refused(Fault fault) {
        refused.labelValues(reason(fault)).inc();
    }

    private static String reason(Fault fault) {
        return fault.name().toLowerCase(Locale.ROOT);
    }

    /** Counts what a model answered. */
    void predicted(ServedModel model, String backend, List<Prediction> answered) {
        if (answered instanceof ScoredRows scored && backend.equals(ServedModel.LOCAL_NAME)) {
            count(scored, (outcome, rows) -> model.counter(outcome, this).inc(rows));
        } else {
            count(predictions, model, backend, answered);
        }
    }

    /** Where predictions of an outcome that a model of the release itself makes are counted. */
    CounterDataPoint predictions(Card card, int outcome) {
        String label = card.classes().isEmpty()
                ? NUMBER
                : new Outcomes(card).value(outcome).toString();
        return predictions.labelValues(card.name(), ServedModel.LOCAL_NAME, label);
    }

    /** Counts the same beside a canary. */
    void predicted(ServedModel model, Trial.Side side, List<Prediction> answered) {
        count(besideCanary, model, side.label(), answered);
    }

    private static void count(Counter counter, ServedModel model, String by, List<Prediction> answered) {
        String name = model.card().name();
        boolean numbers = model.card().classes().isEmpty();
        if (answered instanceof ScoredRows scored) {
            count(scored, (outcome, rows) -> {
                String label = numbers ? NUMBER : scored.value(outcome).toString();
                counter.labelValues(name, by, label).inc(rows);
            });
            return;
        }
        for (Prediction prediction : answered) {
            String label = numbers ? NUMBER : prediction.value().toString();
            counter.labelValues(name, by, label).inc();
        }
    }

    /** Takes so many rows of one outcome. */
    private interface Counting {
        void add(int outcome, long rows);
    }

    private static void count(ScoredRows scored, Counting counting) {
        if (scored.classes() == 0) {
            counting.add(0, scored.size());
        } else if (scored.size() == 1) {
            counting.add(scored.predicted(0), 1);
        } else {
            long[] rows = new long[scored.classes()];
            for (int row = 0; row < scored.size(); row++) {
                rows[scored.predicted(row)]++;
            }
            for (int outcome = 0; outcome < rows.length; outcome++) {
                if (rows[outcome] > 0) {
                    counting.add(outcome, rows[outcome]);
                }
            }
        }
    }

    /** Counts how a shadow did. */
    void shadow(String model, String release, Shadow.Result result, int rows) {
        besideShadow
                .labelValues(model, release, result.name().toLowerCase(Locale.ROOT))
                .inc(rows);
    }

    /** Takes note of how far a shadow was from what was answered. */
    void shadow(String model, String release, double difference) {
        differences.labelValues(model, release).observe(difference);
    }

    void backend(String backend, String result) {
        backendRequests.labelValues(backend, result).inc();
    }

    /** All of it in the text format of Prometheus. What the JVM tells of itself is gathered from the first time on. */
    byte[] text() {
        if (jvm.compareAndSet(false, true)) {
            JvmCollectors.register(registry);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape(), EscapingScheme.DEFAULT);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toByteArray();
    }
}
