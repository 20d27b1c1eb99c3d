package smew.store;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import smew.base.SmewException;

/**
 * What the uploads of one writer share: how much of them may be in memory at once, and that one failure is the end of all. Without
 * that a store that died would be found dead anew by every part of every file.
 */
final class Lane {

    private final Semaphore free;
    private final AtomicReference<SmewException> stopped = new AtomicReference<>();

    Lane(int atOnce) {
        this.free = new Semaphore(atOnce);
    }

    /** Waits for a place, to be given back with {@link #leave}. */
    void enter() throws InterruptedException {
        free.acquire();
        try {
            check();
        } catch (SmewException failed) {
            free.release();
            throw failed;
        }
    }

    void leave() {
        free.release();
    }

    /** Ends all that waits or comes; the first reason stays, and is the answer. */
    SmewException stop(SmewException reason) {
        SmewException first = stopped.compareAndExchange(null, reason);
        return first == null ? reason : first;
    }

    /** Throws the reason of the end, if it came. */
    void check() {
        SmewException reason = stopped.get();
        if (reason != null) {
            throw reason;
        }
    }
}
