package smew.online;

import java.util.List;

/** The keys of all rows of a table, wherever these lie. Safe for any number of threads. */
sealed interface Keys permits KeyColumns, MappedKeys {

    /** Whether a key column holds texts. */
    boolean isText(int part);

    /** Whether a row can be asked for. */
    boolean isComplete(int row);

    /** The same for whatever is the same key. */
    long hash(int row);

    /** Whether two rows have the same key. */
    boolean same(int row, int other);

    /** The row of a key given as one text per key column, to the letter; {@link Index#UNKNOWN} or {@link Index#MALFORMED}. */
    int find(Index index, List<String> parts);

    /** The same of a key that is one integer; {@link Index#MALFORMED} where it is none. */
    int find(Index index, long id);

    /** Spreads 64 bits over all of them: the last step of MurmurHash3. */
    static long spread(long bits) {
        long mixed = bits;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** Of one part it is that of the part, so that it can be looked up without the others. */
    static long joined(long before, int part, long hash) {
        return part == 0 ? hash : spread(before * 31 + hash);
    }
}
