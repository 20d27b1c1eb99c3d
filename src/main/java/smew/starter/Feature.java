package smew.starter;

import java.util.Optional;

/**
 * One column of the feature view.
 *
 * @param expression SQL over the source
 * @param meaning for a person; empty where the name says it, as the source has it
 */
record Feature(String name, String expression, Optional<String> meaning) {}
