package smew.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import smew.app.Engine.BackendRequest;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.sagemaker.Endpoint;
import smew.serve.Backend;
import smew.serve.ChosenBackend;

/** An endpoint of SageMaker as the server knows it. */
record EndpointBackend(Endpoint endpoint) implements Backend {

    static Optional<ChosenBackend> chosen(Optional<BackendRequest> request, Optional<Endpoint> endpoint) {
        return request.flatMap(asked -> endpoint.map(
                opened -> new ChosenBackend(new EndpointBackend(opened), asked.fallback(), asked.allowDifference())));
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
