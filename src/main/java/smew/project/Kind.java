package smew.project;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import smew.base.Near;

/** The kinds of SQL file, in the order in which a release needs them; it needs no test. */
public enum Kind {
    SOURCE("sources", "source"),
    FEATURE_VIEW("features", "feature view"),
    MODEL("models", "model"),
    CHECK("checks", "check"),
    TEST("tests", "test");

    private final String folder;
    private final String noun;

    Kind(String folder, String noun) {
        this.folder = folder;
        this.noun = noun;
    }

    /** Its folder below {@code sql/}. */
    public String folder() {
        return folder;
    }

    /** What messages call it. */
    public String noun() {
        return noun;
    }

    /** What it may read: data flows from sources to features to models, a check may look at any of them, a test at checks too. */
    public Set<Kind> reads() {
        return switch (this) {
            case SOURCE -> Set.of(SOURCE);
            case FEATURE_VIEW, MODEL -> Set.of(SOURCE, FEATURE_VIEW);
            case CHECK -> Set.of(SOURCE, FEATURE_VIEW, MODEL);
            case TEST -> Set.of(SOURCE, FEATURE_VIEW, MODEL, CHECK);
        };
    }

    static Optional<Kind> ofFolder(String folder) {
        return Arrays.stream(values())
                .filter(kind -> kind.folder.equals(folder))
                .findFirst();
    }

    static String folderHint(String folder) {
        List<String> folders = Arrays.stream(values()).map(Kind::folder).toList();
        return Near.hint(folder, folders);
    }
}
