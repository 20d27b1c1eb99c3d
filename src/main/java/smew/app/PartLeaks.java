package smew.app;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import smew.base.Progress;
import smew.duck.Duck;
import smew.features.Replay;
import smew.learn.Training;
import smew.model.Card;
import smew.project.Kind;
import smew.project.Leak;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;

/** Looks for leaks where a part of a run happens. */
record PartLeaks(RunPart part, RunRequest request, Project project) {

    /**
     * Looks for leaks in SQL; empty where that is not wanted, or was not done by those who had the sources.
     *
     * @param reuse knows what was found before
     */
    Optional<Leaks> replay(Optional<Reuse> reuse, Duck duck, Progress progress) {
        if (!request.leakTests()) {
            return Optional.empty();
        }
        List<Relation> relations = replayed();
        if (part.place() == RunPart.Sources.NONE) {
            return part.leaked().map(leaks -> leaks.of(relations));
        }
        List<Relation> unknown = relations.stream()
                .filter(relation ->
                        reuse.filter(older -> older.keepsReplay(relation)).isEmpty())
                .toList();
        Leaks found = Replay.of(duck, project, unknown, request.asOf(), progress);
        return Optional.of(reuse.map(older -> older.replay(relations, found)).orElse(found));
    }

    /** A machine that has some of the sources does not know whether models will be trained elsewhere. */
    private List<Relation> replayed() {
        boolean trains = !request.featuresOnly() || part.place() == RunPart.Sources.SOME;
        return project.relations().stream()
                .filter(relation -> relation.kind() == Kind.FEATURE_VIEW || (trains && relation.kind() == Kind.MODEL))
                .toList();
    }

    /**
     * All that was found, with a warning of each exception that is none.
     *
     * @param leaks found in SQL
     * @param cards of models that were trained, with what was found in their rows
     */
    Optional<Leaks> judged(Optional<Leaks> leaks, List<Card> cards) {
        if (part.place() == RunPart.Sources.SOME) {
            return leaks;
        }
        List<Leak> inRows = cards.stream()
                .flatMap(card -> card.audit().stream())
                .flatMap(audit -> audit.leaks().stream())
                .toList();
        Set<String> trained = cards.stream().map(Card::name).collect(Collectors.toSet());
        List<Relation.Model> models = project.models().stream()
                .filter(model -> trained.contains(model.name()))
                .toList();
        return leaks.map(found -> found.and(new Leaks(inRows, List.of()))
                .withStale(replayed(), Replay.KINDS)
                .withStale(models, Training.LEAK_KINDS));
    }

    /** Refuses to go on where a leak stops the release. Findings in a part of the sources stop nothing: who has all decides. */
    void requireNone(Optional<Leaks> leaks) {
        leaks.filter(_ -> part.place() != RunPart.Sources.SOME).ifPresent(found -> found.require(project));
    }
}
