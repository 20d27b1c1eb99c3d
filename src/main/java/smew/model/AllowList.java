package smew.model;

import java.io.ObjectInputFilter;
import java.util.Set;

/** The classes that an artefact may hold, by exact name; whatever is not here is refused before it is made. */
final class AllowList implements ObjectInputFilter {

    /** Objects nested deeper than this are refused: a tree of depth d nests about 2 d deep. */
    private static final long DEPTH = 1_000;

    private static final Set<String> CLASSES = Set.of(
            "java.lang.Byte",
            "java.lang.Enum",
            "java.lang.Integer",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.Short",
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
            "smile.data.type.DataType$ID",
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

    private final long bytes;
    private String refused = "";

    /** A list for a file of so many bytes: no array in it has more elements than that. */
    AllowList(long bytes) {
        this.bytes = bytes;
    }

    /** What was refused, or else nothing. */
    String refused() {
        return refused;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (info.depth() > DEPTH) {
            refused = "objects nested more than " + DEPTH + " deep";
            return Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return Status.UNDECIDED;
        }
        if (info.arrayLength() > bytes) {
            refused = "an array of " + info.arrayLength() + " elements in " + bytes + " bytes";
            return Status.REJECTED;
        }
        while (type.isArray()) {
            type = type.getComponentType();
        }
        if (type.isPrimitive() || CLASSES.contains(type.getName())) {
            return Status.ALLOWED;
        }
        refused = "class " + type.getName();
        return Status.REJECTED;
    }
}
