package smew.release;

import java.util.List;
import java.util.Optional;

/**
 * How inputs differ from those of an older release.
 *
 * @param release the older one
 * @param findings at least one
 * @param accepted whether it was said that such changes are meant
 */
public record InputChanges(String release, List<Change> findings, boolean accepted) {

    public InputChanges {
        findings = List.copyOf(findings);
    }

    /**
     * One change of an input.
     *
     * @param where {@code sql/sources/loans.sql:3}
     * @param kind a key of {@link smew.project.ContractKind}
     * @param column empty where it is of the whole source
     * @param text names the files, the column and both values; a sentence without its full stop
     */
    public record Change(
            String source, String where, String kind, Optional<String> column, String severity, String text) {}
}
