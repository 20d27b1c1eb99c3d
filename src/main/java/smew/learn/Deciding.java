package smew.learn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
        return new SmewException(
                Fault.CONFIGURATION,
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
            throw new SmewException(
                    Fault.DATA,
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
        calibration.ifPresent(this::tell);
        Calibrator calibrator =
                Calibrator.of(calibration.map(Calibration::maps).orElse(java.util.List.of()), rows.positive());
        Optional<Threshold> chosen = threshold.map(rule -> new Thresholding(
                        definition,
                        rows.corrected(calibrator).probabilities()[rows.positive()],
                        rows.are(rows.positive()))
                .by(rule));
        return own.with(card.with(calibration, chosen));
    }

    private void tell(Calibration calibration) {
        if (calibration.method() == Calibration.Method.NONE) {
            LOG.log(
                    Level.INFO,
                    "Model " + definition.name() + " keeps its own probabilities, which had the least log loss on "
                            + calibration.rows() + " rows of their own: " + Calibrating.comparison(calibration) + ".");
        }
    }

    /** Says so where probabilities are further from the truth than the shares of the classes, and nothing corrects them. */
    void warn(Card card) {
        Double trivial = card.metrics().baseline().get("log_loss");
        Optional<Interval> loss = card.metrics()
                .uncertainty()
                .map(Uncertainty::intervals)
                .flatMap(intervals -> Optional.ofNullable(intervals.get("log_loss")));
        if (calibrate.method() == Calibrate.Method.NONE
                && fitting.target().classCount() > 0
                && trivial != null
                && loss.filter(interval -> interval.low() > trivial).isPresent()) {
            LOG.log(
                    Level.INFO,
                    "The probabilities of model " + definition.name()
                            + " are further from the truth than the shares of its classes: log loss "
                            + round(card.metrics().figures().getOrDefault("log_loss", Double.NaN)) + ", against "
                            + round(trivial) + ". "
                            + switch (definition.resample()) {
                                case NONE -> "";
                                case SMOTE -> "SMOTE makes rare classes look frequent. ";
                                case CLASS_WEIGHT -> "Class weights make rare classes look frequent. ";
                            }
                            + "Add @calibrate auto to correct them.");
        }
    }

    private static String round(double figure) {
        return String.format(java.util.Locale.ROOT, "%.4g", figure);
    }
}
