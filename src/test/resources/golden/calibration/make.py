"""Makes calibration.json: curves that scikit-learn 1.2.1 fits. Run it again only to add cases: python3 make.py > calibration.json"""

import json

import numpy as np
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

random = np.random.default_rng(20261126)


def isotonic(name, x, y, weights, asked):
    curve = IsotonicRegression(out_of_bounds="clip").fit(x, y, sample_weight=weights)
    return {
        "name": name,
        "x": list(map(float, x)),
        "y": list(map(float, y)),
        "weights": list(map(float, weights)),
        "asked": list(map(float, asked)),
        "expected": list(map(float, curve.predict(asked))),
    }


def platt(name, scores, real):
    curve = _SigmoidCalibration().fit(np.asarray(scores), np.asarray(real))
    return {
        "name": name,
        "scores": list(map(float, scores)),
        "real": list(map(bool, real)),
        "slope": float(-curve.a_),
        "intercept": float(-curve.b_),
    }


def labels(probabilities):
    return (random.random(len(probabilities)) < probabilities).astype(float)


few = np.array([0.1, 0.4, 0.35, 0.8, 0.5, 0.45, 0.2])
many = random.random(200)
coarse = np.round(random.random(200), 1)
scores = random.normal(size=300)
print(
    json.dumps(
        {
            "isotonic": [
                isotonic("few rows", few, [0, 0, 1, 1, 0, 1, 0], np.ones(7), np.linspace(-0.2, 1.2, 29)),
                isotonic("many rows", many, labels(many**2), np.ones(200), np.linspace(0, 1, 41)),
                isotonic("ties", coarse, labels(coarse), np.ones(200), np.linspace(0, 1, 41)),
                isotonic("weights", many, labels(many), random.integers(1, 9, 200), np.linspace(0, 1, 41)),
                isotonic("falling", many, labels(1 - many), np.ones(200), np.linspace(0, 1, 11)),
                isotonic("one value", np.full(5, 0.3), [0, 1, 1, 0, 1], np.ones(5), [0.0, 0.3, 1.0]),
            ],
            "platt": [
                platt("noisy", scores, random.random(300) < 1 / (1 + np.exp(-(1.7 * scores - 1)))),
                platt("rare", scores, random.random(300) < 1 / (1 + np.exp(-(scores - 3)))),
                platt("separated", [-2, -1, -0.5, 0.5, 1, 2], [False, False, False, True, True, True]),
                platt("flat", scores, random.random(300) < 0.4),
            ],
        },
        indent=1,
    )
)
