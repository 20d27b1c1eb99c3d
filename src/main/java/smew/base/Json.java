package smew.base;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** All JSON of Smew. Records map by component name in snake_case, an empty Optional is left out, enums are lower case; unknown properties are ignored, so that older readers survive. */
public final class Json {

    private Json() {}

    /**
     * Makes ready on a thread of its own what the first JSON that is written, or read into a tree, would wait for, 0.4 s; whoever needs
     * it meanwhile waits for the rest only.
     */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("smew-json").start(() -> tree("{}"));
    }

    /** Made by whoever needs it first, and so not by the thread that calls {@link #prepare}. */
    private static final class Plain {

        private static final JsonMapper MAPPER = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** The same for the other one: a mapper takes a start its time, and servers need no second one. */
    private static final class Deep {

        private static final int LEVELS = 100_000;

        private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(LEVELS)
                                .build())
                        .build())
                .build();
    }

    /** One line. */
    public static String write(Object value) {
        return Plain.MAPPER.writeValueAsString(value);
    }

    public static byte[] bytes(Object value) {
        return Plain.MAPPER.writeValueAsBytes(value);
    }

    /** Indented, for files that people open; ends with a line break. */
    public static String pretty(Object value) {
        return Plain.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value) + "\n";
    }

    /**
     * Reads a record from UTF-8. A component that is not there is 0, false, null or an empty Optional.
     *
     * @throws JsonException when the bytes are no JSON or do not fit the type
     */
    public static <T> T read(byte[] json, Class<T> type) {
        return RecordReader.read(json, type);
    }

    /**
     * Reads UTF-8 JSON of any shape.
     *
     * @throws JacksonException when the bytes are no JSON
     */
    public static JsonNode tree(byte[] json) {
        return Plain.MAPPER.readTree(json);
    }

    /**
     * Reads UTF-8 JSON of any shape that somebody else wrote: of two members with one name, either may be what was meant.
     *
     * @throws JacksonException when the bytes are no JSON, or an object has two members of one name
     */
    public static JsonNode unambiguousTree(byte[] json) {
        return strict().readTree(json);
    }

    /**
     * The same with all digits of every number.
     *
     * @throws JacksonException as above
     */
    public static JsonNode exactTree(byte[] json) {
        return strict().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readTree(json);
    }

    private static ObjectReader strict() {
        return Plain.MAPPER.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    /** The same part by part, as it comes in: the tree of a stranger's megabytes may take a hundred times their size. */
    public static JsonReader unambiguous(InputStream json) {
        return new JsonReader(strict().createParser(json));
    }

    /**
     * Reads JSON of any shape.
     *
     * @throws JacksonException when the text is no JSON
     */
    public static JsonNode tree(String json) {
        return Plain.MAPPER.readTree(json);
    }

    /**
     * Reads JSON of our own making that may be nested far deeper than a stranger's is allowed to be.
     *
     * @throws JacksonException when the text is no JSON, or is nested deeper than 100,000 levels
     */
    public static JsonNode deepTree(String json) {
        return Deep.MAPPER.readTree(json);
    }
}
