package smew.sagemaker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * What is asked: an endpoint, and one of its variants or one of its models where it has several.
 *
 * @param variant a production variant; empty: as the endpoint spreads its requests
 * @param targetModel a model of a multi-model endpoint, a path that ends in {@code .tar.gz}
 */
public record EndpointAddress(String endpoint, Optional<String> variant, Optional<String> targetModel) {

    private static final String SCHEME = "sagemaker:";
    private static final String ARCHIVE = ".tar.gz";

    /** AWS allows no underscore, but names of models have it, and a server of ours may stand in for AWS. */
    private static final Pattern TEXT =
            Pattern.compile(SCHEME + "([a-zA-Z0-9](?:[a-zA-Z0-9_-]{0,62}))(?:/([a-zA-Z0-9][^\\s]{0,1023}))?");

    private static final Pattern VARIANT = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]{0,62}");

    /**
     * Reads {@code sagemaker:ENDPOINT}, {@code sagemaker:ENDPOINT/VARIANT} or {@code sagemaker:ENDPOINT/MODEL.tar.gz}.
     *
     * @throws SmewException USAGE when it is none of them
     */
    public static EndpointAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            Optional<String> target = Optional.ofNullable(matcher.group(2));
            Optional<String> model = target.filter(part -> part.endsWith(ARCHIVE));
            Optional<String> variant =
                    target.filter(part -> VARIANT.matcher(part).matches());
            if (target.isEmpty() || model.isPresent() || variant.isPresent()) {
                return new EndpointAddress(matcher.group(1), model.isPresent() ? Optional.empty() : variant, model);
            }
        }
        throw new SmewException(
                Fault.USAGE,
                "The backend is '" + text + "', expected sagemaker:ENDPOINT, sagemaker:ENDPOINT/VARIANT or"
                        + " sagemaker:ENDPOINT/MODEL.tar.gz.");
    }

    /** As it was written. */
    @Override
    public String toString() {
        return SCHEME
                + endpoint
                + variant.or(() -> targetModel).map(part -> "/" + part).orElse("");
    }
}
