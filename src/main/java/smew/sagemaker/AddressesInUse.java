package smew.sagemaker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import smew.aws.RequestJson;
import smew.base.Work;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sagemaker.model.ProcessingJobStatus;
import software.amazon.awssdk.services.sagemaker.model.TrainingJobStatus;

/** Which addresses on S3 SageMaker needs: those that a job which has not ended names, or a model, which an endpoint may load at any time. */
public final class AddressesInUse {

    private static final String ADDRESS = "s3://";

    private static final int AT_ONCE = 8;

    private AddressesInUse() {}

    /**
     * Asks for all of them, whoever began or made them.
     *
     * @throws smew.base.SmewException where SageMaker does not answer, or not whoever asks
     */
    public static Set<String> of(SageMaker sageMaker) {
        Set<String> addresses = Collections.synchronizedSet(new TreeSet<>());
        for (TrainingJobStatus status : List.of(TrainingJobStatus.IN_PROGRESS, TrainingJobStatus.STOPPING)) {
            List<String> names = Collections.synchronizedList(new ArrayList<>());
            ServiceRefusal.await(
                    "Listing training jobs",
                    sageMaker
                            .client()
                            .listTrainingJobsPaginator(request -> request.statusEquals(status))
                            .subscribe(page ->
                                    page.trainingJobSummaries().forEach(one -> names.add(one.trainingJobName()))));
            describe(
                    "training job",
                    names,
                    addresses,
                    name -> sageMaker.client().describeTrainingJob(request -> request.trainingJobName(name)));
        }
        for (ProcessingJobStatus status : List.of(ProcessingJobStatus.IN_PROGRESS, ProcessingJobStatus.STOPPING)) {
            List<String> names = Collections.synchronizedList(new ArrayList<>());
            ServiceRefusal.await(
                    "Listing processing jobs",
                    sageMaker
                            .client()
                            .listProcessingJobsPaginator(request -> request.statusEquals(status))
                            .subscribe(page ->
                                    page.processingJobSummaries().forEach(one -> names.add(one.processingJobName()))));
            describe(
                    "processing job",
                    names,
                    addresses,
                    name -> sageMaker.client().describeProcessingJob(request -> request.processingJobName(name)));
        }
        List<String> models = Collections.synchronizedList(new ArrayList<>());
        ServiceRefusal.await(
                "Listing models",
                sageMaker
                        .client()
                        .listModelsPaginator(request -> {})
                        .subscribe(page -> page.models().forEach(one -> models.add(one.modelName()))));
        describe(
                "model",
                models,
                addresses,
                name -> sageMaker.client().describeModel(request -> request.modelName(name)));
        return addresses;
    }

    private static <T extends SdkPojo> void describe(
            String kind, List<String> names, Set<String> addresses, Function<String, CompletableFuture<T>> ask) {
        Work.each(
                        List.copyOf(names),
                        AT_ONCE,
                        name -> ServiceRefusal.find("Looking for " + kind + " " + name, ask.apply(name)))
                .forEach(found -> found.ifPresent(answer -> collect(RequestJson.of(answer), addresses)));
    }

    /** An address may stand anywhere: as an input, an output, an argument of a container, the data of a model. */
    private static void collect(Object value, Set<String> addresses) {
        switch (value) {
            case String text when text.startsWith(ADDRESS) -> addresses.add(text);
            case Map<?, ?> members -> members.values().forEach(member -> collect(member, addresses));
            case List<?> elements -> elements.forEach(element -> collect(element, addresses));
            default -> {}
        }
    }
}
