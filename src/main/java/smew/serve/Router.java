package smew.serve;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;

/** Finds the route of a path, one step per segment. A literal segment goes before a parameter. */
final class Router {

    private static final int STATUSES = 600;

    private final Node root = new Node();

    Router(List<Route> table) {
        for (Route route : table) {
            Node node = root;
            for (String segment : route.segments()) {
                node = segment.startsWith("{") ? node.anyChild() : node.child(segment);
            }
            if (node.routes.put(route.method(), new Entry(route)) != null) {
                throw new IllegalArgumentException("Two routes for " + route.method() + " " + route.template());
            }
        }
    }

    /** The routes of one path by method, with what is precomputed of each, and the path's raw parameters. */
    record Match(Map<Route.Method, Entry> routes, List<String> raw) {

        /** What the Allow header says. */
        String allow() {
            TreeSet<String> allowed = new TreeSet<>();
            for (Route.Method method : routes.keySet()) {
                allowed.add(method.name());
                if (method == Route.Method.GET) {
                    allowed.add("HEAD");
                }
            }
            return String.join(", ", allowed);
        }
    }

    /** A route with its media types parsed, and where its durations are kept. */
    static final class Entry {

        private final Route route;
        private final List<MediaType> writes;

        /** By status, from 0. A race looks the same one up twice. */
        private final AtomicReferenceArray<DistributionDataPoint> durations = new AtomicReferenceArray<>(STATUSES);

        Entry(Route route) {
            this.route = route;
            this.writes = route.writes().stream().map(MediaType::of).toList();
        }

        Route route() {
            return route;
        }

        List<MediaType> writes() {
            return writes;
        }

        DistributionDataPoint durations(int status, Metrics metrics) {
            DistributionDataPoint known = durations.get(status);
            if (known == null) {
                known = metrics.durations(route.method().name(), route.template(), status);
                durations.set(status, known);
            }
            return known;
        }
    }

    /**
     * Finds a path's routes.
     *
     * @param path raw, from its first slash, without the query
     * @throws SmewException NOT_FOUND when no route has this path
     */
    Match match(String path) {
        List<String> raw = new ArrayList<>(2);
        Map<Route.Method, Entry> routes = root.match(path, 1, raw);
        if (routes == null || !path.startsWith("/")) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "There is no route " + Text.shown(path)
                            + ". Routes have no slash at their end and no empty segment; a slash inside an id is written %2F.");
        }
        return new Match(routes, raw);
    }

    /** One place in the tree of segments. */
    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        private final Map<Route.Method, Entry> routes = new EnumMap<>(Route.Method.class);
        private @Nullable Node any;

        Node child(String segment) {
            return children.computeIfAbsent(segment, _ -> new Node());
        }

        Node anyChild() {
            Node child = any == null ? new Node() : any;
            any = child;
            return child;
        }

        @Nullable
        Map<Route.Method, Entry> match(String path, int from, List<String> raw) {
            if (from > path.length()) {
                return routes.isEmpty() ? null : routes;
            }
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(from, end);
            Node literal = children.get(segment);
            if (literal != null) {
                Map<Route.Method, Entry> found = literal.match(path, end + 1, raw);
                if (found != null) {
                    return found;
                }
            }
            if (any == null || segment.isEmpty()) {
                return null;
            }
            raw.add(segment);
            Map<Route.Method, Entry> found = any.match(path, end + 1, raw);
            if (found == null) {
                raw.removeLast();
            }
            return found;
        }
    }
}
