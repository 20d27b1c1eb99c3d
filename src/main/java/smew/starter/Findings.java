package smew.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.starter.StarterProject.Assumption;

/** Says what was assumed, as a list for a person. */
record Findings(Duck duck, StarterRequest request, Blueprint plan) {

    List<Assumption> all(List<Assumption> read) {
        List<Assumption> all = new ArrayList<>();
        Profile profile = plan.profile();
        all.add(new Assumption("entity", plan.who() + ": " + entity()));
        plan.time()
                .ifPresentOrElse(
                        event -> all.add(new Assumption("time", time(event))),
                        () -> all.add(new Assumption("time", "none: each row is all that is known of its entity")));
        all.add(new Assumption(
                "label", Said.plain(plan.label().name()) + ": " + plan.label().described(profile.rows())));
        all.addAll(read);
        if (plan.unknown() > 0) {
            all.add(new Assumption(
                    "rows",
                    Said.of(plan.unknown(), profile.rows())
                            + " rows have no entity or no event time: the feature view leaves them out"));
        }
        later().ifPresent(all::add);
        long history = plan.features().stream()
                .filter(feature -> feature.expression().contains("OVER earlier"))
                .count();
        all.add(new Assumption(
                "inputs",
                Said.count(plan.features().size())
                        + (history > 0 ? ", of which " + Said.count(history) + " look back at earlier rows" : "") + ": "
                        + Said.some(
                                plan.features().stream()
                                        .map(Feature::name)
                                        .map(Said::plain)
                                        .toList(),
                                8)));
        plan.leftOut().forEach(out -> all.add(new Assumption("left out", Said.plain(out.name()) + ": " + out.why())));
        all.add(new Assumption("split", ModelText.split(plan)));
        all.add(new Assumption(
                "known",
                "every input is taken to be known "
                        + plan.time()
                                .map(event -> "at " + Said.plain(event.name()))
                                .orElse("when a prediction is asked for")
                        + ": take out of sql/features/" + plan.view() + ".sql what becomes known later"));
        return all;
    }

    private String entity() {
        Profile profile = plan.profile();
        if (plan.numbered()) {
            return "the file has no such column; rows are numbered by their order, and a file in another order has other numbers";
        }
        return Said.count(profile.entities()) + " different values"
                + (profile.repeats() ? ", up to " + Said.count(profile.mostRows()) + " rows each" : ", one row each");
    }

    private String time(SourceColumn event) {
        Profile.Column column = plan.profile().column(event.name());
        String ties = plan.fileRow()
                .map(name -> "; " + Said.count(plan.profile().ties())
                        + " rows share entity and time with another one and do not see each other, " + name
                        + " (their order in the file) says which is the newest")
                .orElse("");
        return Said.plain(event.name()) + ": from " + column.least() + " to " + column.most() + ties;
    }

    /** Rows that no run of today sees. */
    private Optional<Assumption> later() {
        return plan.time()
                .filter(SourceColumn::isDate)
                .map(event -> duck.count(
                        "SELECT count(*) FROM data WHERE " + Duck.identifier(event.name()) + "::DATE > DATE '"
                                + request.today() + "'",
                        Origin.engine("Reading", request.file())))
                .filter(rows -> rows > 0)
                .map(rows -> new Assumption(
                        "rows",
                        Said.of(rows, plan.profile().rows()) + " rows lie after today, " + request.today()
                                + ": a run leaves them out until then, or sees them with --as-of"));
    }
}
