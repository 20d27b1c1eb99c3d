package smew.serve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import smew.base.Fault;
import smew.base.JsonReader;
import smew.base.JsonReader.Part;
import smew.base.Problem;
import smew.base.SmewException;
import smew.online.OnlineTable;
import tools.jackson.databind.JsonNode;

/** The ids of a body {@code {"ids":[…]}}, each looked up when it is read: no tree of them is held. */
final class AskedIds {

    private static final int FIRST_IDS = 1024;
    private static final String ASKED = "Reading the body: expected {\"ids\":[…]}, an object whose ids are an array.";

    private final ServedModel model;
    private final int limit;
    private final Refusals malformed = new Refusals();
    private final Refusals incomplete = new Refusals();
    private final JsonBuffer unknown = new JsonBuffer();
    private int[] rows = new int[FIRST_IDS];
    private int known;
    private int count;

    private AskedIds(ServedModel model, int limit) {
        this.model = model;
        this.limit = limit;
    }

    /**
     * Reads them.
     *
     * @throws SmewException USAGE where the body is malformed, TOO_LARGE beyond the limit, DATA where rows cannot be scored
     */
    static AskedIds read(Body body, ServedModel model, int limit, Explaining explaining) {
        AskedIds ids = new AskedIds(model, limit);
        JsonBody.stream(body, ids::read);
        ids.check(explaining);
        return ids;
    }

    /** The online rows of those that are known, in the order asked. */
    int[] rows() {
        return Arrays.copyOf(rows, known);
    }

    /** Those that are not known, as JSON separated by commas. */
    byte[] unknown() {
        return unknown.toBytes();
    }

    private void read(JsonReader json) {
        JsonBody.start(json);
        boolean found = false;
        while (json.next() != Part.OBJECT_END) {
            boolean ids = json.name().equals("ids");
            Part value = json.next();
            if (!ids) {
                json.skip();
                continue;
            }
            found = true;
            if (value != Part.ARRAY) {
                throw new SmewException(Fault.USAGE, ASKED);
            }
            while (json.next() != Part.ARRAY_END) {
                if (count++ < limit) {
                    add(json);
                } else {
                    json.skip();
                }
            }
        }
        if (!found) {
            throw new SmewException(Fault.USAGE, ASKED);
        }
    }

    private void check(Explaining explaining) {
        if (count > limit) {
            throw new SmewException(
                    Fault.TOO_LARGE,
                    "Reading ids: found " + count + ", and one request may ask for " + limit
                            + (explaining.wanted()
                                    ? " explanations. Send several requests."
                                    : ". Send several requests, or score all entities with smew score."));
        }
        malformed.check(Fault.USAGE, "Reading ids");
        incomplete.check(Fault.DATA, "Scoring ids");
    }

    private void add(JsonReader json) {
        OnlineTable table = model.table();
        int place = count - 1;
        try {
            if (json.isLong()) {
                long id = json.longValue();
                add(table.find(id), place, () -> Long.toString(id));
                return;
            }
            JsonNode id = json.tree();
            OptionalInt row = Ids.row(id, table);
            add(row.orElse(-1), place, id::toString);
        } catch (SmewException refused) {
            malformed.add(() -> new Problem(where(place), refused.getMessage()));
        }
    }

    private void add(int row, int place, Supplier<String> id) {
        if (row < 0) {
            unknown.raw(unknown.length() == 0 ? "" : ",").raw(id.get().getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (known == rows.length) {
            rows = Arrays.copyOf(rows, known + (known >> 1));
        }
        rows[known++] = row;
        List<String> missing = model.missing(row);
        if (!missing.isEmpty()) {
            incomplete.add(() ->
                    new Problem(where(place), "id " + Text.shown(id.get()) + " " + Predictions.lacks(missing, model)));
        }
    }

    private static String where(int place) {
        return "ids[" + place + "]";
    }
}
