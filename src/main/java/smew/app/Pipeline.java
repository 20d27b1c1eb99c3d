package smew.app;

import java.nio.file.Path;
import java.util.List;
import smew.base.Progress;
import smew.release.Manifest;

/** Wires the rooms together. STUB: the lead fills this in. */
final class Pipeline implements Engine {

    @Override
    public RunResult run(RunRequest request, Progress progress) {
        throw new UnsupportedOperationException("run");
    }

    @Override
    public List<Manifest.Check> check(RunRequest request, Progress progress) {
        throw new UnsupportedOperationException("check");
    }

    @Override
    public RunningServer serve(ServeRequest request) {
        throw new UnsupportedOperationException("serve");
    }

    @Override
    public Preview preview(SqlRequest request, int limit) {
        throw new UnsupportedOperationException("sql");
    }

    @Override
    public void export(SqlRequest request, SqlRequest.Format format, Path file) {
        throw new UnsupportedOperationException("sql");
    }

    @Override
    public List<ReleaseLine> releases(Path store) {
        throw new UnsupportedOperationException("releases");
    }

    @Override
    public ReleaseLine rollback(Path store, String id) {
        throw new UnsupportedOperationException("rollback");
    }

    @Override
    public List<AlgorithmLine> algorithms() {
        throw new UnsupportedOperationException("algorithms");
    }
}
