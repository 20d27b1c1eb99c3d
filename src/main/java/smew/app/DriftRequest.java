package smew.app;

import java.time.LocalDate;
import java.util.Optional;
import smew.store.StoreSettings;

/**
 * What to compare with the rows that models were learned from.
 *
 * @param model empty: each of the release
 * @param release whose cards; empty: the current one. Given, only its own predictions are compared
 * @param predictions logged predictions, instead of the online rows of the release
 * @param since the first day (UTC) of these; empty: all
 */
record DriftRequest(
        StoreSettings store,
        Optional<String> model,
        Optional<String> release,
        boolean predictions,
        Optional<LocalDate> since) {}
