package smew.serve;

import java.util.List;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Whether predictions are to be explained: {@code ?explain=true&reasons=3}.
 *
 * @param reasons how many inputs to give as reasons at most
 */
record Explaining(boolean wanted, int reasons) {

    /** How many ids one request may have explained: an explanation takes hundreds of times as long as a prediction. */
    static final int IDS = 1_000;

    private static final String EXPLAIN = "explain";
    private static final String REASONS = "reasons";
    /** What stands in a query, for documentation. */
    static final List<Route.Query> QUERIES = List.of(
            new Route.Query(EXPLAIN, "boolean", "Whether to add why the model says so."),
            new Route.Query(REASONS, "integer", "How many reasons to give at most. Default: 5."));

    private static final int USUAL_REASONS = 5;

    private static final Explaining NOT = new Explaining(false, USUAL_REASONS);

    /**
     * What a query asks for.
     *
     * @param query as it was sent, without its question mark; parameters of other names are left alone
     * @throws SmewException USAGE when a value is none that is known, or stands there twice
     */
    static Explaining of(String query) {
        if (query.isEmpty()) {
            return NOT;
        }
        String explain = "";
        String reasons = "";
        for (String parameter : query.split("&", -1)) {
            String name = parameter.contains("=") ? parameter.substring(0, parameter.indexOf('=')) : parameter;
            if (name.equals(EXPLAIN)) {
                once(explain, parameter);
                explain = parameter;
            } else if (name.equals(REASONS)) {
                once(reasons, parameter);
                reasons = parameter;
            }
        }
        boolean wanted = switch (explain) {
            case "explain=true" -> true;
            case "", "explain=false" -> false;
            default -> throw refused(explain, "expected explain=true or explain=false.");
        };
        if (!reasons.isEmpty() && !wanted) {
            throw refused(reasons, "reasons are given with an explanation only. Add explain=true.");
        }
        return new Explaining(wanted, reasons.isEmpty() ? USUAL_REASONS : count(reasons));
    }

    private static int count(String reasons) {
        String digits = reasons.substring(Math.min(reasons.length(), REASONS.length() + 1));
        if (!digits.matches("[1-9][0-9]{0,8}")) {
            throw refused(reasons, "expected a whole number from 1, such as reasons=3.");
        }
        return Integer.parseInt(digits);
    }

    private static void once(String before, String parameter) {
        if (!before.isEmpty()) {
            throw refused(parameter, Text.shown(before) + " stands there already. Keep one of them.");
        }
    }

    private static SmewException refused(String parameter, String expected) {
        return new SmewException(Fault.USAGE, "Reading " + Text.shown(parameter) + " in the query: " + expected);
    }
}
