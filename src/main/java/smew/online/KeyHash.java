package smew.online;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
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
        return OptionalDouble.of((mixed(hash) >>> (Long.SIZE - DOUBLE_BITS)) * 0x1p-53);
    }

    /** A UUID is found in either case. */
    private static Optional<String> canonical(Column column, String text) {
        return column instanceof Column.Texts && Key.isUuid(text)
                ? Optional.of(text.toLowerCase(Locale.ROOT))
                : Key.canonical(column, text);
    }

    /** FNV leaves keys that differ in their last digit close together; the last step of MurmurHash3 spreads them. */
    private static long mixed(long hash) {
        long mixed = hash;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
