package smew.columns;

import java.util.Arrays;
import java.util.List;

/** Which batch of a file a row lies in. */
final class BatchStarts {

    private final int[] starts;

    /** Of every batch but the last one in the files that Smew writes. */
    private final int usual;

    BatchStarts(List<FileLayout.Batch> batches) {
        this.starts = new int[batches.size() + 1];
        for (int i = 0; i < batches.size(); i++) {
            starts[i + 1] = starts[i] + batches.get(i).rows();
        }
        this.usual = Math.max(1, starts[Math.min(1, batches.size())]);
    }

    int count() {
        return starts.length - 1;
    }

    int rows() {
        return starts[count()];
    }

    int rows(int batch) {
        return starts[batch + 1] - starts[batch];
    }

    int start(int batch) {
        return starts[batch];
    }

    /** The batch of a row. */
    int of(int row) {
        int guess = Math.min(row / usual, count() - 1);
        if (starts[guess] <= row && row < starts[guess + 1]) {
            return guess;
        }
        int found = Arrays.binarySearch(starts, row);
        return found >= 0 ? found : -found - 2;
    }
}
