package smew.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import smew.model.Card;
import smew.project.Kind;
import smew.project.Leaks;
import smew.release.Manifest;
import smew.release.Profile;
import smew.release.RelationProfile;

/**
 * What a report tells of.
 *
 * @param project the name of its folder
 * @param manifest of the release, without the report itself
 * @param cards of the models in the manifest, one each
 * @param profile of its rows
 * @param sources what they hold; those that are missing are not described
 */
public record ReportedRun(
        String project, Manifest manifest, List<Card> cards, Profile profile, List<RelationProfile> sources) {

    /** Where sources were not looked at. */
    public ReportedRun(String project, Manifest manifest, List<Card> cards, Profile profile) {
        this(project, manifest, cards, profile, List.of());
    }

    public ReportedRun {
        cards = List.copyOf(cards);
        sources = List.copyOf(sources);
        List<String> trained =
                manifest.models().stream().map(Manifest.Model::name).toList();
        List<String> described = cards.stream().map(Card::name).toList();
        if (!trained.equals(described)) {
            throw new IllegalArgumentException("The models are " + trained + ", the cards " + described + ".");
        }
    }

    /** What leak tests found, in feature views and in rows of models; empty where nobody looked for any. */
    Optional<Leaks> leaks() {
        return manifest.leaks();
    }

    /** What a source holds. */
    Optional<RelationProfile> source(String name) {
        return sources.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    /** The SQL files of one kind, in order of their names. */
    List<Manifest.Sql> sql(Kind kind) {
        return manifest.sql().stream()
                .filter(file -> file.kind() == kind)
                .sorted(Comparator.comparing(Manifest.Sql::name))
                .toList();
    }

    /** The SQL file that defines a relation. */
    Optional<Manifest.Sql> sql(Kind kind, String name) {
        return sql(kind).stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** How often the checks of the run passed, or failed with the severity. */
    long checks(boolean passed, String severity) {
        return manifest.checks().stream()
                .filter(check -> passed == (check.failing() == 0)
                        && (passed || check.severity().equals(severity)))
                .count();
    }
}
