package smew.columns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Numbers different texts in order of first appearance, comparing UTF-8 bytes so that a repeated text makes no String. */
final class TextDictionary {

    private static final int FIRST_SLOTS = 64;

    /** So many are worth the help of other threads. */
    private static final int MANY = 1 << 16;

    private int[] slots = new int[FIRST_SLOTS];
    private byte[][] texts = new byte[FIRST_SLOTS / 2][];
    private int[] hashes = new int[FIRST_SLOTS / 2];
    private int size;

    TextDictionary() {
        Arrays.fill(slots, -1);
    }

    /** The code of the text that stands in the given bytes. */
    int code(byte[] bytes, int from, int to) {
        int hash = hash(bytes, from, to);
        int slot = slot(hash, bytes, from, to);
        return slots[slot] >= 0 ? slots[slot] : add(hash, slot, Arrays.copyOfRange(bytes, from, to));
    }

    /** The code of a text that is all of the given bytes, which must not change any more. */
    int code(byte[] text) {
        return code(hash(text, 0, text.length), text);
    }

    /** The codes of the texts of another dictionary, by theirs. */
    int[] codes(TextDictionary other) {
        int[] codes = new int[other.size];
        for (int code = 0; code < codes.length; code++) {
            codes[code] = code(other.hashes[code], other.texts[code]);
        }
        return codes;
    }

    private int code(int hash, byte[] text) {
        int slot = slot(hash, text, 0, text.length);
        return slots[slot] >= 0 ? slots[slot] : add(hash, slot, text);
    }

    private int add(int hash, int free, byte[] text) {
        int slot = free;
        if (size == texts.length) {
            grow();
            slot = slot(hash, text, 0, text.length);
        }
        texts[size] = text;
        hashes[size] = hash;
        slots[slot] = size;
        return size++;
    }

    /** All texts, by code. */
    String[] texts() {
        String[] strings = new String[size];
        IntStream codes = IntStream.range(0, size);
        (size < MANY ? codes : codes.parallel())
                .forEach(code -> strings[code] = new String(texts[code], StandardCharsets.UTF_8));
        return strings;
    }

    /** The slot that holds the text, or the free one where it belongs. */
    private int slot(int hash, byte[] bytes, int from, int to) {
        int mask = slots.length - 1;
        int slot = (hash ^ (hash >>> 16)) & mask;
        while (slots[slot] >= 0) {
            byte[] known = texts[slots[slot]];
            if (hashes[slots[slot]] == hash && Arrays.equals(known, 0, known.length, bytes, from, to)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        texts = Arrays.copyOf(texts, texts.length * 2);
        hashes = Arrays.copyOf(hashes, texts.length);
        slots = new int[slots.length * 2];
        Arrays.fill(slots, -1);
        for (int code = 0; code < size; code++) {
            slots[slot(hashes[code], texts[code], 0, texts[code].length)] = code;
        }
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash * 0x9E3779B1;
    }
}
