/**
 * The SageMaker contract: container, endpoint as backend, jobs and deployment.
 *
 * <p>In: settings, files below /opt/ml, releases. Out: requests to SageMaker, predictions of an endpoint. Hides the SageMaker
 * SDKs. Must not know: HTTP routes, SQL, how a model is trained.
 */
@NullMarked
package smew.sagemaker;

import org.jspecify.annotations.NullMarked;
