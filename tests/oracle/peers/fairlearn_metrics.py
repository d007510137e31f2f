"""Fairlearn's and scikit-learn's metrics by group; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import numpy as np
    from fairlearn import metrics
    from sklearn.metrics import accuracy_score, brier_score_loss, precision_score
except ImportError as missing:
    sys.stdout.write(json.dumps({"missing": str(missing)}) + "\n")
    sys.exit(0)

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
came, said, group = (np.array(work[name]) for name in ("came", "decided", "group"))


def base_rate(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Return the share that came."""
    del y_pred
    return float(np.mean(y_true))


frame = metrics.MetricFrame(
    metrics={
        "selection_rate": metrics.selection_rate,
        "base_rate": base_rate,
        "true_positive_rate": metrics.true_positive_rate,
        "false_positive_rate": metrics.false_positive_rate,
        "false_negative_rate": metrics.false_negative_rate,
        "true_negative_rate": metrics.true_negative_rate,
        "positive_predictive_value": precision_score,
        "accuracy": accuracy_score,
    },
    y_true=came,
    y_pred=said,
    sensitive_features=group,
)
found = {name: frame.by_group[name].to_dict() for name in frame.by_group.columns}
found["brier"] = float(brier_score_loss(came, np.array(work["score"])))
sys.stdout.write(json.dumps(found) + "\n")
