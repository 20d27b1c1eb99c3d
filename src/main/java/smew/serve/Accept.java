package smew.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;

/** Chooses the media type of an answer (RFC 9110, 12.5.1). */
final class Accept {

    private Accept() {}

    /**
     * The best of what a route writes; the first of them where the client has no opinion.
     *
     * @param header the Accept header, null where there is none
     * @throws SmewException NOT_ACCEPTABLE when the client rules out all of them
     */
    static MediaType choose(@Nullable String header, List<MediaType> writes) {
        MediaType first = writes.getFirst();
        if (header == null || header.equals("*/*") || header.equals(first.type()) || header.isBlank()) {
            return first;
        }
        MediaType best = first;
        double bestWeight = 0;
        List<MediaType> ranges =
                List.of(header.split(",", -1)).stream().map(MediaType::parse).toList();
        for (MediaType written : writes) {
            MediaType range = mostPrecise(ranges, written);
            if (range != null && range.weight() > bestWeight) {
                bestWeight = range.weight();
                best = range.type().equals(written.type()) ? range : written;
            }
        }
        if (bestWeight == 0) {
            throw new SmewException(
                    Fault.NOT_ACCEPTABLE,
                    "The Accept header is '" + Text.shown(header) + "', and this route writes "
                            + String.join(
                                    " or ", writes.stream().map(MediaType::type).toList()) + ".");
        }
        return best;
    }

    private static @Nullable MediaType mostPrecise(List<MediaType> ranges, MediaType written) {
        MediaType best = null;
        for (MediaType range : ranges) {
            int precision = range.precision(written.type());
            if (precision > (best == null ? 0 : best.precision(written.type()))) {
                best = range;
            }
        }
        return best;
    }
}
