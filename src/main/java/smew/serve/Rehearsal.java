package smew.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.model.Prediction;
import smew.release.ReleaseFiles;
import smew.release.Releases;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A release that is not published yet, served as it would be: what cannot be served, or is served wrong, shows before it is current. */
public final class Rehearsal {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Snapshot snapshot;

    private Rehearsal(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Loads all that would be served.
     *
     * @throws SmewException DATA when the release could not be served
     */
    public static Rehearsal of(Releases releases, ReleaseFiles files) {
        return new Rehearsal(new SnapshotLoader(releases, ServeSettings.DEFAULT.withFeaturesOnly(true)).load(files));
    }

    /**
     * The first entity of the default model, as the server would answer it.
     *
     * @return the JSON of {@code GET /predictions/{id}}; empty without a model or rows, or where the model refuses the row
     */
    public Optional<String> example() {
        if (snapshot.models().isEmpty() || snapshot.model().table().entities() == 0) {
            return Optional.empty();
        }
        ServedModel model = snapshot.model().at(0);
        Prediction prediction;
        try {
            prediction =
                    model.predictor().predict(model.values(), new int[] {0}).getFirst();
        } catch (SmewException refused) {
            // @missing error makes a null in an online row a fault of whoever asks for it, not of the run.
            return Optional.empty();
        }
        JsonBuffer json = new JsonBuffer();
        model.json().anew(json, 0, prediction);
        return Optional.of(new String(json.toBytes(), StandardCharsets.UTF_8));
    }

    /**
     * An answer that is not what it has to be.
     *
     * @param column the first feature that differs; empty where something else does
     * @param found what the server says of it
     * @param meant what it has to say
     */
    public record Difference(Expected expected, Optional<String> column, String found, String meant) {}

    /**
     * Listens on a free port of this machine, asks over HTTP, and compares byte by byte.
     *
     * @throws SmewException NOT_READY or CONFIGURATION when it cannot listen; OUTSIDE when nothing answers there
     */
    public List<Difference> differences(List<Expected> all) {
        List<Difference> differences = new ArrayList<>();
        try (Server server = Server.start(ServeSettings.DEFAULT.withPort(0), new Unchanging(snapshot))) {
            for (Expected expected : all) {
                Heard answer = ask(server.port(), expected.path());
                if (answer.status() != 200) {
                    differences.add(new Difference(
                            expected, Optional.empty(), "status " + answer.status() + ", " + answer.body(), "200"));
                } else if (!answer.body().equals(expected.body())) {
                    differences.add(difference(expected, answer.body()));
                }
            }
        }
        return differences;
    }

    private record Heard(int status, String body) {}

    /** By the older client of Java, which loads nothing of TLS: that takes longer than all that is asked here. */
    private static Heard ask(int port, String path) {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        try {
            HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            asked.setConnectTimeout(TIMEOUT_MILLIS);
            asked.setReadTimeout(TIMEOUT_MILLIS);
            int status = asked.getResponseCode();
            try (InputStream body = status < 400 ? asked.getInputStream() : asked.getErrorStream()) {
                return new Heard(status, new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Asking the server of this run for " + address + ": " + failed.getMessage() + ".",
                    failed);
        }
    }

    /** What differs first: a feature, or else another member. */
    private static Difference difference(Expected expected, String body) {
        JsonNode meant = Json.tree(expected.body());
        JsonNode found;
        try {
            found = Json.tree(body);
        } catch (JacksonException noJson) {
            return new Difference(expected, Optional.empty(), body, expected.body());
        }
        Optional<String> column = different(meant.path("features"), found.path("features"));
        if (column.isPresent()) {
            String name = column.get();
            return new Difference(
                    expected,
                    column,
                    found.path("features").path(name).toString(),
                    meant.path("features").path(name).toString());
        }
        String member = different(meant, found).orElse("");
        return member.isEmpty()
                ? new Difference(expected, Optional.empty(), body, expected.body())
                : new Difference(
                        expected,
                        Optional.empty(),
                        member + " " + found.path(member),
                        member + " " + meant.path(member));
    }

    /** The first member in which two objects differ, as text: it is what was sent. */
    private static Optional<String> different(JsonNode one, JsonNode other) {
        Set<String> names = new LinkedHashSet<>(one.propertyNames());
        names.addAll(other.propertyNames());
        return names.stream()
                .filter(name ->
                        !one.path(name).toString().equals(other.path(name).toString()))
                .findFirst();
    }
}
