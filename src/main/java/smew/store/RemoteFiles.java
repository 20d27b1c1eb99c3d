package smew.store;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.base.Work;

/**
 * Files that lie on S3 and are read here. Nothing of AWS is reached before one is asked for. The copies stay until this is
 * closed. For one thread at a time.
 */
public final class RemoteFiles implements AutoCloseable {

    private final StoreSettings settings;
    private @Nullable Opened opened;
    private int patterns;

    /** What is there once something was asked for. */
    private record Opened(S3Objects objects, Session session, Copies copies) {}

    /**
     * Prepares; nothing is opened.
     *
     * @param settings how S3 is reached; their location does not matter
     */
    public RemoteFiles(StoreSettings settings) {
        this.settings = settings;
    }

    /**
     * Files that an address stands for.
     *
     * @param pattern a path, or a glob, that gives the copies of just these files
     * @param files in the order of their keys; none where nothing is there
     */
    public record Found(String pattern, List<File> files) {
        public Found {
            files = List.copyOf(files);
        }
    }

    /** One file: its address, and its copy on this machine. */
    public record File(String uri, Path copy) {}

    /** Whether an address lies on S3. */
    public static boolean isRemote(String address) {
        return S3Location.isOne(address);
    }

    /**
     * Brings files to this machine.
     *
     * @param address an object, a prefix that ends with a slash, or a pattern with {@code *}, {@code **}, {@code ?} and
     *     {@code [...]} as DuckDB has them
     * @throws SmewException NOT_FOUND without the bucket; OUTSIDE when S3 refuses, or a file arrives damaged
     */
    public Found fetch(String address) {
        S3Location wanted = S3Location.of(address);
        Opened here = open();
        Path root = here.session().folder().resolve("inputs").resolve(Integer.toString(patterns++));
        List<S3Objects.Listed> listed;
        String pattern;
        if (wanted.key().isEmpty() || wanted.key().endsWith("/")) {
            listed = data(here.objects().below(wanted));
            pattern = wanted.key() + "**";
        } else if (wanted.key().matches(".*[*?\\[].*")) {
            listed = matching(here.objects(), wanted);
            pattern = wanted.key();
        } else {
            Optional<S3Objects.Listed> object = here.objects().look(wanted);
            listed = object.map(List::of).orElseGet(() -> data(here.objects().below(wanted.resolve(""))));
            pattern = object.isPresent() ? wanted.key() : wanted.key() + "/**";
        }
        return new Found(
                root.toString().replace('\\', '/') + "/" + pattern, fetch(here, wanted.bucket(), listed, root));
    }

    /** How many files an address with a slash at its end stands for; nothing is brought here. */
    public int count(String folder) {
        return data(open().objects().below(S3Location.of(folder))).size();
    }

    private static List<S3Objects.Listed> matching(S3Objects objects, S3Location wanted) {
        String literal = wanted.key().replaceFirst("[*?\\[].*", "");
        PathMatcher matcher = FileSystems.getDefault()
                .getPathMatcher("glob:" + wanted.key().replace("{", "\\{").replace("}", "\\}"));
        return objects.below(new S3Location(wanted.bucket(), literal)).stream()
                .filter(object -> !object.key().endsWith("/") && matcher.matches(Path.of(object.key())))
                .toList();
    }

    /** Without what tools leave beside data: markers of folders, and names that begin with a dot or an underscore. */
    private static List<S3Objects.Listed> data(List<S3Objects.Listed> below) {
        return below.stream()
                .filter(object -> !object.key().matches("(.*/)?([._][^/]*)?"))
                .toList();
    }

    private static List<File> fetch(Opened here, String bucket, List<S3Objects.Listed> listed, Path root) {
        Download download = new Download(here.objects());
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            return listed.stream()
                    .sorted(Comparator.comparing(S3Objects.Listed::key))
                    .map(object ->
                            CompletableFuture.supplyAsync(() -> fetch(here, download, bucket, object, root), waiting))
                    .toList()
                    .stream()
                    .map(Work::join)
                    .toList();
        }
    }

    private static File fetch(Opened here, Download download, String bucket, S3Objects.Listed listed, Path root) {
        S3Location object = new S3Location(bucket, listed.key());
        Path copy = root.resolve(listed.key()).normalize();
        if (!copy.startsWith(root)) {
            throw new SmewException(
                    Fault.DATA, "Reading " + object + ": its key leads out of its own folder. Rename the object.");
        }
        here.copies()
                .link(
                        object + "@" + listed.etag(),
                        listed.bytes(),
                        copy,
                        fresh -> download.proven(fresh, object, listed));
        return new File(object.toString(), copy);
    }

    private Opened open() {
        Opened known = opened;
        if (known == null) {
            S3Objects objects = S3Objects.open(settings);
            known = new Opened(
                    objects,
                    Session.open(settings.s3().cache()),
                    new Copies(settings.s3().cache(), settings.s3().cacheBytes()));
            opened = known;
        }
        return known;
    }

    @Override
    public void close() {
        Opened known = opened;
        if (known != null) {
            try {
                known.objects().close();
            } finally {
                known.session().close();
            }
        }
    }
}
