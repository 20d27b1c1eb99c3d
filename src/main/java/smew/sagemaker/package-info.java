/**
 * The SageMaker contract: container, endpoint as backend, jobs and deployment.
 *
 * <p>In: settings, files and variables that SageMaker gives a container, releases. Out: a model's definition and its rows,
 * requests to SageMaker, predictions of an endpoint. Hides the SageMaker SDKs. Must not know: HTTP routes, how a model is fitted.
 *
 * <p>A training job's way: {@code HyperParameters} become a {@code Relation.Model}, {@code Channels} name the data,
 * {@code ChannelRows} reads them, and {@code ContainerFiles} says where everything lies. A prediction's way: {@code Endpoint} sends
 * a {@code RequestBody} and reads an {@code AnswerBody}, behind a {@code Breaker}.
 */
@NullMarked
package smew.sagemaker;

import org.jspecify.annotations.NullMarked;
