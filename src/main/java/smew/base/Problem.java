package smew.base;

/**
 * One of several things that are wrong.
 *
 * @param where {@code sql/sources/loans.sql:3}, {@code row 2, column age}: where a person has to look
 * @param detail what was found there, what was expected and what to do, in one or two sentences
 */
public record Problem(String where, String detail) {
    @Override
    public String toString() {
        return where + ": " + detail;
    }
}
