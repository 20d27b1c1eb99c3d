package smew.model;

/**
 * From which probability on the positive class of two is predicted.
 *
 * @param value a row of this probability or more is positive; 2, which none has, where calling no row positive costs least
 * @param rule as {@code @threshold} has it
 * @param rows it was chosen on, which evaluation did not see; 0 where a number was written
 */
public record Threshold(double value, String rule, long rows) {}
