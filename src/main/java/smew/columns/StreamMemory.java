package smew.columns;

import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;

/**
 * Memory for one stream of a stranger, all of it given back in the end: of a batch that turns out to be damaged, Arrow 19 forgets
 * the buffers, and what its own allocator has forgotten is lost to the process. For one thread.
 */
final class StreamMemory implements AllocationManager.Factory, AutoCloseable {

    private static final long ALIGNED_BYTES = 8;

    private final Set<Arena> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Arena own = Arena.ofConfined();

    /**
     * An allocator of this memory. It need not be closed, and could not be where buffers are forgotten.
     *
     * @param limitBytes at once
     */
    BufferAllocator allocator(long limitBytes) {
        return new RootAllocator(RootAllocator.configBuilder()
                .allocationManagerFactory(this)
                .maxAllocation(limitBytes)
                .build());
    }

    @Override
    public AllocationManager create(BufferAllocator accounting, long size) {
        return new Block(accounting, size);
    }

    @Override
    public ArrowBuf empty() {
        return new ArrowBuf(ReferenceManager.NO_OP, null, 0, own.allocate(1).address());
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(Arena::close);
        open.clear();
        own.close();
    }

    /** One piece, which may be given back before all others. */
    private final class Block extends AllocationManager {

        private final Arena arena = Arena.ofConfined();
        private final long size;
        private final long address;

        Block(BufferAllocator accounting, long size) {
            super(accounting);
            this.size = size;
            this.address = arena.allocate(Math.max(1, size), ALIGNED_BYTES).address();
            open.add(arena);
        }

        @Override
        public long getSize() {
            return size;
        }

        @Override
        protected long memoryAddress() {
            return address;
        }

        @Override
        protected void release0() {
            if (open.remove(arena)) {
                arena.close();
            }
        }
    }
}
