package smew.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Requests that are wrong in ways of their own, for every route; the same seed makes the same ones. Each is a whole message. */
public final class FuzzRequests {

    private static final List<String> METHODS =
            List.of("GET", "GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "OPTIONS", "X");
    private static final List<String> IDS = List.of(
            "007",
            "-0",
            "+5",
            "9223372036854775808",
            "a%2Fb",
            "%00",
            "%",
            "%zz",
            "%F0%9F%98%80",
            "a,b",
            "é",
            "..",
            "x");
    private static final List<String> QUERIES = List.of(
            "",
            "",
            "",
            "?explain=true",
            "?explain=true&reasons=3",
            "?reasons=-1",
            "?explain",
            "?&&=",
            "?a=%zz",
            "?reasons=1e9");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "text/csv",
            "application/jsonlines",
            "application/vnd.apache.arrow.stream",
            "application/sql",
            "application/octet-stream",
            "text/csv; charset=latin1",
            "garbage",
            "a/b; c=\"");
    private static final List<String> BODIES = List.of(
            "{\"ids\":[1000,\"1001\",7,null,{},[],1e400,-0.0,true]}",
            "{\"ids\":[1000,1001,1002]}",
            "{\"features\":{\"amount\":1e9,\"city\":\"Oslo\",\"nothing\":[]}}",
            "{\"instances\":[{\"amount\":1,\"city\":null},{\"amount\":\"x\"}]}",
            "{\"inputs\":{\"amount\":[1,2],\"city\":[\"a\",\"b\"]}}",
            "{\"dataframe_split\":{\"columns\":[\"amount\",\"city\"],\"data\":[[1,\"a\"],[2]]}}",
            "{\"dataframe_records\":[{\"amount\":12345678901234567890}]}",
            "{\"inputs\":[{\"name\":\"amount\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[1,2]}]}",
            "{\"sql\":\"SELECT 1\",\"parameters\":[1,{}]}",
            "amount,city\n1,Oslo\n\"2\n,,,\n",
            "{\"amount\":1}\n{\"city\":\"\\ud800\"}\n\n[",
            "[".repeat(2000),
            "{\"a\":".repeat(500),
            "",
            "\u0000\uffff",
            "{}".repeat(3000));

    private final SplittableRandom random;
    private final List<Route> routes = Routes.table();
    private final Target target;
    private final List<String> ids;
    private final List<String> names;
    private final List<String> bodies;

    /**
     * What a server knows, so that not all requests end at the first look.
     *
     * @param names of its models and feature views
     * @param number an input of its model that is a number
     * @param text one that is a text
     */
    public record Target(List<String> names, List<String> ids, String number, String text) {}

    public FuzzRequests(long seed, Target target) {
        this.random = new SplittableRandom(seed);
        this.target = target;
        this.ids = Stream.concat(target.ids.stream(), IDS.stream()).toList();
        this.names = Stream.concat(target.names.stream(), Stream.of("no")).toList();
        this.bodies = BODIES.stream().map(this::known).toList();
    }

    private String known(String body) {
        return body.replace("amount", target.number)
                .replace("city", target.text)
                .replace("1000", target.ids.getFirst())
                .replace("1001", target.ids.getLast());
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean rarely() {
        return random.nextInt(12) == 0;
    }

    /** Bytes of the next one. */
    public byte[] next() {
        String method = one(METHODS);
        boolean hasBody = method.equals("POST") || method.equals("PUT") || rarely();
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(path())
                .append(one(QUERIES))
                .append(" HTTP/1.1\r\nHost: localhost\r\n");
        if (rarely()) {
            head.append("Accept: ")
                    .append(one(List.of("*/*", "text/csv", "application/vnd.apache.arrow.stream", "q=,;", "a/b;q=2")))
                    .append("\r\n");
        }
        if (rarely()) {
            head.append("Accept-Encoding: gzip, *;q=0, x\r\n");
        }
        if (rarely()) {
            head.append("X-Request-Id: ")
                    .append("é\t%".repeat(random.nextInt(40)))
                    .append("\r\n");
        }
        if (rarely()) {
            head.append("If-None-Match: ")
                    .append(one(List.of("*", "W/\"", "\"a\", b,,", "")))
                    .append("\r\n");
        }
        byte[] body = hasBody ? body() : new byte[0];
        if (hasBody) {
            head.append("Content-Type: ").append(one(TYPES)).append("\r\n");
            if (rarely()) {
                head.append("Content-Encoding: ")
                        .append(one(List.of("gzip", "br", "gzip, gzip", "")))
                        .append("\r\n");
                body = random.nextBoolean() ? packed(body) : body;
            }
            body = framed(head, body);
        }
        return joined(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8), body);
    }

    private String path() {
        if (rarely()) {
            return "/" + one(ids) + "/".repeat(random.nextInt(4)) + one(ids);
        }
        StringBuilder path = new StringBuilder();
        for (String segment : one(routes).template().substring(1).split("/")) {
            path.append('/');
            if (!segment.startsWith("{")) {
                path.append(segment);
            } else {
                path.append(segment.equals("{id}") || rarely() ? one(ids) : one(names));
            }
        }
        return path.toString();
    }

    private byte[] body() {
        byte[] body = one(bodies).getBytes(StandardCharsets.UTF_8);
        if (body.length > 0 && random.nextBoolean()) {
            for (int change = random.nextInt(4); change >= 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
        }
        if (rarely()) {
            body = Arrays.copyOf(body, random.nextInt(body.length + 1));
        }
        return body;
    }

    private byte[] framed(StringBuilder head, byte[] body) {
        if (random.nextInt(4) > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
            return body;
        }
        head.append("Transfer-Encoding: chunked\r\n");
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int length = Math.min(body.length - at, 1 + random.nextInt(200));
            chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.write(body, at, length);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            at += length;
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    private static byte[] packed(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[] head, byte[] body) {
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
