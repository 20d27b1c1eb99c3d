package smew.project;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import smew.project.SqlFile.DirectiveLine;

/** A check of the rows of a source or feature view that a directive declares: {@code @unique loan_id}. */
public sealed interface DeclaredCheck {

    /** How and where it is written. */
    Written written();

    /** Columns of the relation that it looks at, at least one. */
    List<String> columns();

    /** The directive that would let a release pass all the same: {@code -- @severity range age warn}. */
    default String warning() {
        return "-- @severity " + written().directive().key() + " "
                + DirectiveValue.columnWord(columns().getFirst()) + " warn";
    }

    /** Whether it looks at one row at a time, so that a part of the rows can be judged by itself. */
    default boolean byRow() {
        return switch (this) {
            case NotNull _, Accepted _, Range _ -> true;
            case Unique _, Relationship _, Freshness _ -> false;
        };
    }

    /** Names of other relations that it looks at. */
    default List<String> reads() {
        return switch (this) {
            case Relationship rule -> List.of(rule.relation());
            case Unique _, NotNull _, Accepted _, Range _, Freshness _ -> List.of();
        };
    }

    /**
     * A directive as it stands in a file.
     *
     * @param line from 1
     * @param severity what it does to a release when it fails
     */
    record Written(Directive directive, String value, int line, Relation.Severity severity) {

        /** {@code @unique loan_id}. */
        public String text() {
            return "@" + directive.key() + " " + value;
        }
    }

    /** No two rows have the same values in these columns together; rows with a null in one of them do not count. */
    record Unique(Written written, List<String> columns) implements DeclaredCheck {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /** Every row has a value in each of these columns. */
    record NotNull(Written written, List<String> columns) implements DeclaredCheck {
        public NotNull {
            columns = List.copyOf(columns);
        }
    }

    /** The column holds these values, written as texts, and no others, or null. */
    record Accepted(Written written, String column, List<String> values) implements DeclaredCheck {
        public Accepted {
            values = List.copyOf(values);
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** Values lie between bounds, or are null; an empty bound is open. */
    record Range(Written written, String column, Optional<Bound> from, Optional<Bound> to) implements DeclaredCheck {
        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** Every value but null is also in a column of another source or feature view. */
    record Relationship(Written written, String column, String relation, String target) implements DeclaredCheck {
        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** The newest date up to the as-of date is not older than so many days. */
    record Freshness(Written written, String column, int days) implements DeclaredCheck {
        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /**
     * One end of a range.
     *
     * @param value as written
     * @param excluded whether the bound itself is out of it
     */
    record Bound(String value, boolean excluded) {

        private static final String AS_OF = "as-of";

        /** Whether it is the as-of date of the run. */
        public boolean isAsOf() {
            return value.equals(AS_OF);
        }
    }

    /** Those of a file, in its order. */
    static List<DeclaredCheck> of(SqlFile file) {
        List<CheckValue.Weight> weights = file.directives().stream()
                .filter(line -> line.directive() == Directive.SEVERITY && CheckValue.isSeverity(line.value()))
                .map(line -> CheckValue.severity(line.value()))
                .toList();
        return file.directives().stream()
                .filter(line -> line.directive().declaresCheck())
                .map(line -> of(line, weights))
                .collect(Collectors.toList());
    }

    private static DeclaredCheck of(DirectiveLine line, List<CheckValue.Weight> weights) {
        DeclaredCheck check = of(new Written(line.directive(), line.value(), line.line(), Relation.Severity.ERROR));
        // What is said of one column goes before what is said of all.
        Relation.Severity severity = weights.stream()
                .filter(weight -> weight.covers(check))
                .reduce((first, second) ->
                        second.column().isPresent() || first.column().isEmpty() ? second : first)
                .map(CheckValue.Weight::severity)
                .orElse(Relation.Severity.ERROR);
        return of(new Written(line.directive(), line.value(), line.line(), severity));
    }

    private static DeclaredCheck of(Written written) {
        String value = written.value();
        return switch (written.directive()) {
            case UNIQUE -> new Unique(written, DirectiveValue.columns(value));
            case NOT_NULL -> new NotNull(written, DirectiveValue.columns(value));
            case ACCEPTED -> {
                CheckValue.Accepted read = CheckValue.accepted(value);
                yield new Accepted(written, read.column(), read.values());
            }
            case RANGE -> {
                CheckValue.Range read = CheckValue.range(value);
                yield new Range(written, read.column(), read.from(), read.to());
            }
            case RELATIONSHIP -> {
                CheckValue.Relationship read = CheckValue.relationship(value);
                yield new Relationship(written, read.column(), read.relation(), read.target());
            }
            case FRESHNESS -> {
                CheckValue.Freshness read = CheckValue.freshness(value);
                yield new Freshness(written, read.column(), read.days());
            }
            case INPUT,
                    CONTRACT,
                    ENTITY,
                    TIME,
                    LABEL,
                    TASK,
                    POSITIVE,
                    ALGORITHM,
                    SPLIT,
                    FOLDS,
                    RESAMPLE,
                    MISSING,
                    CALIBRATE,
                    THRESHOLD,
                    FEATURES,
                    SEED,
                    REQUIRE,
                    ALLOW,
                    SEVERITY,
                    AS_OF,
                    LINT,
                    TOLERANCE -> throw new IllegalArgumentException(written.text() + " declares no check.");
        };
    }
}
