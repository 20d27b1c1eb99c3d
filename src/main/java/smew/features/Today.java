package smew.features;

import java.time.LocalDate;
import smew.duck.Duck;
import smew.duck.Origin;

/** Lets every function that asks for the present day answer another one, in one schema. */
final class Today {

    private Today() {}

    /**
     * Does so for SELECTs of views in the schema.
     *
     * @param schema in quotes where it needs them
     */
    static void turn(Duck duck, String schema, LocalDate day) {
        String date = "DATE '" + day + "'";
        String zoned = "TIMESTAMPTZ '" + day + "'";
        String plain = "TIMESTAMP '" + day + "'";
        macro(duck, schema + ".today()", date);
        macro(duck, schema + ".current_date()", date);
        macro(duck, schema + ".now()", zoned);
        macro(duck, schema + ".get_current_timestamp()", zoned);
        macro(duck, schema + ".current_timestamp()", zoned);
        macro(duck, schema + ".transaction_timestamp()", zoned);
        macro(duck, schema + ".current_localtimestamp()", plain);
        duck.execute(
                "CREATE MACRO " + schema + ".age(a) AS system.main.age(" + plain
                        + ", a::TIMESTAMP), (a, b) AS system.main.age(a, b)",
                Origin.engine("Setting today to", day.toString()));
    }

    private static void macro(Duck duck, String call, String answer) {
        duck.execute("CREATE MACRO " + call + " AS " + answer, Origin.engine("Setting the present day for", call));
    }
}
