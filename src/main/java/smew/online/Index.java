package smew.online;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.List;
import java.util.Locale;
import smew.columns.Column;

/** From key to row. Read-only once built, so any thread may look up. */
sealed interface Index {

    int UNKNOWN = -1;

    int MALFORMED = -2;

    /** The row of a key given as one text per key column, {@link #UNKNOWN} or {@link #MALFORMED}. */
    int find(List<String> parts);

    /** The same of a key that is one integer. */
    default int find(long id) {
        return find(List.of(Long.toString(id)));
    }

    /** How many keys there are. */
    int size();

    /** Indexes the rows whose key is complete. The first row of a key given twice stays; {@link #size} tells. */
    static Index of(List<Column> key, int rows) {
        return key.size() == 1 && key.getFirst() instanceof Column.Integers integers
                ? ByInteger.of(integers)
                : ByText.of(key, rows);
    }

    /** One integer column, without a boxed key. */
    record ByInteger(Long2IntOpenHashMap rowByKey) implements Index {

        static ByInteger of(Column.Integers column) {
            Long2IntOpenHashMap rowByKey = new Long2IntOpenHashMap(column.rows());
            rowByKey.defaultReturnValue(UNKNOWN);
            for (int row = 0; row < column.rows(); row++) {
                if (!column.isNull(row)) {
                    rowByKey.putIfAbsent(column.values()[row], row);
                }
            }
            return new ByInteger(rowByKey);
        }

        @Override
        public int find(List<String> parts) {
            String text = parts.getFirst();
            if (!Key.isInteger(text)) {
                return MALFORMED;
            }
            try {
                return rowByKey.get(Long.parseLong(text));
            } catch (NumberFormatException beyond64Bits) {
                return MALFORMED;
            }
        }

        @Override
        public int find(long id) {
            return rowByKey.get(id);
        }

        @Override
        public int size() {
            return rowByKey.size();
        }
    }

    /** Any other key, by its canonical text. */
    record ByText(List<Column> key, Object2IntOpenHashMap<String> rowByKey) implements Index {

        static ByText of(List<Column> key, int rows) {
            Object2IntOpenHashMap<String> rowByKey = new Object2IntOpenHashMap<>(rows);
            rowByKey.defaultReturnValue(UNKNOWN);
            for (int row = 0; row < rows; row++) {
                int current = row;
                if (key.stream().noneMatch(column -> column.isNull(current))) {
                    rowByKey.putIfAbsent(
                            join(key.stream()
                                    .map(column -> Key.canonical(column, current))
                                    .toList()),
                            row);
                }
            }
            return new ByText(key, rowByKey);
        }

        @Override
        public int find(List<String> parts) {
            String[] canonical = new String[parts.size()];
            for (int i = 0; i < canonical.length; i++) {
                String part = Key.canonical(key.get(i), parts.get(i)).orElse(null);
                if (part == null) {
                    return MALFORMED;
                }
                canonical[i] = part;
            }
            int row = rowByKey.getInt(join(List.of(canonical)));
            return row == UNKNOWN && hasUuid(canonical) ? findUuid(canonical) : row;
        }

        private boolean hasUuid(String[] parts) {
            for (int i = 0; i < parts.length; i++) {
                if (isUuid(i, parts)) {
                    return true;
                }
            }
            return false;
        }

        /** A UUID is the same in either case, but a text column keeps the one it came in: DuckDB's own is the lower one. */
        private int findUuid(String[] parts) {
            String[] lower = parts.clone();
            String[] upper = parts.clone();
            for (int i = 0; i < parts.length; i++) {
                if (isUuid(i, parts)) {
                    lower[i] = parts[i].toLowerCase(Locale.ROOT);
                    upper[i] = parts[i].toUpperCase(Locale.ROOT);
                }
            }
            int row = rowByKey.getInt(join(List.of(lower)));
            return row == UNKNOWN ? rowByKey.getInt(join(List.of(upper))) : row;
        }

        private boolean isUuid(int i, String[] parts) {
            return key.get(i) instanceof Column.Texts && Key.isUuid(parts[i]);
        }

        @Override
        public int size() {
            return rowByKey.size();
        }

        /** Several parts carry their lengths, so that a comma inside one cannot make two keys look the same. */
        private static String join(List<String> parts) {
            if (parts.size() == 1) {
                return parts.getFirst();
            }
            StringBuilder joined = new StringBuilder();
            for (String part : parts) {
                joined.append(part.length()).append(':').append(part);
            }
            return joined.toString();
        }
    }
}
