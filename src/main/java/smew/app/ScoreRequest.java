package smew.app;

import java.util.Optional;
import smew.store.StoreSettings;

/**
 * Whose predictions for every entity.
 *
 * @param model empty: the first of the release
 * @param release empty: the current one
 */
record ScoreRequest(StoreSettings store, Optional<String> model, Optional<String> release) {}
