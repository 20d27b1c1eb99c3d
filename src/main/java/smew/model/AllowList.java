package smew.model;

import java.io.ObjectInputFilter;
import java.util.Set;

/** The classes that an artefact may hold, by exact name; whatever is not here is refused before it is made. */
final class AllowList {

    /** Objects nested deeper than this are refused: a tree of depth d nests about 2 d deep. */
    private static final long DEPTH = 1_000;

    private static final Set<String> CLASSES = Set.of(
            "java.lang.Enum",
            "java.lang.Integer",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.String",
            "java.util.ArrayList",
            "java.util.HashMap",
            "java.util.Map$Entry",
            "smew.model.Learned",
            "smew.model.Learned$Boosted",
            "smew.model.Learned$Forest",
            "smew.model.Learned$Votes",
            "smile.classification.DecisionTree",
            "smile.data.measure.CategoricalMeasure",
            "smile.data.measure.Measure",
            "smile.data.measure.NominalScale",
            "smile.data.type.DataType",
            "smile.data.type.DoubleType",
            "smile.data.type.FloatType",
            "smile.data.type.IntType",
            "smile.data.type.PrimitiveType",
            "smile.data.type.StructField",
            "smile.data.type.StructType",
            "smile.model.cart.CART",
            "smile.model.cart.DecisionNode",
            "smile.model.cart.InternalNode",
            "smile.model.cart.LeafNode",
            "smile.model.cart.Node",
            "smile.model.cart.NominalNode",
            "smile.model.cart.OrdinalNode",
            "smile.model.cart.RegressionNode",
            "smile.model.cart.SplitRule",
            "smile.regression.RegressionTree");

    private AllowList() {}

    static ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
        if (info.depth() > DEPTH) {
            return ObjectInputFilter.Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return ObjectInputFilter.Status.UNDECIDED;
        }
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return type.isPrimitive() || CLASSES.contains(type.getName())
                ? ObjectInputFilter.Status.ALLOWED
                : ObjectInputFilter.Status.REJECTED;
    }
}
