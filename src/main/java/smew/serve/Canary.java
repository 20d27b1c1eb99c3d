package smew.serve;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import smew.online.KeyHash;
import smew.online.OnlineTable;

/**
 * Another release that answers for a share of the ids: always for the same ones, whatever is asked of them, and for more of them where
 * the share grows. For an id of its share that it does not know, or cannot score, the current release answers.
 */
final class Canary {

    /** Names the release that answered. */
    static final String HEADER = "X-Smew-Release";

    private final Snapshot tried;
    private final Snapshot fallback;
    private final double share;
    private final Map<String, ServedModel> models;
    private final Map<String, ServedView> views;

    private Canary(Snapshot current, Snapshot tried, double share) {
        this.tried = tried.in(new Trial(Trial.Side.CANARY, null));
        this.fallback = current.in(new Trial(Trial.Side.FALLBACK, null));
        this.share = share;
        this.models = Fit.models(current, tried);
        this.views = Fit.views(current, tried);
    }

    /**
     * The current release with a canary beside it; models and feature views that do not fit stay out of it.
     *
     * @param share from 0 to 1
     */
    static Snapshot beside(Snapshot current, Snapshot tried, double share) {
        return current.in(new Trial(Trial.Side.CURRENT, new Canary(current, tried, share)));
    }

    String release() {
        return tried.release();
    }

    double share() {
        return share;
    }

    /**
     * Who answers about one entity.
     *
     * @param call as that release has to see it
     * @param served the model or feature view of that release
     * @param row of what it has at hand
     */
    record Choice<T>(Call call, T served, int row) {

        /** An answer that says which release gave it, where it could have been another. */
        Answer named(Answer answer) {
            return call.snapshot().trial() == null
                    ? answer
                    : answer.with(Map.of(HEADER, call.snapshot().release()));
        }

        Answered named(Answered answered) {
            return switch (answered) {
                case Answer answer -> named(answer);
                case Answered.Later later -> new Answered.Later(later.answer().thenApply(this::named));
                // Rows in bodies have no id to choose by.
                case Answered.InPieces pieces -> pieces;
                case Answered.Work work ->
                    new Answered.Work(() -> named(work.answered().get()));
            };
        }
    }

    /**
     * Who answers about the entity at the end of a path, with a canary or without one.
     *
     * @param model of the current release
     * @throws smew.base.SmewException NOT_FOUND when no release that may answer knows it, USAGE when it is malformed
     */
    static Choice<ServedModel> choose(Call call, ServedModel model) {
        Canary canary = call.snapshot().canary();
        Choice<ServedModel> chosen = canary == null
                ? new Choice<>(call, model, Ids.row(call, model.table()))
                : known(call, canary.find(call, model, Ids.parts(call, model.table())), model.table());
        ServedModel served = chosen.served;
        return new Choice<>(chosen.call, served.at(chosen.row), served.number(chosen.row));
    }

    /** The same for a feature view, which a canary need not have. */
    static Choice<ServedView> choose(Call call, ServedView view) {
        Canary canary = call.snapshot().canary();
        Choice<ServedView> chosen = canary == null
                ? new Choice<>(call, view, Ids.row(call, view.table()))
                : known(call, canary.find(call, view, Ids.parts(call, view.table())), view.table());
        ServedView served = chosen.served;
        return new Choice<>(chosen.call, served.at(chosen.row), served.number(chosen.row));
    }

    private static <T> Choice<T> known(Call call, @Nullable Choice<T> found, OnlineTable table) {
        if (found == null) {
            throw Ids.unknown(call, table);
        }
        return found;
    }

    /** The same for any id, by the rows of the whole table; null where neither release knows it. */
    @Nullable
    Choice<ServedModel> find(Call call, ServedModel model, List<String> parts) {
        return find(call, model, models.get(model.card().name()), ServedModel::table, parts);
    }

    private @Nullable Choice<ServedView> find(Call call, ServedView view, List<String> parts) {
        return find(call, view, views.get(view.table().name()), ServedView::table, parts);
    }

    private <T> @Nullable Choice<T> find(
            Call call, T current, @Nullable T other, Function<T, OnlineTable> table, List<String> parts) {
        boolean assigned = other != null && takes(table.apply(current), parts);
        if (other != null && assigned) {
            OptionalInt row = table.apply(other).find(parts);
            if (row.isPresent() && canScore(other, row.getAsInt())) {
                return new Choice<>(call.at(tried), other, row.getAsInt());
            }
        }
        OptionalInt row = table.apply(current).find(parts);
        return row.isEmpty() ? null : new Choice<>(assigned ? call.at(fallback) : call, current, row.getAsInt());
    }

    private boolean takes(OnlineTable table, List<String> parts) {
        OptionalDouble place = KeyHash.place(table.key(), parts);
        return place.isPresent() && place.getAsDouble() < share;
    }

    private static boolean canScore(Object served, int row) {
        return !(served instanceof ServedModel model) || model.missing(row).isEmpty();
    }
}
