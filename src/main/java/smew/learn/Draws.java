package smew.learn;

/** A stream of pseudo-random numbers that is the same on every machine and Java: SplitMix64 (Steele et al. 2014). */
final class Draws {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Draws(long seed) {
        state = seed;
    }

    /** An independent stream for the part of a piece of work with that number. */
    static Draws of(long seed, long part) {
        return new Draws(mix(mix(seed) + part * GOLDEN));
    }

    /** Spreads every bit of the input over all bits of the output. */
    static long mix(long bits) {
        long z = bits + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long next() {
        long drawn = mix(state);
        state += GOLDEN;
        return drawn;
    }

    /** From 0 to below the bound; the bias of the multiplication is below bound / 2^64. */
    int below(int bound) {
        return (int) Math.unsignedMultiplyHigh(next(), bound);
    }

    /** From 0 to below 1. */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** The first rows of a shuffle of 0 … size-1, in random order. */
    int[] sample(int size, int count) {
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = i;
        }
        for (int i = 0; i < count; i++) {
            int j = i + below(size - i);
            int swapped = rows[i];
            rows[i] = rows[j];
            rows[j] = swapped;
        }
        return java.util.Arrays.copyOf(rows, count);
    }
}
