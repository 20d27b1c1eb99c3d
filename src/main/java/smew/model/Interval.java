package smew.model;

/** A range that holds the true value in 95 of 100 cases. */
public record Interval(double low, double high) {

    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}
