package smew.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import tools.jackson.databind.JsonNode;

/** Compares JSON with the shape of an AWS structure: members that do not exist, are missing, or are of another type or form. */
final class ShapeCheck {

    private final Shape shape;
    private final List<String> wrong = new ArrayList<>();

    private ShapeCheck(Shape shape) {
        this.shape = shape;
    }

    static List<String> of(JsonNode json, Shape shape) {
        ShapeCheck check = new ShapeCheck(shape);
        check.structure("", json, shape.members());
        return check.wrong;
    }

    private void structure(String where, JsonNode json, SdkPojo members) {
        if (!json.isObject()) {
            wrong.add(where + " is no object");
            return;
        }
        Map<String, SdkField<?>> fields =
                members.sdkFields().stream().collect(Collectors.toMap(SdkField::locationName, Function.identity()));
        json.properties().forEach(member -> {
            SdkField<?> field = fields.get(member.getKey());
            if (field == null) {
                wrong.add(where + "." + member.getKey() + " does not exist");
            } else {
                value(where + "." + member.getKey(), member.getValue(), field);
            }
        });
        fields.forEach((name, field) -> {
            boolean required = shape.required().contains((where + "." + name).substring(1));
            if ((required || field.containsTrait(RequiredTrait.class)) && !json.has(name)) {
                wrong.add(where + "." + name + " is missing");
            }
        });
    }

    private void value(String where, JsonNode json, SdkField<?> field) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            structure(where, json, field.constructor().get());
        } else if (type == MarshallingType.LIST) {
            expect(json.isArray(), where, "a list");
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            json.forEach(element -> value(where + "[]", element, member));
        } else if (type == MarshallingType.MAP) {
            expect(json.isObject(), where, "a map");
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            json.properties().forEach(entry -> value(where + "." + entry.getKey(), entry.getValue(), member));
        } else if (type == MarshallingType.STRING) {
            expect(json.isString(), where, "a text");
            String form = shape.forms().getOrDefault(where.substring(1), "(?s).*");
            expect(json.asString().matches(form), where, "of the form " + form);
        } else if (type == MarshallingType.BOOLEAN) {
            expect(json.isBoolean(), where, "a boolean");
        } else if (type == MarshallingType.INTEGER || type == MarshallingType.LONG) {
            expect(json.isIntegralNumber(), where, "a whole number");
        } else if (type == MarshallingType.DOUBLE || type == MarshallingType.FLOAT) {
            expect(json.isNumber(), where, "a number");
        }
    }

    private void expect(boolean holds, String where, String expected) {
        if (!holds) {
            wrong.add(where + " is not " + expected);
        }
    }
}
