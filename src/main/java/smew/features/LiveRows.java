package smew.features;

import java.util.List;
import java.util.stream.Collectors;
import smew.base.Json;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.Profile;
import smew.release.RelationProfile;
import tools.jackson.databind.JsonNode;

/**
 * What the rows of a relation of a {@link LiveProject} look like; of a check, those that fail.
 *
 * @param shape of a check that was not looked at more closely, the number of its rows alone
 * @param columns how their values are distributed; empty until it was looked at more closely
 * @param rows the first of them: an array of texts and nulls in the order of the columns
 */
public record LiveRows(Profile.Shape shape, List<RelationProfile.Column> columns, List<JsonNode> rows) {

    private static final int SHOWN = 20;

    public LiveRows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** What is known at once. */
    static LiveRows first(Duck duck, Relation relation, Profile.Shape shape) {
        return new LiveRows(shape, List.of(), rows(duck, relation.name(), shape));
    }

    /** With what takes longer to find out. */
    LiveRows closer(Duck duck, Relation relation) {
        if (!(relation instanceof Relation.Check)) {
            return new LiveRows(shape, distributions(duck, relation.name(), shape), rows);
        }
        return shape.rows() == 0 ? this : failing(duck, relation);
    }

    private static LiveRows failing(Duck duck, Relation check) {
        Origin origin = FeatureRun.running(check.file());
        String failing = check.name() + " failing";
        String table = Duck.identifier(failing);
        duck.execute(
                "CREATE OR REPLACE TEMP TABLE " + table + " AS\n" + check.file().sql(), origin);
        Profile.Shape shape = Profile.shape(duck, failing, FeatureRun.columns(duck, "FROM " + table, origin));
        LiveRows found = new LiveRows(shape, distributions(duck, failing, shape), rows(duck, failing, shape));
        duck.execute("DROP TABLE " + table, origin);
        return found;
    }

    private static List<RelationProfile.Column> distributions(Duck duck, String table, Profile.Shape shape) {
        return RelationScan.columns(duck, table, shape.rows(), shape.columns());
    }

    private static List<JsonNode> rows(Duck duck, String table, Profile.Shape shape) {
        if (shape.columns().isEmpty()) {
            return List.of();
        }
        String texts = shape.columns().stream()
                .map(Manifest.Column::name)
                .map(column -> Duck.identifier(column) + "::VARCHAR")
                .collect(Collectors.joining(", "));
        return duck
                .texts(
                        "SELECT json_array(" + texts + ")::VARCHAR FROM " + Duck.identifier(table) + " LIMIT " + SHOWN,
                        Origin.engine("Showing", table))
                .stream()
                .map(Json::tree)
                .toList();
    }
}
