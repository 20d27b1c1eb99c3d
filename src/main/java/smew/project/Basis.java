package smew.project;

/** What two models were evaluated on that are compared. */
public enum Basis {
    /** The same rows, of entities that neither learned from: the older one was split by the same rule, share and seed. */
    SAME_ROWS,
    /** The same rows, and the older model may have learned from some, which flatters it: it was split in another way. */
    SEEN_ROWS,
    /** Each on its own held-out rows, which the same rule chose: the older model reads columns that these rows lack. */
    OWN_ROWS
}
