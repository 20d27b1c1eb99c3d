package smew.starter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;

/**
 * The columns that a person named, as the file spells them.
 *
 * @param numbered whether the entity is the number of the row, which the source makes
 */
record Picked(List<String> entity, String label, Optional<String> time, boolean numbered) {

    /** An entity of this name, where the file has no such column, is the number of a row. */
    static final String ROW_NUMBER = "row_number";

    /**
     * Looks for them.
     *
     * @throws SmewException NOT_FOUND for columns that are not there, USAGE for one column in two roles, all together
     */
    static Picked of(String file, StarterRequest request, List<String> columns) {
        List<Problem> missing = new ArrayList<>();
        boolean numbered = request.entity().filter(ROW_NUMBER::equalsIgnoreCase).isPresent()
                && find(ROW_NUMBER, columns).isEmpty();
        List<String> entity = numbered
                ? List.of(ROW_NUMBER)
                : request.entity().map(text -> several(text, columns, missing)).orElse(List.of());
        Optional<String> label = request.label().flatMap(name -> one("--label", name, columns, missing));
        Optional<String> time = request.time().flatMap(name -> one("--time", name, columns, missing));
        if (!missing.isEmpty()) {
            throw SmewException.of(Fault.NOT_FOUND, "Looking for columns of " + file, missing);
        }
        if (label.isEmpty()) {
            throw new SmewException(
                    Fault.USAGE,
                    "Making a project from " + file + " needs --label COLUMN, what the model is to predict. Columns: "
                            + String.join(", ", columns) + ".");
        }
        refuseTwoRoles(file, entity, label.get(), time);
        return new Picked(entity, label.get(), time, numbered);
    }

    private static void refuseTwoRoles(String file, List<String> entity, String label, Optional<String> time) {
        List<Problem> twice = new ArrayList<>();
        if (entity.contains(label)) {
            twice.add(new Problem(
                    "--label", label + " is the entity already. A label is learned, an entity is asked for."));
        }
        time.filter(name -> name.equals(label))
                .ifPresent(name -> twice.add(new Problem("--time", name + " is the label already.")));
        time.filter(entity::contains)
                .ifPresent(name -> twice.add(new Problem("--time", name + " is the entity already.")));
        if (!twice.isEmpty()) {
            throw SmewException.of(Fault.USAGE, "Making a project from " + file, twice);
        }
    }

    /** One column whose name has commas, or several between commas. */
    private static List<String> several(String text, List<String> columns, List<Problem> missing) {
        Optional<String> whole = find(text, columns);
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .flatMap(name -> one("--entity", name, columns, missing).stream())
                .distinct()
                .toList();
    }

    private static Optional<String> one(String option, String name, List<String> columns, List<Problem> missing) {
        Optional<String> found = find(name, columns);
        if (found.isEmpty()) {
            String near = Near.name(name, columns)
                    .map(known -> " Did you mean " + known + "?")
                    .orElseGet(() -> " Columns: " + String.join(", ", columns) + ".");
            missing.add(new Problem(option, "there is no column " + name + "." + near));
        }
        return found;
    }

    private static Optional<String> find(String name, List<String> columns) {
        return columns.contains(name)
                ? Optional.of(name)
                : columns.stream().filter(name.strip()::equalsIgnoreCase).findFirst();
    }

    boolean isEntity(String column) {
        return entity.contains(column);
    }

    boolean isTime(String column) {
        return time.filter(column::equals).isPresent();
    }
}
