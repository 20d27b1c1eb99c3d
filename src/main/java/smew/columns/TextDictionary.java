package smew.columns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers different texts in order of first appearance, comparing UTF-8 bytes so that a repeated text makes no String. */
final class TextDictionary {

    private static final int FIRST_SLOTS = 64;

    private int[] slots = new int[FIRST_SLOTS];
    private byte[][] texts = new byte[FIRST_SLOTS / 2][];
    private int size;

    TextDictionary() {
        Arrays.fill(slots, -1);
    }

    /** The code of the text that stands in the given bytes. */
    int code(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        if (slots[slot] >= 0) {
            return slots[slot];
        }
        if (size == texts.length) {
            grow();
            slot = slot(bytes, from, to);
        }
        texts[size] = Arrays.copyOfRange(bytes, from, to);
        slots[slot] = size;
        return size++;
    }

    /** All texts, by code. */
    String[] texts() {
        String[] strings = new String[size];
        for (int code = 0; code < size; code++) {
            strings[code] = new String(texts[code], StandardCharsets.UTF_8);
        }
        return strings;
    }

    /** The slot that holds the text, or the free one where it belongs. */
    private int slot(byte[] bytes, int from, int to) {
        int mask = slots.length - 1;
        int hash = hash(bytes, from, to);
        int slot = (hash ^ (hash >>> 16)) & mask;
        while (slots[slot] >= 0) {
            byte[] known = texts[slots[slot]];
            if (Arrays.equals(known, 0, known.length, bytes, from, to)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        texts = Arrays.copyOf(texts, texts.length * 2);
        slots = new int[slots.length * 2];
        Arrays.fill(slots, -1);
        for (int code = 0; code < size; code++) {
            slots[slot(texts[code], 0, texts[code].length)] = code;
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
