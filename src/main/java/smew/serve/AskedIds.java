package smew.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import smew.base.Fault;
import smew.base.Json;
import smew.base.JsonReader;
import smew.base.JsonReader.Part;
import smew.base.Problem;
import smew.base.SmewException;
import smew.columns.ArrowStream;
import smew.columns.Column;
import smew.columns.Table;
import smew.online.Cell;
import smew.online.OnlineTable;
import tools.jackson.databind.JsonNode;

/** The ids of a body {@code {"ids":[…]}}, each looked up when it is read: no tree of them is held. */
final class AskedIds {

    private static final int FIRST_IDS = 1024;
    private static final String ASKED = "Reading the body: expected {\"ids\":[…]}, an object whose ids are an array.";

    private final OnlineTable table;
    private final Entities entities;
    private final int limit;
    private final Refusals malformed = new Refusals();
    private final Refusals incomplete = new Refusals();
    private final JsonBuffer unknown = new JsonBuffer();
    private int[] found = new int[FIRST_IDS];
    private int known;
    private int count;

    /** Finds out who is asked for. */
    interface Entities {

        int UNKNOWN = -1;

        /**
         * Looks a key up.
         *
         * @return a number that stands for the entity from now on, {@link #UNKNOWN} where there is none
         * @throws SmewException USAGE when it cannot be a key
         */
        int find(List<String> parts);

        /** The same of a key that is one integer. */
        default int find(long id) {
            return find(List.of(Long.toString(id)));
        }

        /** The inputs without a value that keep an entity from being scored. */
        List<String> missing(int entity);

        /** Says so. */
        String lacks(List<String> missing);
    }

    private AskedIds(OnlineTable table, Entities entities, int limit) {
        this.table = table;
        this.entities = entities;
        this.limit = limit;
    }

    /**
     * Reads them: from JSON, or as the key columns of an Arrow stream.
     *
     * @param table whose key they are
     * @throws SmewException USAGE where the body is malformed, TOO_LARGE beyond the limit, DATA where rows cannot be scored
     */
    static AskedIds read(Call call, OnlineTable table, Entities entities, int limit, Explaining explaining) {
        AskedIds ids = new AskedIds(table, entities, limit);
        if (call.contentType()
                .filter(type -> type.type().equals(Answer.ARROW_STREAM))
                .isPresent()) {
            ids.readColumns(call);
        } else {
            JsonBody.stream(call.body(), ids::read);
        }
        ids.check(explaining);
        return ids;
    }

    private void readColumns(Call call) {
        List<String> key = table.key().stream().map(Column::name).toList();
        try {
            ArrowStream.read(
                    call.body().stream(),
                    key::contains,
                    call.limits().bodyBytes(),
                    () -> limit - count,
                    batch -> take(key, batch));
        } catch (IOException broken) {
            throw Body.incomplete(broken);
        }
    }

    private void take(List<String> names, Table batch) {
        List<Column> key = new ArrayList<>();
        for (String name : names) {
            key.add(batch.column(name)
                    .orElseThrow(() -> new SmewException(
                            Fault.USAGE,
                            "Reading ids: the Arrow stream has no column " + name + ", expected "
                                    + String.join(", ", names) + ".")));
        }
        for (int row = 0; row < batch.rows(); row++) {
            int place = count++;
            try {
                take(key, row, place);
            } catch (SmewException refused) {
                malformed.add(() -> new Problem(where(place), refused.getMessage()));
            }
        }
    }

    private void take(List<Column> key, int row, int place) {
        if (key.size() == 1 && key.getFirst() instanceof Column.Integers ids && !ids.isNull(row)) {
            long id = ids.values()[row];
            add(entities.find(id), place, () -> Long.toString(id));
            return;
        }
        List<String> parts = new ArrayList<>();
        for (Column column : key) {
            Object part = Cell.value(column, row);
            if (part == null) {
                throw new SmewException(Fault.USAGE, "Found null in column " + column.name() + ", expected an id.");
            }
            parts.add(part.toString());
        }
        add(entities.find(parts), place, () -> Json.write(parts.size() == 1 ? parts.getFirst() : parts));
    }

    /** Those that are known, by their numbers, in the order asked. */
    int[] found() {
        return Arrays.copyOf(found, known);
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
        int place = count - 1;
        try {
            if (json.isLong()) {
                long id = json.longValue();
                add(entities.find(id), place, () -> Long.toString(id));
                return;
            }
            JsonNode id = json.tree();
            add(entities.find(Ids.parts(id, table)), place, id::toString);
        } catch (SmewException refused) {
            malformed.add(() -> new Problem(where(place), refused.getMessage()));
        }
    }

    private void add(int entity, int place, Supplier<String> id) {
        if (entity == Entities.UNKNOWN) {
            unknown.raw(unknown.length() == 0 ? "" : ",").raw(id.get().getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (known == found.length) {
            found = Arrays.copyOf(found, known + (known >> 1));
        }
        found[known++] = entity;
        List<String> missing = entities.missing(entity);
        if (!missing.isEmpty()) {
            incomplete.add(
                    () -> new Problem(where(place), "id " + Text.shown(id.get()) + " " + entities.lacks(missing)));
        }
    }

    private static String where(int place) {
        return "ids[" + place + "]";
    }
}
