package smew.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import smew.app.Engine.BackendRequest;
import smew.app.Engine.ServeRequest;
import smew.serve.ServeSettings;
import smew.serve.ServeSettings.Access;
import smew.serve.ServeSettings.Limits;
import smew.serve.ServeSettings.Listening;

/** What is effective while a server runs, by the names of the options that set it, without secrets. */
final class EffectiveSettings {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Of a server on the releases of a store. */
    static EffectiveSettings of(ServeRequest request, ServeSettings settings) {
        EffectiveSettings effective = new EffectiveSettings();
        effective.values.put("store", request.store().location());
        effective.add(settings);
        effective.values.put(
                "access-log",
                request.accessLog()
                        .map(to -> to.file().map(Path::toString).orElse("standard output"))
                        .orElse("none"));
        effective.values.put("log-predictions", onOff(request.predictionLog().isPresent()));
        effective.values.put(
                "canary",
                settings.trials()
                        .canary()
                        .map(canary -> canary.release() + "=" + TrialOptions.percent(canary.share()))
                        .orElse("none"));
        effective.values.put("shadow", settings.trials().shadow().orElse("none"));
        effective.values.put("no-sql", onOff(request.sql().isEmpty()));
        request.sql().ifPresent(limits -> {
            effective.values.put("sql-limit", limits.rows());
            effective.values.put("sql-time", seconds(limits.time()));
        });
        effective.values.put(
                "backend",
                request.backend()
                        .map(backend -> backend.endpoint().address().toString())
                        .orElse("local"));
        request.backend().ifPresent(effective::add);
        return effective;
    }

    /** Of a server that hosts one model. */
    static EffectiveSettings of(ServeSettings settings) {
        EffectiveSettings effective = new EffectiveSettings();
        effective.add(settings);
        return effective;
    }

    /** Adds whose online rows stay on disk because of their size. */
    EffectiveSettings mapped(Collection<String> names) {
        if (!names.isEmpty()) {
            values.compute("online-memory", (_, limit) -> limit + " (mapped: " + String.join(" ", names) + ")");
        }
        return this;
    }

    private void add(ServeSettings settings) {
        Listening listening = settings.listening();
        values.put("host", listening.bind());
        values.put("port", listening.port());
        values.put(
                "tls-cert",
                listening.tls().map(tls -> tls.certificate().toString()).orElse("none"));
        values.put("tls-key", listening.tls().map(tls -> tls.key().toString()).orElse("none"));
        values.put("http2", onOff(listening.http2()));
        Access access = settings.access();
        values.put("token", access.token().isPresent() ? "needed" : "none");
        values.put("token-file", access.tokenFile().map(Path::toString).orElse("none"));
        values.put("insecure", onOff(access.insecure()));
        values.put("cors", access.origins().isEmpty() ? "none" : String.join(" ", access.origins()));
        values.put("model", settings.model().orElse("the first"));
        values.put("features-only", onOff(settings.featuresOnly()));
        Limits limits = settings.limits();
        values.put("body-limit", limits.bodyBytes() + " bytes");
        values.put("id-limit", limits.ids());
        values.put("row-limit", limits.rows());
        values.put("request-limit", limits.requests());
        values.put("waiting-limit", limits.waiting());
        values.put("connection-limit", limits.connections());
        values.put("body-time", seconds(limits.bodyTime()));
        values.put("online-memory", limits.onlineBytes() + " bytes");
        values.put("stop-delay", seconds(settings.timing().notice()));
    }

    private void add(BackendRequest backend) {
        values.put("backend-format", backend.endpoint().format());
        values.put("backend-timeout", seconds(backend.endpoint().timeout()));
        values.put("backend-concurrency", backend.endpoint().concurrency());
        values.put("fallback", backend.fallback() ? "local" : "none");
        values.put("allow-difference", onOff(backend.allowDifference()));
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1e3 + "s";
    }

    /** By option, in the order of printing. */
    Map<String, Object> values() {
        return values;
    }

    /** One line. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(value -> value.getKey() + " " + value.getValue())
                .collect(Collectors.joining(", "));
    }
}
