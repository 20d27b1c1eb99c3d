package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.project.Kind;
import smew.release.Manifest;
import smew.release.Profile;

/** One feature view: what a row is, and what its columns hold. */
final class ViewSection {

    private final Manifest.View view;
    private final Optional<Manifest.Sql> file;
    private final List<Profile.Values> values;

    ViewSection(ReportedRun run, Manifest.View view) {
        this.view = view;
        this.file = run.sql(Kind.FEATURE_VIEW, view.name());
        this.values = run.profile().columns().getOrDefault(view.name(), List.of());
    }

    Html html(String id) {
        List<Html> content = new ArrayList<>(Part.description(file));
        Map<String, Html> facts = new LinkedHashMap<>();
        facts.put("Entity", Part.names(view.entity()));
        facts.put("Event time", Part.time(view.time()));
        facts.put("Reads", Part.names(file.map(Manifest.Sql::reads).orElse(List.of())));
        facts.put("Rows", text(Figures.count(view.rows())));
        facts.put("Entities", text(Figures.count(view.entities())));
        facts.put("Ties", text(ties()));
        content.add(Part.facts(facts));
        content.add(columns());
        content.addAll(Part.sql(file));
        return Part.section(id, "Feature view " + view.name(), content);
    }

    private String ties() {
        return view.ties() == 0
                ? "0: the order of each entity's rows is decided"
                : Figures.count(view.ties()) + ": rows whose place among the rows of their entity no declared column"
                        + " decided; name one more column in @time";
    }

    private Html columns() {
        boolean known = values.size() == view.columns().size();
        Grid grid = new Grid("Columns").words("Column", "Type", "Role");
        if (known) {
            grid.numbers("Share null", "Different values, about", "Smallest", "Largest");
        }
        for (int i = 0; i < view.columns().size(); i++) {
            Manifest.Column column = view.columns().get(i);
            List<Html> cells = new ArrayList<>(List.of(
                    Html.code(column.name()), element("td", column.type()).as("type"), text(role(column))));
            if (known) {
                Profile.Values held = values.get(i);
                cells.add(text(Figures.percent(held.nulls(), view.rows())));
                cells.add(text(Figures.count(distinct(column, held))));
                cells.add(text(extreme(column, held.smallest())));
                cells.add(text(extreme(column, held.largest())));
            }
            grid.row(cells.toArray(Html[]::new));
        }
        return grid.html();
    }

    private String role(Manifest.Column column) {
        int time = index(view.time(), column);
        return index(view.entity(), column) >= 0 ? "entity" : time == 0 ? "event time" : time > 0 ? "tie breaker" : "";
    }

    private static int index(List<String> names, Manifest.Column column) {
        return names.stream()
                .map(name -> name.equalsIgnoreCase(column.name()))
                .toList()
                .indexOf(true);
    }

    private long distinct(Manifest.Column column, Profile.Values held) {
        boolean key = view.entity().size() == 1 && index(view.entity(), column) == 0;
        return key ? view.entities() : Math.min(held.distinct(), view.rows());
    }

    /** Keys stay as they are: nobody looks for the entity 5,008,804. */
    private String extreme(Manifest.Column column, String value) {
        boolean fractional = switch (column.type()) {
            case "DOUBLE", "FLOAT" -> true;
            default -> column.type().startsWith("DECIMAL") && column.type().endsWith(")");
        };
        if (value.isEmpty()) {
            return Figures.NONE;
        }
        return fractional ? Figures.number(Double.parseDouble(value)) : value;
    }
}
