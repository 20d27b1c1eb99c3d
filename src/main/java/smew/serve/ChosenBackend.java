package smew.serve;

/**
 * What computes predictions by id of the default model instead of the model of the release, once a sample of rows has shown
 * that both say the same.
 *
 * @param fallback the model of the release answers where the backend fails, and until it has been compared
 * @param allowDifference a backend that says something else is used nevertheless, with a warning
 */
public record ChosenBackend(Backend backend, boolean fallback, boolean allowDifference) {}
