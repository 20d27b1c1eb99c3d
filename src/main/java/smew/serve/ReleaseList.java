package smew.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.ColumnLineage;
import smew.release.Manifest;
import smew.release.RelationProfile;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;
import tools.jackson.databind.JsonNode;

/** The releases of the store: what each was made from, and which is current. They are read from the store, so a worker does it. */
final class ReleaseList {

    /** What stands for the release that answers now. */
    private static final String CURRENT = "current";

    /** The newest ones; a person who looks for an older one knows its id. */
    private static final int SHOWN = 50;

    private ReleaseList() {}

    static Answered all(Call call) {
        Releases releases = releases(call);
        return new Answered.Work(() -> Answer.json(listed(releases, call.snapshot())));
    }

    /** {@code release.json} of one. */
    static Answered one(Call call) {
        Releases releases = releases(call);
        String id = id(call);
        return new Answered.Work(() -> Answer.json(manifest(releases, id)));
    }

    /** What each of its sources held, and what each column comes from: files that it keeps. */
    static Answered sources(Call call) {
        return kept(call, RelationProfile.FILE);
    }

    static Answered lineage(Call call) {
        return kept(call, ColumnLineage.FILE);
    }

    /** What the rows of one of its models looked like. */
    static Answered profile(Call call) {
        return kept(call, RelationProfile.file(call.parameter(1)));
    }

    private static Answered kept(Call call, String file) {
        Releases releases = releases(call);
        String id = id(call);
        return new Answered.Work(() -> {
            try (ReleaseFiles files = releases.files(manifest(releases, id))) {
                return new Answer(200, Answer.JSON, ByteBuffer.wrap(Files.readAllBytes(files.file(file)))).tagged(id);
            } catch (IOException | SmewException failed) {
                // Where it lies is told to whoever runs commands on the store.
                throw new SmewException(
                        Fault.NOT_FOUND,
                        "Release " + Text.shown(id) + " keeps no whole " + Text.shown(file)
                                + ": it was damaged, or an older Smew made it. Run `smew run` to make one that does.",
                        failed);
            }
        });
    }

    private static String id(Call call) {
        String name = call.parameter(0);
        if (!name.equals(CURRENT)) {
            return name;
        }
        call.snapshot().require();
        return call.snapshot().release();
    }

    /**
     * Makes one current. Servers follow by themselves.
     *
     * @throws SmewException GATE where no token guards the server: any page in a browser of this machine could send this
     */
    static Answered makeCurrent(Call call) {
        JsonNode wanted = JsonBody.read(call.body().bytes()).path(CURRENT);
        if (!wanted.isString()) {
            throw new SmewException(
                    Fault.USAGE, "Reading the body: expected {\"current\":\"ID\"}, the id of a release.");
        }
        if (!call.service().settings().access().isGuarded()) {
            throw new SmewException(
                    Fault.GATE,
                    "Making a release current: this server asks nobody for a token, so anybody who reaches it could do that."
                            + " Start it with --token, or run `smew rollback ID`.");
        }
        Releases releases = releases(call);
        releases.makeCurrent(new ReleaseId(manifest(releases, wanted.asString()).id()));
        return Answer.json(listed(releases, call.snapshot()));
    }

    private static Manifest manifest(Releases releases, String id) {
        return readable(releases, id)
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        "The store has no whole release " + Text.shown(id) + ". GET /releases lists those it has."));
    }

    /** Empty where there is none, or it is damaged: why, is told to whoever runs commands on the store. */
    private static Optional<Manifest> readable(Releases releases, String id) {
        try {
            return Optional.of(releases.manifest(releases.find(id)));
        } catch (SmewException failed) {
            if (failed.fault() == Fault.NOT_FOUND || failed.fault() == Fault.DATA) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    static Releases releases(Call call) {
        return call.service()
                .releases()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND, "This server has one model without a store, and so no list of releases."));
    }

    private static Map<String, Object> listed(Releases releases, Snapshot served) {
        List<Map<String, Object>> all = releases.list().stream()
                .limit(SHOWN)
                .flatMap(id -> readable(releases, id.value()).stream())
                .map(ReleaseList::shown)
                .toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        served.made().ifPresent(id -> answer.put("served", id));
        releases.current().ifPresent(id -> answer.put("current", id.value()));
        answer.put("releases", all);
        return answer;
    }

    /** What tells one from the others; the rest is asked for one by one. */
    private static Map<String, Object> shown(Manifest manifest) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", manifest.id());
        shown.put("created", manifest.created());
        shown.put("as_of", manifest.asOf());
        shown.put("held", manifest.held());
        shown.put(
                "views",
                manifest.views().stream()
                        .map(view -> Map.of("name", view.name(), "rows", view.rows(), "entities", view.entities()))
                        .toList());
        shown.put(
                "models",
                manifest.models().stream()
                        .map(model -> Map.of("name", model.name(), "rows", model.rows(), "metrics", model.metrics()))
                        .toList());
        shown.put("checks", manifest.checks());
        shown.put("timings", manifest.timings());
        return shown;
    }
}
