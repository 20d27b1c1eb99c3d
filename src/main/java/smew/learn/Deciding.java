package smew.learn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Calibration;
import smew.model.Calibrator;
import smew.model.Card;
import smew.model.Interval;
import smew.model.Predictor;
import smew.model.Threshold;
import smew.model.Uncertainty;
import smew.project.Calibrate;
import smew.project.Directive;
import smew.project.Relation;
import smew.project.ThresholdRule;

/** How a model decides: {@code @calibrate} and {@code @threshold}, from the rows that they need to what a card says of them. */
final class Deciding {

    private static final Logger LOG = System.getLogger("smew.learn");

    /** The mean distance of probabilities from the truth, beyond which nobody should take them for what they say. */
    private static final double FAR = 0.05;

    private final Fitting fitting;
    private final Relation.Model definition;
    private final Calibrate calibrate;
    private final Optional<ThresholdRule> threshold;

    /**
     * Prepares.
     *
     * @throws SmewException CONFIGURATION where the label has no classes, or not two, for what is asked
     */
    Deciding(Fitting fitting) {
        this.fitting = fitting;
        this.definition = fitting.definition();
        this.calibrate = definition.calibration();
        this.threshold = definition.threshold();
        int classes = fitting.target().classCount();
        if (classes == 0
                && calibrate.method() != Calibrate.Method.NONE
                && definition.calibrate().isPresent()) {
            throw wrong(Directive.CALIBRATE, "is a number, and only probabilities of classes can be calibrated");
        }
        if (classes != 2 && threshold.isPresent()) {
            throw wrong(
                    Directive.THRESHOLD,
                    (classes == 0 ? "is a number" : "has " + classes + " classes")
                            + ", and a threshold decides between two");
        }
    }

    private SmewException wrong(Directive directive, String found) {
        return SmewException.at(
                Fault.CONFIGURATION,
                definition.file().where(directive),
                definition.file().where(directive) + ": label " + definition.label() + " " + found
                        + ". Remove the line, or choose another label.");
    }

    /**
     * Sets rows aside where they are needed.
     *
     * @throws SmewException DATA where they are too few for what was asked by name
     */
    Holdout aside(Holdout holdout) {
        boolean rule = threshold.filter(ThresholdRule::chosen).isPresent();
        if (!rule && calibrate.method() == Calibrate.Method.NONE) {
            return holdout;
        }
        SettingAside setting = new SettingAside(fitting);
        Holdout parted = setting.of(holdout, calibrate.share());
        Optional<String> tooFew = setting.tooFew(parted);
        if (tooFew.isEmpty()) {
            return parted;
        }
        if (rule || calibrate.method() != Calibrate.Method.AUTO) {
            Directive directive = rule ? Directive.THRESHOLD : Directive.CALIBRATE;
            throw SmewException.at(
                    Fault.DATA,
                    definition.file().where(directive),
                    "Setting aside " + calibrate.share() + " of the training rows of model " + definition.name()
                            + " for @"
                            + directive.key() + " (" + definition.file().where(directive) + "): " + tooFew.get()
                            + ". Add rows, or remove the line.");
        }
        LOG.log(
                Level.INFO,
                "Model " + definition.name() + " keeps its own probabilities: setting aside " + calibrate.share()
                        + " of its training rows for @calibrate auto, " + tooFew.get() + ".");
        return holdout;
    }

    /**
     * Learns how to decide.
     *
     * @param holdout with the rows set aside
     * @param own the model with its own probabilities
     * @return the same model as it is served
     */
    Predictor decide(Holdout holdout, Predictor own) {
        Card card = own.card();
        if (holdout.calibration().length == 0) {
            Optional<Threshold> written =
                    threshold.map(rule -> new Threshold(((ThresholdRule.Value) rule).probability(), rule.text(), 0));
            return own.with(card.with(Optional.empty(), written));
        }
        CalibrationRows rows = CalibrationRows.of(fitting, holdout, own);
        Optional<Calibration> calibration = calibrate.method() == Calibrate.Method.NONE
                ? Optional.empty()
                : Optional.of(Calibrating.of(rows, calibrate.method()));
        Calibrator calibrator = Calibrator.of(calibration.map(Calibration::maps).orElse(List.of()), rows.positive());
        Optional<Threshold> chosen = threshold.map(rule -> new Thresholding(
                        definition,
                        rows.corrected(calibrator).probabilities()[rows.positive()],
                        rows.are(rows.positive()))
                .by(rule));
        return own.with(card.with(calibration, chosen));
    }

    /** How a model decides that was decided on rows, in a few words: {@code , 5,590 set aside: isotonic, threshold 0.0786}. */
    static String words(Card card) {
        if (card.rows().calibration() == 0) {
            return "";
        }
        List<String> words = new ArrayList<>();
        card.calibration()
                .ifPresent(calibration -> words.add(
                        calibration.method() == Calibration.Method.NONE
                                ? "probabilities as they are"
                                : Chosen.word(calibration.method())));
        card.threshold().ifPresent(threshold -> words.add("threshold " + threshold.value()));
        return String.format(Locale.ROOT, ", %,d set aside: ", card.rows().calibration()) + String.join(", ", words);
    }

    /** Says so where probabilities are far from the truth, and nothing corrects them. */
    void warn(Card card) {
        Optional<Interval> error = card.metrics()
                .uncertainty()
                .map(Uncertainty::intervals)
                .flatMap(intervals -> Optional.ofNullable(intervals.get("calibration_error")))
                .filter(interval -> interval.low() > FAR);
        if (calibrate.method() == Calibrate.Method.NONE && error.isPresent()) {
            LOG.log(
                    Level.INFO,
                    String.format(
                            Locale.ROOT,
                            "What model %s says is off by %.2g to %.2g on the average of held-out rows.%s Add @calibrate auto to"
                                    + " correct its probabilities.",
                            definition.name(),
                            error.get().low(),
                            error.get().high(),
                            switch (definition.resample()) {
                                case NONE -> "";
                                case SMOTE -> " SMOTE makes rare classes look frequent.";
                                case CLASS_WEIGHT -> " Class weights make rare classes look frequent.";
                            }));
        }
    }
}
