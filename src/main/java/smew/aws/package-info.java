/**
 * How AWS is reached: region, credentials, HTTP and retries, and what a failure of AWS means in one sentence.
 *
 * <p>In: settings. Out: clients of single services, and failures that a person can act on. Hides what all services of the SDK
 * share. Must not know: any single service, and what it is used for.
 */
@NullMarked
package smew.aws;

import org.jspecify.annotations.NullMarked;
