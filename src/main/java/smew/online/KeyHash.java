package smew.online;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import smew.columns.Column;

/**
 * Where a key lies between 0 and 1: always at the same place, on every machine and in every release, and evenly spread over many
 * keys. What finds the same row lies at the same place, such as 7 and 007.
 */
public final class KeyHash {

    /** FNV-1a over UTF-16 code units, http://www.isthe.com/chongo/tech/comp/fnv/; changing it would move every id. */
    private static final long BASIS = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    /** Ends each part: no character of any text. */
    private static final int END = 0xffff;

    private static final int DOUBLE_BITS = 53;

    private KeyHash() {}

    /**
     * The place of a key.
     *
     * @param key the key columns
     * @param parts as {@link OnlineTable#find} takes them
     * @return from 0 up to, but not, 1; empty where the parts cannot be a key
     */
    public static OptionalDouble place(List<Column> key, List<String> parts) {
        if (parts.size() != key.size()) {
            return OptionalDouble.empty();
        }
        long hash = BASIS;
        for (int part = 0; part < parts.size(); part++) {
            Optional<String> canonical = canonical(key.get(part), parts.get(part));
            if (canonical.isEmpty()) {
                return OptionalDouble.empty();
            }
            String text = canonical.get();
            for (int at = 0; at < text.length(); at++) {
                hash = (hash ^ text.charAt(at)) * PRIME;
            }
            hash = (hash ^ END) * PRIME;
        }
        // FNV leaves keys that differ in their last digit close together.
        return OptionalDouble.of((Keys.spread(hash) >>> (Long.SIZE - DOUBLE_BITS)) * 0x1p-53);
    }

    /** What is found as the same is the same text: a UUID in either case, 7 and 007. */
    private static Optional<String> canonical(Column column, String text) {
        if (column instanceof Column.Texts) {
            return Optional.of(Key.isUuid(text) ? text.toLowerCase(Locale.ROOT) : text);
        }
        OptionalLong bits = Key.bits(column, text);
        return bits.isPresent() ? Optional.of(Long.toString(bits.getAsLong())) : Optional.empty();
    }
}
