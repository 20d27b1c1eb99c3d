package smew.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import smew.release.Manifest;

/** A release on S3, where it is published to, and a clock that only waiting moves. */
final class Examples {

    static final Manifest.View HISTORY = view(
            "credit_history",
            List.of("id"),
            List.of("loan_date", "loan_id"),
            40_000,
            "id BIGINT",
            "loan_date TIMESTAMP",
            "loan_id INTEGER",
            "loan_amount DOUBLE",
            "instalment DECIMAL(10,2)");

    static final Manifest.View PROFILE =
            view("customer_profile", List.of("id"), List.of(), 2_000, "id BIGINT", "town VARCHAR", "is_owner BOOLEAN");

    static final ReleasedViews RELEASE = release(HISTORY, PROFILE);

    static final Destination.Redshift REDSHIFT = new Destination.Redshift(
            Optional.of("analytics"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "dev",
            "public",
            "arn:aws:iam::123456789012:role/redshift-reads-s3");

    static final Destination.Athena ATHENA =
            new Destination.Athena("features", Optional.of("analysts"), Optional.of("s3://lake/results/"));

    private Examples() {}

    static ReleasedViews release(Manifest.View... views) {
        return new ReleasedViews(
                "20261123T171549.239Z-648fb3eec821",
                Instant.parse("2026-11-23T17:15:49.239Z"),
                LocalDate.of(2026, 11, 23),
                "s3://lake/smew/",
                List.of(views));
    }

    /** @param columns such as {@code id BIGINT} */
    static Manifest.View view(String name, List<String> entity, List<String> time, long rows, String... columns) {
        return new Manifest.View(
                name,
                entity,
                time,
                rows,
                rows,
                0,
                List.of(columns).stream()
                        .map(column -> column.split(" ", 2))
                        .map(parts -> new Manifest.Column(parts[0], parts[1]))
                        .toList());
    }

    static Patience patience(Duration limit, List<Duration> pauses) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        return new Patience(limit, now::get, pause -> {
            pauses.add(pause);
            now.updateAndGet(before -> before.plus(pause));
        });
    }

    static Patience patience() {
        return patience(Duration.ofHours(1), new ArrayList<>());
    }

    /** Numbers from 0, as many as there are things. */
    static List<Integer> indexes(List<?> things) {
        return IntStream.range(0, things.size()).boxed().toList();
    }
}
