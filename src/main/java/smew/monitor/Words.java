package smew.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import smew.columns.Column;

/** Texts, each different one once; what is not set is null. */
final class Words {
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> dictionary = new ArrayList<>();
    private final int[] rows;

    Words(int rows) {
        this.rows = new int[rows];
        Arrays.fill(this.rows, -1);
    }

    void set(int at, String text) {
        rows[at] = codes.computeIfAbsent(text, word -> {
            dictionary.add(word);
            return dictionary.size() - 1;
        });
    }

    Column column(String name) {
        BitSet nulls = new BitSet();
        for (int row = 0; row < rows.length; row++) {
            nulls.set(row, rows[row] < 0);
        }
        return new Column.Texts(name, rows, dictionary.toArray(String[]::new), nulls);
    }
}
