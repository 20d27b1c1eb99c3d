package smew.app;

import java.time.LocalDate;
import java.util.Optional;
import smew.store.StoreSettings;

/**
 * What became of predictions.
 *
 * @param file CSV or Parquet, on this machine or on S3
 * @param time its column that says when an outcome was known; empty: {@code time}, where there is one
 * @param model empty: the first of the release
 * @param release whose card the figures stand beside; empty: the current one. Given, only its own predictions count
 * @param since the first day (UTC) of predictions that count; empty: all
 */
record OutcomesRequest(
        StoreSettings store,
        String file,
        Optional<String> time,
        Optional<String> model,
        Optional<String> release,
        Optional<LocalDate> since) {}
