package smew.monitor;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import smew.columns.Column;
import smew.model.Card;
import smew.model.PredictionLog.Predicted;

/** Predictions that one file holds: of one model, release and day (UTC), with keys of the same types. */
record LogGroup(Of of, List<Predicted> parts) {

    /** What they have in common. */
    record Of(String model, String release, LocalDate day, List<String> keys) {

        static Of of(Predicted served) {
            return new Of(
                    served.card().name(),
                    served.release(),
                    served.time().atOffset(ZoneOffset.UTC).toLocalDate(),
                    served.card().entity().stream()
                            .map(key -> served.table().column(key).map(Of::type).orElse(""))
                            .toList());
        }

        private static String type(Column column) {
            return column.getClass().getSimpleName()
                    + (column instanceof Column.Timestamps stamps && stamps.utc() ? " utc" : "");
        }
    }

    /** In the order in which they came first. */
    static List<LogGroup> of(List<Predicted> served) {
        Map<Of, List<Predicted>> groups = new LinkedHashMap<>();
        for (Predicted each : served) {
            if (each.rows().length > 0) {
                groups.computeIfAbsent(Of.of(each), _ -> new ArrayList<>()).add(each);
            }
        }
        return groups.entrySet().stream()
                .map(group -> new LogGroup(group.getKey(), group.getValue()))
                .toList();
    }

    Card card() {
        return parts.getFirst().card();
    }

    long rows() {
        return parts.stream().mapToLong(part -> part.rows().length).sum();
    }
}
