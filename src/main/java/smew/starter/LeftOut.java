package smew.starter;

/**
 * A column that is no input.
 *
 * @param why as it follows the name
 */
record LeftOut(String name, String why) {}
