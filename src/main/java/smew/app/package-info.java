/**
 * Main and the command line: the only place that wires rooms together.
 *
 * <p>In: arguments, environment, smew.properties. Out: exit codes, results on stdout, everything else on stderr. Must not know: how any stage works inside.
 */
@NullMarked
package smew.app;

import org.jspecify.annotations.NullMarked;
