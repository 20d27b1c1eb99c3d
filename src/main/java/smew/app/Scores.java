package smew.app;

import java.time.Duration;
import smew.model.ScoredTable;

/**
 * Predictions for every entity.
 *
 * @param scored in the order of the entities
 * @param took for scoring and explaining alone
 */
record Scores(String model, String release, ScoredTable scored, Duration took) {}
