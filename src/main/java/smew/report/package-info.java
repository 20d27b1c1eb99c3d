/**
 * What a person reads about one run: {@code report.html}, one file that needs no network and no script.
 *
 * <p>In: the manifest of a release, the cards of its models, the rows of its feature views. Out: one HTML file.
 * Must not know: how features are built, how models learn, HTTP.
 */
@NullMarked
package smew.report;

import org.jspecify.annotations.NullMarked;
