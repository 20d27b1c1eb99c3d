package smew.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import smew.columns.Column;
import smew.model.Card;

/** Whether models of another release can answer in place of those of the current one. */
final class Fit {

    private Fit() {}

    /** The models of another release that can, by name. */
    static Map<String, ServedModel> models(Snapshot current, Snapshot other) {
        Map<String, ServedModel> fitting = new LinkedHashMap<>();
        current.models().forEach((name, model) -> {
            ServedModel found = other.models().get(name);
            if (found != null && misfits(model, found).isEmpty()) {
                fitting.put(name, found);
            }
        });
        return fitting;
    }

    /** The feature views of another release that have the same keys, by name. */
    static Map<String, ServedView> views(Snapshot current, Snapshot other) {
        Map<String, ServedView> fitting = new LinkedHashMap<>();
        current.views().forEach((name, view) -> {
            ServedView found = other.views().get(name);
            if (found != null && sameKey(view.table().key(), found.table().key())) {
                fitting.put(name, found);
            }
        });
        return fitting;
    }

    /** What keeps models of the current release from being answered for by another one. */
    static List<String> misfits(Snapshot current, Snapshot other) {
        List<String> misfits = new ArrayList<>();
        current.models().forEach((name, model) -> {
            ServedModel found = other.models().get(name);
            if (found == null) {
                misfits.add("it has no model " + name);
            } else {
                misfits.addAll(misfits(model, found));
            }
        });
        return misfits;
    }

    private static List<String> misfits(ServedModel model, ServedModel other) {
        List<String> misfits = new ArrayList<>();
        Card card = model.card();
        Card found = other.card();
        if (!sameKey(model.table().key(), other.table().key())) {
            misfits.add("its model " + card.name() + " has the entity key "
                    + key(other.table().key()) + ", expected "
                    + key(model.table().key()));
        }
        if (card.labelType() != found.labelType() || card.task() != found.task()) {
            misfits.add("its model " + card.name() + " predicts " + outcome(found) + ", expected " + outcome(card));
        }
        return misfits;
    }

    /** Whether the same ids mean the same entities. */
    static boolean sameKey(List<Column> key, List<Column> other) {
        if (key.size() != other.size()) {
            return false;
        }
        for (int part = 0; part < key.size(); part++) {
            Column one = key.get(part);
            Column two = other.get(part);
            if (!one.name().equals(two.name()) || !kind(one).equals(kind(two))) {
                return false;
            }
        }
        return true;
    }

    /** Such as {@code id (integers)}. */
    private static String key(List<Column> key) {
        return key.stream()
                .map(column -> column.name() + " (" + kind(column) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String kind(Column column) {
        return switch (column) {
            case Column.Integers _ -> "integers";
            case Column.Doubles _ -> "numbers";
            case Column.Booleans _ -> "booleans";
            case Column.Texts _ -> "texts";
            case Column.Dates _ -> "dates";
            case Column.Timestamps times -> times.utc() ? "timestamps with time zone" : "timestamps";
        };
    }

    private static String outcome(Card card) {
        if (card.classes().isEmpty()) {
            return "a number";
        }
        return "classes that are "
                + switch (card.labelType()) {
                    case INTEGER -> "integers";
                    case NUMBER -> "numbers";
                    case BOOLEAN -> "true or false";
                    case TEXT -> "texts";
                };
    }
}
