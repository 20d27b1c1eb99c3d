package smew.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import smew.base.Json;

/**
 * Questions of every kind that the sample's releases answer, and what each release says: whatever else comes is wrong, and an answer
 * that was made from two releases is what neither says.
 */
final class KnownAnswers {

    private static final int ENTITIES = 200;
    private static final int OF_OTHER_KINDS = 20;
    private static final int BATCH = 100;

    private final List<Question> questions = new ArrayList<>();
    private final List<byte[][]> bodies = new ArrayList<>();

    /**
     * Something to ask.
     *
     * @param status of its answer
     */
    private record Question(byte[] request, int status) {}

    /**
     * Thinks of questions.
     *
     * @param ids that all releases know
     * @param port of a server of one of them
     */
    KnownAnswers(long[] ids, int port) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        try (SocketChannel channel = open(port)) {
            HttpConnection server = new HttpConnection(channel);
            for (int entity = 0; entity < ENTITIES; entity++) {
                long id = ids[random.nextInt(ids.length)];
                get("/predictions/" + id, 200);
                get("/features/" + id, 200);
                if (entity < OF_OTHER_KINDS) {
                    get("/predictions/" + id + "?explain=true", 200);
                    get("/predictions/" + -id, 404);
                    get("/features/credit_history/" + id, 200);
                    post("/predictions/" + id, "{\"features\":{\"income\":" + random.nextInt(1_000_000) + "}}");
                    post("/predictions", batch(ids, random));
                    post("/invocations", "{\"dataframe_records\":[" + features(server, id) + "]}");
                }
            }
        }
    }

    private static String batch(long[] ids, SplittableRandom random) {
        return IntStream.range(0, BATCH)
                .mapToObj(_ -> Long.toString(ids[random.nextInt(ids.length)]))
                .collect(Collectors.joining(",", "{\"ids\":[", ",-1]}"));
    }

    private static String features(HttpConnection server, long id) throws IOException {
        server.ask(request("GET", "/features/" + id, ""));
        return Json.tree(server.body()).get("features").toString();
    }

    private void get(String path, int status) {
        questions.add(new Question(request("GET", path, ""), status));
    }

    private void post(String path, String body) {
        questions.add(new Question(request("POST", path, body), 200));
    }

    /** Under one request id, which problems repeat. */
    private static byte[] request(String method, String path, String body) {
        String about =
                body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-Id: endurance\r\n" + about + "\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static SocketChannel open(int port) throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    int questions() {
        return questions.size();
    }

    /** Asks everything of a server, whose answers are those of one more release. */
    void learn(int port) throws IOException {
        byte[][] answers = new byte[questions.size()][];
        try (SocketChannel channel = open(port)) {
            HttpConnection server = new HttpConnection(channel);
            for (int question = 0; question < answers.length; question++) {
                server.ask(questions.get(question).request());
                check(server, question);
                answers[question] = server.body();
            }
        }
        bodies.add(answers);
    }

    /**
     * Asks one question.
     *
     * @throws IllegalStateException when no release that was learned answers so
     */
    void ask(HttpConnection server, int question) throws IOException {
        server.ask(questions.get(question).request());
        check(server, question);
        byte[] body = server.body();
        if (bodies.stream().noneMatch(release -> Arrays.equals(body, release[question]))) {
            throw wrong(server, question, "which no release says");
        }
    }

    private void check(HttpConnection server, int question) {
        if (server.status() != questions.get(question).status()) {
            throw wrong(server, question, "expected " + questions.get(question).status());
        }
    }

    private IllegalStateException wrong(HttpConnection server, int question, String why) {
        return new IllegalStateException(text(questions.get(question).request()) + "\nwas answered " + server.status()
                + " " + text(server.body()) + ", " + why + ".");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
