package smew.base;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Work that other threads do. */
public final class Work {

    private Work() {}

    /**
     * Does it on a thread of its own, beside the caller. The pool of the JVM has one thread for each processor but one: who waits there
     * for a disk or a database keeps others from it.
     */
    public static <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().name("smew-beside").start(task));
    }

    /** Waits for its result; a failure of ours is thrown as it was thrown there. */
    public static <T> T join(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof SmewException known ? known : failed;
        }
    }

    /**
     * Does the same for each item, on threads that mostly wait. Once one has failed nothing more is begun, and its failure is
     * thrown when all that was under way has ended.
     *
     * @param atOnce how many items at the same time
     * @return the results in the order of the items
     */
    public static <A, B> List<B> each(List<A> items, int atOnce, Function<A, B> work) {
        List<CompletableFuture<B>> results =
                Stream.generate(CompletableFuture<B>::new).limit(items.size()).toList();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(atOnce, items.size()); i++) {
                threads.execute(() -> {
                    for (int item = next.getAndIncrement(); item < items.size(); item = next.getAndIncrement()) {
                        try {
                            results.get(item).complete(work.apply(items.get(item)));
                        } catch (RuntimeException | Error failed) {
                            results.get(item).completeExceptionally(failed);
                            next.set(items.size());
                        }
                    }
                });
            }
        }
        results.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .findFirst()
                .ifPresent(Work::join);
        return results.stream().map(Work::join).toList();
    }
}
