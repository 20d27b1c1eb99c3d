package smew.project;

/** Every directive, stated once: parsing, errors and the README's table come from here. */
public enum Directive {
    INPUT,
    ENTITY,
    TIME,
    LABEL,
    TASK,
    POSITIVE,
    ALGORITHM,
    SPLIT,
    RESAMPLE,
    MISSING,
    SEED,
    SEVERITY
}
