package smew.sagemaker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/**
 * Whose something on SageMaker is, as its tags tell. What has no {@code smew:project} is nothing of ours: it is never changed
 * or deleted.
 *
 * @param project name of the project
 * @param release id of the release that it was made for
 * @param model of that release
 * @param endpoint that it serves, for what makes up an endpoint
 * @param others what the user wants on everything that is made, such as cost centres
 */
public record Ownership(
        String project,
        Optional<String> release,
        Optional<String> model,
        Optional<String> endpoint,
        Map<String, String> others) {

    static final String PROJECT = "smew:project";
    static final String RELEASE = "smew:release";
    static final String MODEL = "smew:model";
    static final String ENDPOINT = "smew:endpoint";

    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
    private static final int MOST = 46;

    public Ownership {
        others = Map.copyOf(others);
        if (others.size() > MOST) {
            throw refused(others.size() + " tags", "at most " + MOST);
        }
        others.forEach((key, value) -> {
            if (!KEY.matcher(key).matches()
                    || key.startsWith("smew:")
                    || key.startsWith("aws:")
                    || !VALUE.matcher(value).matches()) {
                throw refused(
                        "the tag '" + key + "=" + value + "'",
                        "letters, digits, blanks and _.:/=+-@, no more than 128 in a key and 256 in a value, and keys that do"
                                + " not begin with smew: or aws:");
            }
        });
    }

    private static SmewException refused(String found, String expected) {
        return new SmewException(
                Fault.USAGE, "Tagging what is made on SageMaker: found " + found + ", expected " + expected + ".");
    }

    /** A project's own, with the tags that the user wants. */
    public static Ownership of(String project, Map<String, String> others) {
        return new Ownership(project, Optional.empty(), Optional.empty(), Optional.empty(), others);
    }

    /** The same for a release. */
    public Ownership ofRelease(String id) {
        return new Ownership(project, Optional.of(id), model, endpoint, others);
    }

    /** The same for a model. */
    public Ownership ofModel(String name) {
        return new Ownership(project, release, Optional.of(name), endpoint, others);
    }

    /** The same for an endpoint. */
    public Ownership ofEndpoint(String name) {
        return new Ownership(project, release, model, Optional.of(name), others);
    }

    /** What a tag cannot hold becomes a dash. */
    private static String clean(String text) {
        return text.replaceAll("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]", "-");
    }

    List<Tag> tags() {
        Map<String, String> all = new TreeMap<>(others);
        all.put(PROJECT, clean(project));
        release.ifPresent(id -> all.put(RELEASE, id));
        model.ifPresent(name -> all.put(MODEL, name));
        endpoint.ifPresent(name -> all.put(ENDPOINT, name));
        return all.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** Who owns what has these tags; empty for what is nothing of ours. */
    static Optional<Ownership> read(List<Tag> tags) {
        return value(tags, PROJECT)
                .map(project -> new Ownership(
                        project, value(tags, RELEASE), value(tags, MODEL), value(tags, ENDPOINT), Map.of()));
    }

    /** Whether somebody else's project has it. */
    boolean differs(Ownership found) {
        return !clean(project).equals(found.project());
    }

    private static Optional<String> value(List<Tag> tags, String key) {
        return tags.stream()
                .filter(tag -> tag.key().equals(key))
                .map(Tag::value)
                .findFirst();
    }
}
