package smew.serve;

import java.nio.charset.StandardCharsets;
import smew.model.ScoredRows;

/** One line per row, without a header unless {@code Accept: text/csv; header=present} asks for it, as SageMaker has it. */
final class CsvPieces implements Pieces {

    private final Pieces pieces;

    CsvPieces(ScoredRows scored, MediaType accepted) {
        byte[][] fields = new byte[scored.classes()][];
        for (int outcome = 0; outcome < fields.length; outcome++) {
            fields[outcome] = field(scored.value(outcome)).getBytes(StandardCharsets.UTF_8);
        }
        boolean named = accepted.parameter("header", "absent").equals("present");
        String header = fields.length > 0 ? "prediction,probability\n" : "prediction\n";
        this.pieces = new RowPieces(named ? header : "", scored.size(), "", (csv, row) -> {
            if (fields.length == 0) {
                csv.number(scored.number(row));
            } else {
                csv.raw(fields[scored.predicted(row)]).raw(",").number(scored.probability(row, scored.spokenOf(row)));
            }
            csv.raw("\n");
        });
    }

    @Override
    public boolean next(JsonBuffer buffer) {
        return pieces.next(buffer);
    }

    private static String field(Object value) {
        String text = value.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') && !text.isEmpty();
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
