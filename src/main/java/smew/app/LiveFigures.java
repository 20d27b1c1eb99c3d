package smew.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.model.Curves;
import smew.monitor.Drift;

/**
 * How right predictions were.
 *
 * @param release whose card the figures stand beside
 * @param loaded rows of the file with a label
 * @param unlabelled rows without one
 * @param known whether the file was loaded before
 * @param outcomes that are known in all
 * @param unmatched those of them that nothing was predicted for beforehand
 * @param releases how many of the predictions each release made
 * @param live figures of the predictions whose outcome is known
 * @param heldOut the figures of the card
 * @param calibration what was said and what came true
 * @param drift of the predictions; empty where an older Smew made the card
 */
record LiveFigures(
        String model,
        String release,
        long loaded,
        long unlabelled,
        boolean known,
        long outcomes,
        long matched,
        long unmatched,
        Map<String, Long> releases,
        Map<String, Double> live,
        Map<String, Double> heldOut,
        List<Curves.Bin> calibration,
        Optional<Drift> drift) {}
