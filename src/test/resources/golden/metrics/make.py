"""How the expected figures in this folder were made: scikit-learn 1.2.1, NumPy 1.24.2. Nothing runs this but a person."""
import json
import numpy as np
from sklearn import metrics as m

rng = np.random.default_rng(7)
cases = []


def bins_error(p, y, w):
    """Ten bins of about as many rows each, by falling probability, equal probabilities together."""
    order = np.argsort(-p, kind="stable")
    n, at, error = len(p), 0, 0.0
    edges = [(b + 1) * n // 10 for b in range(10)]
    while at < n:
        end = next(e for e in edges if e > at)
        while end < n and p[order[end]] == p[order[end - 1]]:
            end += 1
        rows = order[at:end]
        error += abs(np.sum(w[rows] * p[rows]) - np.sum(w[rows] * y[rows]))
        at = end
    return error / np.sum(w)


def two(name, p, y, w):
    called = p > 0.5
    k = np.repeat(np.arange(len(y)), w)
    fpr, tpr, _ = m.roc_curve(y, p, sample_weight=w)
    auc = m.roc_auc_score(y, p, sample_weight=w)
    figures = {
        "accuracy": m.accuracy_score(y, called, sample_weight=w),
        "auc": auc,
        "pr_auc": m.average_precision_score(y, p, sample_weight=w),
        "gini": 2 * auc - 1,
        "ks": np.max(tpr - fpr) if np.max(tpr - fpr) >= np.max(fpr - tpr) else np.max(fpr - tpr),
        "log_loss": m.log_loss(y, np.c_[1 - p, p], sample_weight=w),
        "brier": m.brier_score_loss(y, p, sample_weight=w),
        "calibration_error": bins_error(p, y, w),
        "precision": m.precision_score(y, called, sample_weight=w, zero_division=0),
        "recall": m.recall_score(y, called, sample_weight=w, zero_division=0),
        "f1": m.f1_score(y, called, sample_weight=w, zero_division=0),
        "balanced_accuracy": m.balanced_accuracy_score(y, called, sample_weight=w),
        "mcc": m.matthews_corrcoef(y[k], called[k]),
        "positive_rate": np.average(y, weights=w),
    }
    cases.append({"name": name, "kind": "two", "truth": y.tolist(), "probability": p.tolist(), "counts": w.tolist(),
                  "figures": {key: float(value) for key, value in figures.items()}})


def many(name, p, y, w):
    classes = p.shape[1]
    called = p.argmax(axis=1)
    labels = list(range(classes))
    figures = {
        "accuracy": m.accuracy_score(y, called, sample_weight=w),
        "auc": np.mean([m.roc_auc_score(y == c, p[:, c], sample_weight=w) for c in labels]),
        "log_loss": m.log_loss(y, p, sample_weight=w, labels=labels),
        "brier": np.average(((p - np.eye(classes)[y]) ** 2).sum(axis=1), weights=w),
        "calibration_error": bins_error(p.max(axis=1), (called == y).astype(int), w),
        "macro_precision": m.precision_score(y, called, labels=labels, average="macro", sample_weight=w, zero_division=0),
        "macro_recall": m.recall_score(y, called, labels=labels, average="macro", sample_weight=w, zero_division=0),
        "macro_f1": m.f1_score(y, called, labels=labels, average="macro", sample_weight=w, zero_division=0),
        "micro_f1": m.f1_score(y, called, labels=labels, average="micro", sample_weight=w),
    }
    cases.append({"name": name, "kind": "many", "truth": y.tolist(), "probability": p.T.tolist(), "counts": w.tolist(),
                  "figures": {key: float(value) for key, value in figures.items()}})


def number(name, p, y, w):
    figures = {
        "rmse": np.sqrt(m.mean_squared_error(y, p, sample_weight=w)),
        "mae": m.mean_absolute_error(y, p, sample_weight=w),
        "r2": m.r2_score(y, p, sample_weight=w),
        "mape": m.mean_absolute_percentage_error(y, p, sample_weight=w),
    }
    cases.append({"name": name, "kind": "number", "truth": y.tolist(), "probability": p.tolist(), "counts": w.tolist(),
                  "figures": {key: float(value) for key, value in figures.items()}})


def ones(y):
    return np.ones(len(y), dtype=int)


y = rng.integers(0, 2, 60)
two("as usual", np.clip(0.3 * y + 0.7 * rng.random(60), 0, 1), y, ones(y))
two("counted several times", rng.random(60), y, rng.integers(0, 4, 60))
two("many ties", np.round(rng.random(60) * 5) / 5 * 0.98 + 0.01, y, ones(y))
rare = (rng.random(200) < 0.05).astype(int)
rare[3] = 1
two("a rare class", np.clip(0.02 + 0.2 * rare * rng.random(200) + 0.1 * rng.random(200), 0, 1), rare, rng.integers(0, 3, 200) + rare)
two("sure, and sometimes wrong", np.where(rng.random(60) < 0.1, 1 - y, y).astype(float), y, ones(y))
two("worse than guessing", np.clip(0.8 - 0.5 * y + 0.1 * rng.random(60), 0, 1), y, ones(y))
two("every row the same", np.full(60, 0.4), y, ones(y))

y = rng.integers(0, 4, 90)
p = rng.random((90, 4)) + np.eye(4)[y]
many("four classes", p / p.sum(axis=1, keepdims=True), y, ones(y))
p = rng.random((90, 4))
many("four classes, counted several times", p / p.sum(axis=1, keepdims=True), y, rng.integers(0, 3, 90))
y = np.r_[np.zeros(50, int), np.ones(8, int), np.full(2, 2)]
p = np.c_[np.full(60, 0.6), np.full(60, 0.3), np.full(60, 0.1)] + 0.05 * np.eye(3)[y]
many("classes that are never predicted", p / p.sum(axis=1, keepdims=True), y, ones(y))

y = 100 * rng.standard_normal(50)
number("numbers", y + 10 * rng.standard_normal(50), y, ones(y))
number("numbers, counted several times", y + 10 * rng.standard_normal(50), y, rng.integers(0, 4, 50))
y[:3] = 0
number("numbers with zeros", y + 1, y, ones(y))

with open("figures.json", "w") as file:
    json.dump(cases, file, indent=1)
    file.write("\n")
