package smew.report;

import static smew.report.Html.element;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import smew.project.Kind;
import smew.release.Manifest;
import smew.report.Html.Element;

/**
 * Sources, feature views and models as boxes from left to right, each to the right of all that it reads, as inline SVG.
 * Checks are left out: they look at everything and nothing reads them.
 */
final class FlowDiagram {

    private static final int BOX_WIDTH = 190;
    private static final int BOX_HEIGHT = 62;
    private static final int GAP_WIDTH = 64;
    private static final int GAP_HEIGHT = 18;
    private static final int MARGIN = 2;
    private static final int NAME_LENGTH = 22;

    private final ReportedRun run;
    private final Map<String, Manifest.Sql> relations = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    FlowDiagram(ReportedRun run) {
        this.run = run;
        for (Kind kind : List.of(Kind.SOURCE, Kind.FEATURE_VIEW, Kind.MODEL)) {
            run.sql(kind).forEach(file -> relations.put(key(file.name()), file));
        }
        lay();
    }

    /** The upper left corner of a box. */
    private record Place(int x, int y) {}

    Html html() {
        List<Html> content = List.of(Part.paragraph("What reads what, from left to right."), drawing());
        return Part.section("flow", "Flow", relations.isEmpty() ? List.of(Part.paragraph("No SQL files.")) : content);
    }

    private Html drawing() {
        List<Html> shapes = new ArrayList<>();
        shapes.add(element("title", "Flow of data"));
        shapes.add(element("desc", inWords()));
        for (Manifest.Sql file : relations.values()) {
            inputs(file).forEach(input -> shapes.add(arrow(at(input), at(file))));
        }
        relations.values().forEach(file -> shapes.add(box(file)));
        int width = places.values().stream().mapToInt(Place::x).max().orElse(0) + BOX_WIDTH + MARGIN;
        int height = places.values().stream().mapToInt(Place::y).max().orElse(0) + BOX_HEIGHT + MARGIN;
        Element svg = element("svg", shapes)
                .as("flow")
                .with("role", "img")
                .with("width", Integer.toString(width))
                .with("height", Integer.toString(height))
                .with("viewBox", "0 0 " + width + " " + height);
        return Grid.scrolling("Flow of data", svg);
    }

    private String inWords() {
        return relations.values().stream()
                .map(file -> {
                    String reads = inputs(file).stream().map(Manifest.Sql::name).collect(Collectors.joining(" and "));
                    return file.kind().noun() + " " + file.name() + " (" + rows(file) + ")"
                            + (reads.isEmpty() ? "" : " reads " + reads);
                })
                .collect(Collectors.joining("; ", "", "."));
    }

    private void lay() {
        Map<Integer, List<Manifest.Sql>> layers = new LinkedHashMap<>();
        relations
                .values()
                .forEach(file -> layers.computeIfAbsent(depth(file), _ -> new ArrayList<>())
                        .add(file));
        int most = layers.values().stream().mapToInt(List::size).max().orElse(0);
        layers.forEach((depth, files) -> {
            int top = (most - files.size()) * (BOX_HEIGHT + GAP_HEIGHT) / 2;
            for (int i = 0; i < files.size(); i++) {
                int x = MARGIN + depth * (BOX_WIDTH + GAP_WIDTH);
                int y = MARGIN + top + i * (BOX_HEIGHT + GAP_HEIGHT);
                places.put(key(files.get(i).name()), new Place(x, y));
            }
        });
    }

    /** One more than the deepest it reads; a project has no cycles. */
    private int depth(Manifest.Sql file) {
        return inputs(file).stream().mapToInt(input -> depth(input) + 1).max().orElse(0);
    }

    private List<Manifest.Sql> inputs(Manifest.Sql file) {
        return file.reads().stream()
                .flatMap(name -> Optional.ofNullable(relations.get(key(name))).stream())
                .toList();
    }

    private Place at(Manifest.Sql file) {
        return places.getOrDefault(key(file.name()), new Place(0, 0));
    }

    private static Html arrow(Place from, Place to) {
        int x = from.x() + BOX_WIDTH;
        int y = from.y() + BOX_HEIGHT / 2;
        int end = to.y() + BOX_HEIGHT / 2;
        int middle = x + GAP_WIDTH / 2;
        int bend = to.x() - GAP_WIDTH / 2;
        return element("path")
                .as("arrow")
                .with(
                        "d",
                        "M" + x + " " + y + " C" + middle + " " + y + " " + bend + " " + end + " " + (to.x() - 6) + " "
                                + end + " m-7 -4 l7 4 l-7 4");
    }

    /** A box is a drawing of its own, so that a long name ends at its edge. */
    private Html box(Manifest.Sql file) {
        Place place = at(file);
        Element rectangle = element("rect")
                .with("x", "1")
                .with("y", "1")
                .with("width", Integer.toString(BOX_WIDTH - 2))
                .with("height", Integer.toString(BOX_HEIGHT - 2))
                .with("rx", "6");
        return element(
                        "svg",
                        element("title", file.name()),
                        rectangle,
                        words(file.kind().noun(), 18).as("kind"),
                        words(cut(file.name(), NAME_LENGTH), 36).as("name"),
                        words(rows(file), 53).as("rows"))
                .as("box " + Part.word(file.kind()))
                .with("x", Integer.toString(place.x()))
                .with("y", Integer.toString(place.y()))
                .with("width", Integer.toString(BOX_WIDTH))
                .with("height", Integer.toString(BOX_HEIGHT));
    }

    private static Element words(String words, int y) {
        return element("text", words).with("x", "12").with("y", Integer.toString(y));
    }

    /** As many characters at the most, the last of which tells that there were more. */
    static String cut(String name, int length) {
        return name.codePointCount(0, name.length()) <= length
                ? name
                : name.substring(0, name.offsetByCodePoints(0, length - 1)) + "…";
    }

    private String rows(Manifest.Sql file) {
        Optional<Long> rows = switch (file.kind()) {
            case SOURCE -> Optional.ofNullable(run.profile().sourceRows().get(file.name()));
            case FEATURE_VIEW ->
                run.manifest().views().stream()
                        .filter(view -> view.name().equals(file.name()))
                        .map(Manifest.View::rows)
                        .findFirst();
            case MODEL ->
                run.manifest().models().stream()
                        .filter(model -> model.name().equals(file.name()))
                        .map(Manifest.Model::rows)
                        .findFirst();
            case CHECK, TEST -> Optional.empty();
        };
        return rows.map(count -> Figures.count(count, "row"))
                .orElse(file.kind() == Kind.MODEL ? "not trained" : "rows not counted");
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
