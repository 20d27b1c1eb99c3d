package smew.app;

import java.util.Optional;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Manifest;

/**
 * What one run did.
 *
 * @param place where the release is, a folder or an address
 * @param example one scored entity as the server would answer it, in JSON; empty without a model
 */
record RunResult(Manifest manifest, String place, Optional<String> example) {

    /**
     * Fails where a gate held the release back.
     *
     * @throws SmewException GATE, saying what for and what can be done
     */
    void requireCurrent() {
        if (manifest.held()) {
            throw new SmewException(
                    Fault.GATE,
                    "Release " + manifest.id() + " was kept, and did not become current: "
                            + manifest.gate().stream()
                                    .flatMap(gate -> gate.findings().stream())
                                    .map(finding -> finding.model() + ": " + finding.text())
                                    .collect(Collectors.joining("; "))
                            + ". Make the model better, or run with --force REASON; `smew rollback " + manifest.id()
                            + "` makes this one current.");
        }
    }
}
