package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import smew.aws.Aws;
import smew.aws.Layer;
import smew.aws.Layer.Call;
import smew.aws.Wire;
import smew.aws.Wire.Fate;
import smew.base.Fault;
import smew.release.Manifest;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.RemoteFiles;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Bytes that change on their way: nothing altered is taken for what was released or given, in either direction. */
class S3DamageTest extends OnS3 {

    @Test
    void aReleasedFileThatArrivesAlteredOnceIsFetchedAgain() {
        ReleaseId id = released();
        altering(true);
        try (Releases releases = releases()) {
            Manifest manifest = releases.manifest(id);
            releases.files(manifest).file("large");
            releases.files(manifest).file("small");
        }
    }

    @Test
    void aReleasedFileThatAlwaysArrivesAlteredIsRefused() {
        ReleaseId id = released();
        altering(false);
        try (Releases releases = releases()) {
            layer.off();
            Manifest manifest = releases.manifest(id);
            altering(false);
            refused(
                    Fault.DATA,
                    "not what was released",
                    () -> releases.files(manifest).file("large"));
        }
    }

    @Test
    void aManifestThatArrivesAlteredIsRefused() {
        ReleaseId id = released();
        altering(false);
        try (Releases releases = releases()) {
            refused(Fault.OUTSIDE, "", () -> releases.manifest(id));
        }
    }

    @Test
    void anInputThatArrivesAlteredIsRefused() throws IOException {
        for (int bytes : new int[] {1000, LARGE}) {
            given("in/" + bytes, bytes);
            altering(false);
            try (RemoteFiles files = new RemoteFiles(settings(ADDRESS, server.settings()))) {
                refused(Fault.OUTSIDE, "s3://bucket/in/" + bytes, () -> files.fetch("s3://bucket/in/" + bytes));
            }
            layer.off();
            try (RemoteFiles files = new RemoteFiles(settings(ADDRESS, server.settings()))) {
                assertEquals(1, files.fetch("s3://bucket/in/" + bytes).files().size());
            }
        }
        assertNothingLeftHere();
    }

    @Test
    void aPartThatIsAlteredOnTheWayUpIsSentAgain() {
        ReleaseId id;
        try (Wire wire = Wire.to(server.endpoint());
                Releases releases = releases(server.settings().withEndpoint(wire.endpoint()))) {
            wire.fate(connection -> connection <= 2 ? Fate.alters(100_000) : Fate.WHOLE);
            id = publish(releases, 1, LARGE);
        }
        assertWhole(id);
    }

    @Test
    void aNetworkThatAltersAllThatIsSentIsTold() {
        try (Wire wire = Wire.to(server.endpoint());
                Releases releases = releases(server.settings().withEndpoint(wire.endpoint()))) {
            wire.fate(_ -> Fate.altersEvery(100_000));
            refused(Fault.OUTSIDE, "not what was sent", () -> publish(releases, 1, LARGE));
        }
        try (Releases releases = releases()) {
            assertTrue(releases.current().isEmpty());
        }
    }

    private ReleaseId released() {
        try (Releases releases = releases()) {
            return publish(releases, 1, LARGE);
        }
    }

    /** An object whose only proof is its ETag, as tools of old upload it. */
    private void given(String key, int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        try (Aws aws = Aws.open(server.settings());
                S3AsyncClient client = aws.client(S3AsyncClient.builder()
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .forcePathStyle(true))) {
            Aws.await(
                    "Writing",
                    client.putObject(
                            request -> request.bucket("bucket").key(key), AsyncRequestBody.fromBytes(content)));
        }
    }

    private void altering(boolean onlyOnce) {
        Set<String> altered = ConcurrentHashMap.newKeySet();
        layer.to(new Layer.Plan() {
            @Override
            public InputStream read(Call call, InputStream content) {
                if (!altered.add(call.key()) && onlyOnce) {
                    return content;
                }
                try (content) {
                    byte[] bytes = content.readAllBytes();
                    bytes[bytes.length / 2] ^= 1;
                    return new ByteArrayInputStream(bytes);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        });
    }
}
