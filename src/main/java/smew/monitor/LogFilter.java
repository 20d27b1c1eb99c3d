package smew.monitor;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Which predictions of a log.
 *
 * @param since the first day (UTC); empty: from the beginning
 * @param release that made them; empty: any
 */
public record LogFilter(String model, Optional<LocalDate> since, Optional<String> release) {}
