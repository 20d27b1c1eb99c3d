package smew.sagemaker;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;

/**
 * The rows of a job's channels.
 *
 * @param rows those to learn from, then those that are held out
 * @param heldOut which are held out; empty where the job has no such channel
 * @param label the column that the files' own convention makes the label
 */
public record ChannelRows(Table rows, BitSet heldOut, Optional<String> label) {

    private static final String MARK = "smew held out";

    /**
     * Reads them.
     *
     * @param scratch a folder for what comes through a pipe
     * @param warn hears of what looks like a mistake in the data and is none for sure
     * @throws SmewException DATA, naming file and line where rows are bad, or columns where files do not go together
     */
    public static ChannelRows read(
            Duck duck, Channels channels, Path scratch, Progress progress, Consumer<String> warn) {
        LoadedChannel train = new LoadedChannel(duck, ChannelFiles.of(channels.train(), scratch));
        train.load(Map.of(), progress);
        train.warnOfNumbers(warn);
        if (channels.heldOut().isEmpty()) {
            return new ChannelRows(duck.query("FROM " + train.table(), train.origin()), new BitSet(), train.label());
        }
        LoadedChannel heldOut =
                new LoadedChannel(duck, ChannelFiles.of(channels.heldOut().get(), scratch));
        heldOut.load(train.types(), progress);
        Table both = duck.query(
                "SELECT *, false AS " + Duck.identifier(MARK) + " FROM " + train.table() + " UNION ALL SELECT "
                        + heldOut.select(train) + ", true FROM " + heldOut.table(),
                heldOut.origin());
        Column.Booleans mark = (Column.Booleans) both.columns().getLast();
        BitSet held = new BitSet();
        IntStream.range(0, both.rows()).filter(row -> mark.values()[row]).forEach(held::set);
        Table rows = new Table(both.columns().subList(0, both.columns().size() - 1), both.rows());
        return new ChannelRows(rows, held, train.label());
    }
}
