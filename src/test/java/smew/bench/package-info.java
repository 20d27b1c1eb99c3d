/**
 * The benchmark, {@code ./run.sh bench}: what Smew does beside what its engines do alone, on one machine and in one go.
 *
 * <p>In: the sample project, and loans that its own generator makes or a file gives. Out: a table or JSON on standard output.
 * No test, and no test times anything: a figure of a busy machine must not fail a build.
 */
package smew.bench;
