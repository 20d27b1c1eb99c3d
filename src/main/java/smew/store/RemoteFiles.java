package smew.store;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import smew.aws.AwsLibrary;
import smew.base.Fault;
import smew.base.SmewException;
import smew.base.Work;

/**
 * Files that lie on S3 and are read here, or that are written there. Nothing of AWS is reached before one is asked for. The
 * copies stay until this is closed. For one thread at a time.
 */
public final class RemoteFiles implements AutoCloseable {

    private static final int FILES_AT_ONCE = 64;
    private static final int PARTS_AT_ONCE = 8;

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
        boolean prefix = wanted.key().isEmpty() || wanted.key().endsWith("/");
        boolean pattern = !prefix && wanted.key().matches(".*[*?\\[].*");
        List<S3Objects.Listed> listed = pattern ? here.objects().below(start(wanted)) : List.of();
        Optional<S3Objects.Listed> one =
                pattern || prefix ? named(listed, wanted.key()) : here.objects().look(wanted);
        if (one.isPresent()) {
            // An object whose own name has a star or a bracket in it goes before the pattern.
            return found(here, wanted, literal(wanted.key()), List.of(one.get()));
        }
        if (pattern) {
            return found(here, wanted, wanted.key(), matching(listed, wanted));
        }
        S3Location below = prefix ? wanted : wanted.resolve("");
        return found(
                here, wanted, literal(below.key()) + "**", data(here.objects().below(below)));
    }

    /** How many files an address with a slash at its end stands for; nothing is brought here. */
    public int count(String folder) {
        return data(open().objects().below(S3Location.of(folder))).size();
    }

    /**
     * Writes a file to S3, in place of what is there; who reads meanwhile gets the old object or the new one.
     *
     * @param address of the object
     */
    public void put(Path file, String address) {
        Upload upload = Upload.of(open().objects(), new Lane(PARTS_AT_ONCE), file, S3Location.of(address));
        upload.complete();
        upload.await();
    }

    private Found found(Opened here, S3Location wanted, String pattern, List<S3Objects.Listed> listed) {
        Path root = here.session().folder().resolve("inputs").resolve(Integer.toString(patterns++));
        return new Found(
                literal(root.toString().replace('\\', '/')) + "/" + pattern,
                fetch(here, wanted.bucket(), listed, root));
    }

    /** Where the names that fit a pattern begin. */
    private static S3Location start(S3Location pattern) {
        return new S3Location(pattern.bucket(), pattern.key().replaceFirst("[*?\\[].*", ""));
    }

    private static Optional<S3Objects.Listed> named(List<S3Objects.Listed> listed, String key) {
        return listed.stream().filter(object -> object.key().equals(key)).findFirst();
    }

    /** A pattern that gives just this name. */
    private static String literal(String name) {
        return name.replaceAll("[*?\\[]", "[$0]");
    }

    private static List<S3Objects.Listed> matching(List<S3Objects.Listed> listed, S3Location wanted) {
        // Java wants a folder where DuckDB takes none as well.
        String glob = wanted.key().replace("{", "\\{").replace("}", "\\}").replace("**/", "{,**/}");
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            return listed.stream()
                    .filter(object -> !object.key().endsWith("/") && matcher.matches(Path.of(object.key())))
                    .toList();
        } catch (IllegalArgumentException notOne) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Looking for " + wanted + ": it is no pattern ("
                            + String.valueOf(notOne.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("") + "). Close its brackets.",
                    notOne);
        }
    }

    /** Without what tools leave beside data: markers of folders, and names that begin with a dot or an underscore. */
    private static List<S3Objects.Listed> data(List<S3Objects.Listed> below) {
        return below.stream()
                .filter(object -> !object.key().matches("(.*/)?([._][^/]*)?"))
                .toList();
    }

    private static List<File> fetch(Opened here, String bucket, List<S3Objects.Listed> listed, Path root) {
        Download download = new Download(here.objects());
        Map<Path, S3Objects.Listed> places = new TreeMap<>();
        listed.stream().sorted(Comparator.comparing(S3Objects.Listed::key)).forEach(object -> {
            Path place = place(bucket, object, root);
            S3Objects.Listed same = places.putIfAbsent(place, object);
            if (same != null) {
                throw collide(bucket, same, object);
            }
        });
        places.forEach((place, object) -> {
            for (Path up = place.resolveSibling("."); up.normalize().startsWith(root); up = up.resolve("..")) {
                S3Objects.Listed above = places.get(up.normalize());
                if (above != null) {
                    throw collide(bucket, above, object);
                }
            }
        });
        return Work.each(
                List.copyOf(places.entrySet()),
                FILES_AT_ONCE,
                object -> fetch(here, download, bucket, object.getValue(), object.getKey()));
    }

    private static Path place(String bucket, S3Objects.Listed object, Path root) {
        try {
            Path place = root.resolve(object.key()).normalize();
            if (place.startsWith(root) && !place.equals(root)) {
                return place;
            }
        } catch (InvalidPathException notHere) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + new S3Location(bucket, object.key())
                            + ": its key is no name of a file on this machine. Rename the object.",
                    notHere);
        }
        throw new SmewException(
                Fault.DATA,
                "Reading " + new S3Location(bucket, object.key())
                        + ": its key leads out of its own folder. Rename the object.");
    }

    private static SmewException collide(String bucket, S3Objects.Listed one, S3Objects.Listed other) {
        return new SmewException(
                Fault.DATA,
                "Reading " + new S3Location(bucket, one.key()) + " and " + new S3Location(bucket, other.key())
                        + ": both would be the same file or folder on this machine. Rename one, or name a pattern that"
                        + " gives only one.");
    }

    private static File fetch(Opened here, Download download, String bucket, S3Objects.Listed listed, Path copy) {
        S3Location object = new S3Location(bucket, listed.key());
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
            AwsLibrary.open();
            Session session = Session.open(settings.s3().cache());
            try {
                known = new Opened(
                        S3Objects.open(settings),
                        session,
                        new Copies(settings.s3().cache(), settings.s3().cacheBytes()));
            } catch (RuntimeException failed) {
                session.close();
                throw failed;
            }
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
