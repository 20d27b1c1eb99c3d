package smew.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smew.aws.AwsSettings;
import smew.base.SmewException;
import smew.release.Manifest;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.sagemaker.AddressesInUse;
import smew.sagemaker.SageMaker;
import smew.store.S3Store;

/** What {@code smew sagemaker} left in a store, below {@code sagemaker/}: beside the releases, and each for one of them. */
record SageMakerRemains(S3Store store, Releases releases, AwsSettings aws) {

    private static final Logger LOG = System.getLogger("smew.app");

    private static final String FOLDER = "sagemaker";

    /** Whatever else lies there is nothing of ours. */
    private static final Pattern UNIT =
            Pattern.compile("(" + FOLDER + "/(?:(?:training|projects|jobs|shards)/[^/]+|models/[^/]+/[^/]+))/.+");

    /** Clocks of machines and of S3 differ, and a job that has just ended is brought back. */
    private static final Duration GRACE = Duration.ofDays(1);

    /**
     * Deletes what is a day older than the oldest release, and which no release names, no job that has not ended and no model
     * on SageMaker. What was made for a release is younger than it, so what is older than all of them was made for one that
     * is gone; the same rows, SQL or model may be asked for again, and then lie there since long ago: what asks for them names
     * them.
     *
     * @return prefixes of the store
     */
    List<String> delete() {
        List<ReleaseId> kept = releases.list();
        Map<String, List<String>> old =
                kept.isEmpty() ? Map.of() : before(kept.getLast().created().minus(GRACE));
        if (old.isEmpty()) {
            return List.of();
        }
        Set<String> needed = new TreeSet<>();
        try (SageMaker sageMaker = SageMaker.open(aws)) {
            kept.forEach(id -> releases.manifest(id).inputs().stream()
                    .map(Manifest.Input::uri)
                    .forEach(needed::add));
            needed.addAll(AddressesInUse.of(sageMaker));
        } catch (SmewException unknown) {
            LOG.log(
                    Level.WARNING,
                    "What jobs left below " + store.where(FOLDER)
                            + " stays, because nobody says what of it is still needed. " + unknown.getMessage());
            return List.of();
        }
        Map<String, List<String>> unneeded = new TreeMap<>(old);
        unneeded.keySet()
                .removeIf(unit -> needed.stream().anyMatch(address -> touches(address, store.where(unit) + "/")));
        store.drop(unneeded.values().stream().flatMap(List::stream).toList());
        return List.copyOf(unneeded.keySet());
    }

    /** Keys by unit, of those of which every object was written before a moment. */
    private Map<String, List<String>> before(Instant moment) {
        Map<String, Instant> written = store.written(FOLDER);
        Map<String, List<String>> units = new TreeMap<>();
        Set<String> young = new TreeSet<>();
        written.forEach((key, time) -> {
            Optional<String> unit = unit(key);
            unit.ifPresent(
                    name -> units.computeIfAbsent(name, _ -> new ArrayList<>()).add(key));
            unit.filter(_ -> !time.isBefore(moment)).ifPresent(young::add);
        });
        units.keySet().removeAll(young);
        return units;
    }

    private static Optional<String> unit(String key) {
        Matcher matcher = UNIT.matcher(key);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether an address lies in a unit, or the unit below the address. */
    private static boolean touches(String address, String unit) {
        return address.startsWith(unit) || unit.startsWith(address.endsWith("/") ? address : address + "/");
    }
}
