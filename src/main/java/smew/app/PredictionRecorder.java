package smew.app;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import smew.monitor.LogSettings;
import smew.monitor.Recorder;
import smew.monitor.Served;
import smew.serve.PredictionLog;
import smew.store.Store;
import smew.store.StoreSettings;

/** The log of a server's predictions in its store. Closing it writes what waits, after the server has stopped. */
final class PredictionRecorder implements PredictionLog, AutoCloseable {

    private final Store store;
    private final Recorder recorder;

    private PredictionRecorder(Store store, Recorder recorder) {
        this.store = store;
        this.recorder = recorder;
    }

    /** Opens the store once more: the server closes its own when it stops, and the log writes after that. */
    static PredictionRecorder open(StoreSettings settings) {
        Store store = Store.open(settings);
        return new PredictionRecorder(store, Recorder.start(LogSettings.DEFAULT, store::keep, InstantSource.system()));
    }

    @Override
    public void predicted(Predicted predicted) {
        recorder.offer(new Served(
                predicted.time(),
                predicted.requestId(),
                predicted.release(),
                predicted.backend(),
                predicted.card(),
                predicted.table(),
                predicted.rows(),
                predicted.predictions(),
                predicted.latencyNanos()));
    }

    @Override
    public long written() {
        return recorder.written();
    }

    @Override
    public Map<String, Long> dropped() {
        Map<String, Long> dropped = new TreeMap<>();
        recorder.dropped().forEach((loss, count) -> dropped.put(loss.label(), count));
        return dropped;
    }

    @Override
    public long waiting() {
        return recorder.waiting();
    }

    @Override
    public List<Drift> drift() {
        return recorder.drift().stream()
                .map(feature -> new Drift(feature.model(), feature.feature(), feature.psi()))
                .toList();
    }

    @Override
    public void close() {
        try {
            recorder.close();
        } finally {
            store.close();
        }
    }
}
