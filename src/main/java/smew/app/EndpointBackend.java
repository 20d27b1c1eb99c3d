package smew.app;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import smew.app.Engine.BackendRequest;
import smew.aws.AwsLibrary;
import smew.aws.AwsSettings;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.sagemaker.Endpoint;
import smew.serve.Backend;
import smew.serve.ChosenBackend;

/** An endpoint of SageMaker as the server knows it. */
record EndpointBackend(Endpoint endpoint) implements Backend {

    /**
     * Opens the endpoint that was asked for.
     *
     * @param closed receives what closes it
     */
    static ChosenBackend open(BackendRequest asked, AwsSettings aws, Deque<Runnable> closed) {
        AwsLibrary.open();
        Endpoint endpoint = Endpoint.open(asked.endpoint(), aws);
        closed.push(endpoint::close);
        return new ChosenBackend(new EndpointBackend(endpoint), asked.fallback(), asked.allowDifference());
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public CompletionStage<List<Prediction>> predict(Card card, Table table, int[] rows) {
        return endpoint.predict(card, table, rows);
    }

    @Override
    public SmewException explained(Throwable failed) {
        return endpoint.explained(failed);
    }
}
