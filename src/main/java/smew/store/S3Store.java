package smew.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import smew.base.Content;

/** A prefix of an S3 bucket. What is read is kept on this machine, by digest, within the bounds of the settings. */
public final class S3Store implements Store {

    private static final int PARTS_AT_ONCE = 8;

    private final S3Objects objects;
    private final S3Location location;
    private final Copies copies;
    private final Session session;

    private S3Store(S3Objects objects, S3Location location, Copies copies, Session session) {
        this.objects = objects;
        this.location = location;
        this.copies = copies;
        this.session = session;
    }

    static S3Store open(StoreSettings settings) {
        S3Location location = S3Location.of(settings.location());
        Session session = Session.open(settings.s3().cache());
        try {
            return new S3Store(
                    S3Objects.open(settings),
                    location,
                    new Copies(settings.s3().cache(), settings.s3().cacheBytes()),
                    session);
        } catch (RuntimeException failed) {
            session.close();
            throw failed;
        }
    }

    @Override
    public String location() {
        return location.toString();
    }

    @Override
    public String where(String key) {
        return location.resolve(key).toString();
    }

    @Override
    public Optional<byte[]> read(String key) {
        return objects.read(location.resolve(key)).map(S3Objects.Read::bytes);
    }

    @Override
    public boolean holds(String key) {
        return objects.look(location.resolve(key)).isPresent();
    }

    @Override
    public List<String> list(String prefix) {
        return objects.names(location.resolve(prefix.isEmpty() ? "" : prefix + "/"));
    }

    /** A copy that lies on its shelf under its key. One that is not what it should be is fetched once more. */
    @Override
    public Optional<Path> file(String shelf, String key, Content content) {
        S3Location object = location.resolve(key);
        Path file = shelf(shelf).resolve(key);
        String identity = identity(content);
        Optional<S3Objects.Listed> listed = objects.look(object);
        for (int attempt = 1; listed.isPresent() && attempt <= 2; attempt++) {
            S3Objects.Listed found = listed.get();
            copies.link(identity, found.bytes(), file, fresh -> new Download(objects).to(fresh, object, found));
            try {
                if (content.isOf(file)) {
                    return Optional.of(file);
                }
            } catch (IOException failed) {
                throw Copies.failure("Reading", file, failed);
            }
            copies.drop(identity);
        }
        return Optional.empty();
    }

    private static String identity(Content content) {
        return "sha256:" + content.sha256();
    }

    /**
     * A file of which only parts are brought to this machine, until {@link #close}.
     *
     * @param content what all of it is
     * @return empty where a whole copy is here already, or the key has no value
     */
    public Optional<Sparse> sparse(String key, Content content) {
        if (copies.has(identity(content), content.bytes())) {
            return Optional.empty();
        }
        S3Location object = location.resolve(key);
        Path file = session.folder().resolve("sparse").resolve(key);
        return objects.look(object).map(listed -> Sparse.of(objects, object, listed, file));
    }

    @Override
    public void forget(String shelf) {
        FolderStore.delete(shelf(shelf));
    }

    private Path shelf(String name) {
        return session.folder().resolve("shelves").resolve(name);
    }

    /** The key names the content, so what is there already is not sent again. */
    @Override
    public void keep(Path file, String key) {
        if (!keeps(file, key)) {
            replace(file, key);
        }
    }

    @Override
    public void replace(Path file, String key) {
        Upload upload = Upload.of(objects, new Lane(PARTS_AT_ONCE), file, location.resolve(key));
        upload.complete();
        upload.await();
    }

    /** When each object below a prefix was written last, by key. */
    public Map<String, Instant> written(String prefix) {
        int start = location.resolve("").key().length();
        Map<String, Instant> written = new TreeMap<>();
        objects.below(location.resolve(prefix + "/"))
                .forEach(object -> written.put(object.key().substring(start), object.modified()));
        return written;
    }

    @Override
    public void drop(List<String> keys) {
        objects.delete(
                location.bucket(),
                keys.stream().map(key -> location.resolve(key).key()).toList(),
                false);
    }

    /** Whether a file is there already under the key that names its content. */
    public boolean keeps(Path file, String key) {
        try {
            long bytes = Files.size(file);
            return objects.look(location.resolve(key))
                    .filter(found -> found.bytes() == bytes)
                    .isPresent();
        } catch (IOException failed) {
            throw Store.failure("Reading", file, failed);
        }
    }

    @Override
    public S3Writer write(String head) {
        return S3Writer.begin(objects, location, session, head);
    }

    @Override
    public void close() {
        try {
            objects.close();
        } finally {
            session.close();
        }
    }
}
