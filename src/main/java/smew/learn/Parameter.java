package smew.learn;

/**
 * One parameter of an algorithm.
 *
 * @param integer whether it is a whole number
 * @param minimum the least value allowed
 * @param maximum the greatest value allowed
 */
public record Parameter(String name, boolean integer, double minimum, double maximum, double standard, String meaning) {

    static Parameter integer(String name, int minimum, int maximum, int standard, String meaning) {
        return new Parameter(name, true, minimum, maximum, standard, meaning);
    }

    static Parameter number(String name, double minimum, double maximum, double standard, String meaning) {
        return new Parameter(name, false, minimum, maximum, standard, meaning);
    }

    /** {@code integer} or {@code number}. */
    public String type() {
        return integer ? "integer" : "number";
    }

    /** A value as a person writes it: whole numbers without a fraction. */
    public String text(double value) {
        return integer ? Long.toString((long) value) : Double.toString(value);
    }
}
