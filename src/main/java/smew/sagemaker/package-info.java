/**
 * SageMaker: the contract of a training and hosting container.
 *
 * <p>In: the files and variables that SageMaker gives a container. Out: a model's definition and its rows, settings of a server.
 * Must not know: how models are fitted, HTTP.
 *
 * <p>A job's way: {@code HyperParameters} become a {@code Relation.Model}, {@code Channels} name the data, {@code ChannelRows}
 * reads them, and {@code ContainerFiles} says where everything lies.
 */
@NullMarked
package smew.sagemaker;

import org.jspecify.annotations.NullMarked;
