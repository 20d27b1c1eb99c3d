package smew.bench;

import java.util.List;

/** One thing that is measured: Smew's way and the bare engine's, turn by turn. */
interface Item {

    /** What {@code --only} calls it. */
    String name();

    /** Prepares, measures and cleans up what the workbench does not. */
    List<Line> measure(Workbench bench, Rounds rounds) throws Exception;
}
