package smew.serve;

import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request's body as JSON. */
final class JsonBody {

    private JsonBody() {}

    /**
     * Reads it.
     *
     * @throws SmewException USAGE when it is no JSON object or names a member twice, saying where
     */
    static JsonNode read(byte[] body) {
        JsonNode node = parse(body, 1);
        if (!node.isObject()) {
            throw new SmewException(
                    Fault.USAGE, "Reading the body: found JSON that is no object, expected { at its start.");
        }
        return node;
    }

    /**
     * Reads JSON of any shape.
     *
     * @param firstLine the line of the body on which it starts
     */
    static JsonNode parse(byte[] body, int firstLine) {
        try {
            return Json.unambiguousTree(body);
        } catch (JacksonException malformed) {
            var location = malformed.getLocation();
            String where = location == null
                    ? ""
                    : " line " + (firstLine + location.getLineNr() - 1) + " column " + location.getColumnNr();
            throw new SmewException(
                    Fault.USAGE,
                    "Reading the body" + where + ": it cannot be read as JSON. "
                            + Text.shown(malformed.getOriginalMessage()),
                    malformed);
        }
    }
}
