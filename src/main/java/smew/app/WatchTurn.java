package smew.app;

import java.util.List;
import smew.base.Problem;

/**
 * What one save of a file did.
 *
 * @param changed paths of SQL files that changed, relative to the project; inputs by their names
 * @param seconds until all was run and compared
 * @param relations those that ran again, in order
 * @param problems all that is wrong with the project now, also what was wrong before
 */
record WatchTurn(List<String> changed, double seconds, List<Ran> relations, List<Problem> problems) {

    WatchTurn {
        changed = List.copyOf(changed);
        relations = List.copyOf(relations);
        problems = List.copyOf(problems);
    }

    /**
     * One relation that ran again.
     *
     * @param kind source, feature view, model, check or test
     * @param made whether it could be
     * @param rows it has; of a check, how many it returned
     * @param differences from what it was; empty also where it is new
     */
    record Ran(String kind, String name, boolean made, long rows, double seconds, List<Plan.Difference> differences) {
        Ran {
            differences = List.copyOf(differences);
        }
    }
}
