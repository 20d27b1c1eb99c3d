package smew.learn;

import java.util.Optional;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Relation;

/**
 * What a leak test found in the rows of a model, before the model's own rules say how grave it is.
 *
 * @param column empty where it concerns whole rows
 * @param evidence one sentence with the figures
 * @param cure one sentence
 */
record Suspicion(LeakKind kind, Optional<String> column, String evidence, String cure) {

    Leak judged(Relation.Model definition) {
        return definition.leakRules().leak(kind, definition.name(), column, evidence, cure);
    }
}
