package smew.sagemaker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import smew.aws.Aws;
import smew.aws.AwsFailure;
import smew.aws.AwsSettings;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;

/**
 * An endpoint of SageMaker that is asked for predictions. A request that waits holds a connection, and no thread. Safe for any
 * number of threads; closing it ends what is under way.
 */
public final class Endpoint implements AutoCloseable {

    private static final Logger LOG = System.getLogger("smew.sagemaker");

    private final EndpointSettings settings;
    private final Aws aws;
    private final SageMakerRuntimeAsyncClient client;
    private final Semaphore free;
    private final Breaker breaker;
    private final String doing;

    private Endpoint(EndpointSettings settings, Aws aws, SageMakerRuntimeAsyncClient client) {
        this.settings = settings;
        this.aws = aws;
        this.client = client;
        this.free = new Semaphore(settings.concurrency());
        this.breaker = new Breaker(settings.clock());
        this.doing = "Asking endpoint " + settings.address().endpoint();
    }

    /**
     * Prepares to ask; nothing is sent yet.
     *
     * @throws SmewException CONFIGURATION when no region is known
     */
    public static Endpoint open(EndpointSettings settings, AwsSettings reached) {
        // Silence is bounded by the deadline of each request, which is shorter.
        Aws aws = Aws.open(reached, settings.timeout().plusSeconds(1), settings.concurrency());
        // Answers are read where they arrive: what a pool of threads would add is waiting.
        SageMakerRuntimeAsyncClient client = aws.client(
                SageMakerRuntimeAsyncClient.builder()
                        .asyncConfiguration(configuration -> configuration.advancedOption(
                                SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run)),
                settings.timeout().plusSeconds(1));
        return new Endpoint(settings, aws, client);
    }

    /** As {@code --backend} has it. */
    public String name() {
        return settings.address().toString();
    }

    /**
     * Asks for the predictions of rows in one request, or in several at once above 6 MB.
     *
     * @param card whose inputs are columns of the table
     * @param rows row numbers, at least one
     * @return a prediction for each row in the order given. Fails with a {@link SmewException}: OUTSIDE, OUTSIDE_SLOW after the
     *     deadline, OVERLOAD beyond the concurrency, NOT_READY while the breaker is open. Its message names no account or host
     */
    public CompletableFuture<List<Prediction>> predict(Card card, Table table, int[] rows) {
        try {
            List<CompletableFuture<List<Prediction>>> parts =
                    RequestBody.of(settings.format(), card, table, rows, RequestBody.LARGEST_BYTES).stream()
                            .map(body -> ask(card, body))
                            .toList();
            return parts.size() == 1 ? parts.getFirst() : all(parts);
        } catch (SmewException unsent) {
            return CompletableFuture.failedFuture(unsent);
        }
    }

    private static CompletableFuture<List<Prediction>> all(List<CompletableFuture<List<Prediction>>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenApply(_ -> {
            List<Prediction> predictions = new ArrayList<>();
            parts.forEach(part -> predictions.addAll(part.join()));
            return predictions;
        });
    }

    private CompletableFuture<List<Prediction>> ask(Card card, RequestBody body) {
        if (!free.tryAcquire()) {
            return CompletableFuture.failedFuture(SmewException.later(
                    Fault.OVERLOAD,
                    doing + ": " + settings.concurrency() + " requests are under way already. Ask again in a moment.",
                    Duration.ofSeconds(1)));
        }
        Optional<Breaker.Leave> leave = breaker.ask();
        if (leave.isEmpty()) {
            free.release();
            return CompletableFuture.failedFuture(SmewException.later(
                    Fault.NOT_READY, doing + ": it keeps failing, and is left alone for a while.", breaker.pause()));
        }
        CompletableFuture<List<Prediction>> answer = new CompletableFuture<>();
        // Renewing credentials blocks, which must not happen on the thread of a connection.
        Thread.ofVirtual().start(() -> send(card, body, answer));
        return answer.orTimeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .handle((predictions, failed) -> {
                    free.release();
                    return ended(leave.get(), predictions, failed);
                });
    }

    private void send(Card card, RequestBody body, CompletableFuture<List<Prediction>> answer) {
        try {
            CompletableFuture<InvokeEndpointResponse> call = client.invokeEndpoint(request(body));
            CompletableFuture<?> _ = call.whenComplete((response, failed) -> {
                if (response == null) {
                    answer.completeExceptionally(failed);
                } else {
                    read(card, body, response, answer);
                }
            });
            // After the deadline nobody waits for it: neither an attempt nor the next one makes sense.
            CompletableFuture<?> _ = answer.whenComplete((_, late) -> {
                if (late != null) {
                    call.cancel(true);
                }
            });
        } catch (RuntimeException | Error failed) {
            answer.completeExceptionally(failed);
        }
    }

    private InvokeEndpointRequest request(RequestBody body) {
        EndpointAddress address = settings.address();
        InvokeEndpointRequest.Builder request = InvokeEndpointRequest.builder()
                .endpointName(address.endpoint())
                .contentType(body.contentType())
                .accept(settings.format().mediaType())
                .body(SdkBytes.fromByteArrayUnsafe(body.bytes()));
        address.variant().ifPresent(request::targetVariant);
        address.targetModel().ifPresent(request::targetModel);
        return request.build();
    }

    private void read(
            Card card, RequestBody body, InvokeEndpointResponse response, CompletableFuture<List<Prediction>> answer) {
        try {
            String type = Optional.ofNullable(response.contentType())
                    .orElse(settings.format().mediaType());
            answer.complete(AnswerBody.read(
                    doing, card, body.rows(), type, response.body().asByteArrayUnsafe()));
        } catch (RuntimeException | Error failed) {
            answer.completeExceptionally(failed);
        }
    }

    private List<Prediction> ended(
            Breaker.Leave leave, @Nullable List<Prediction> predictions, @Nullable Throwable failed) {
        if (predictions != null) {
            tell(breaker.ended(leave, false));
            return predictions;
        }
        EndpointFailure failure = EndpointFailure.of(doing, settings.timeout(), Objects.requireNonNull(failed));
        tell(breaker.ended(leave, failure.ofEndpoint()));
        throw failure.toClients();
    }

    private void tell(Breaker.Change change) {
        switch (change) {
            case NOTHING -> {}
            case OPENED ->
                LOG.log(
                        Level.WARNING,
                        doing + ": half of its last " + Breaker.WINDOW + " answers were failures. It is left alone, and"
                                + " tried again every " + Breaker.PAUSE.toSeconds() + " s.");
            case CLOSED -> LOG.log(Level.INFO, doing + ": it answers again.");
        }
    }

    /** All that can be found out about a failure of {@link #predict}: what AWS said, and the state of the endpoint. Blocks. */
    public SmewException explained(Throwable failed) {
        Throwable known =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        if (!(known instanceof SmewException said) || said.getCause() == null) {
            return EndpointFailure.of(doing, settings.timeout(), known).toOperators();
        }
        EndpointFailure failure = EndpointFailure.of(doing, settings.timeout(), said.getCause());
        boolean absent = AwsFailure.code(said.getCause()).equals("ValidationError");
        return absent
                ? EndpointState.trouble(doing, aws, settings.address().endpoint())
                        .orElse(failure.toOperators())
                : failure.toOperators();
    }

    @Override
    public void close() {
        client.close();
        aws.close();
    }
}
