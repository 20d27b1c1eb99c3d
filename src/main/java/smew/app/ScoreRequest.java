package smew.app;

import java.util.Optional;
import smew.store.StoreSettings;

/**
 * Whose predictions for every entity.
 *
 * @param model empty: the first of the release
 * @param release empty: the current one
 * @param reasons how many to give for each prediction at most; 0 for none
 */
record ScoreRequest(StoreSettings store, Optional<String> model, Optional<String> release, int reasons) {}
