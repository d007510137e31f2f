"""Pools made by chance, and the fairest chances found by listing every panel there is."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from evenground.questions.voice.measures.sortition.people_classes import Quota


def made_pool(n_people, size, n_values, seed):
    """Return codes and quotas round the population's shares, from which the pool departs."""
    rng = np.random.default_rng(seed)
    codes, quotas = [], []
    shares = [rng.dirichlet(np.full(n, 4.0)) for n in n_values]
    for feature, share in enumerate(shares):
        pool = share * rng.uniform(0.5, 1.5, share.size)
        codes.append(rng.choice(share.size, n_people, p=pool / pool.sum()))
        quotas += [
            Quota(feature=feature, value=value, low=int(np.floor(part)), high=int(np.ceil(part)))
            for value, part in enumerate(share * size)
        ]
    return np.array(codes).T, quotas


def every_panel(model):
    """Return all panels by class, shape (n, n_classes)."""
    found = []

    def extend(counts, left):
        at = len(counts)
        if at == model.n_classes - 1:
            if left <= model.most[at]:
                found.append([*counts, left])
            return
        for n in range(min(left, int(model.most[at])) + 1):
            extend([*counts, n], left - n)

    extend([], model.size)
    panels = np.array(found, dtype=np.int64).reshape(-1, model.n_classes)
    sums = panels @ model.sums.toarray().astype(np.int64).T
    return panels[((sums >= model.low) & (sums <= model.high)).all(axis=1)]


def listed_leximin(model, panels):
    """Return leximin chances by class: each level, and who can have more, from all panels."""
    chances = (panels / model.people).T
    n_classes, n = chances.shape
    settled = np.full(n_classes, np.nan)
    total = {"A_eq": np.ones((1, n)), "b_eq": [1], "method": "highs"}
    while np.isnan(settled).any():
        open_ = np.isnan(settled)
        floor = np.where(open_, 0.0, 1e-11 - np.nan_to_num(settled))
        level = -linprog(
            np.append(np.zeros(n), -1.0),
            A_ub=np.column_stack([-chances, open_.astype(float)]), b_ub=floor,
            A_eq=np.append(np.ones(n), 0.0)[None, :], b_eq=[1], method="highs",
        ).fun  # fmt: skip
        floor = np.where(open_, 1e-10 - level, floor)
        most = [-linprog(-chances[at], A_ub=-chances, b_ub=floor, **total).fun
                for at in np.flatnonzero(open_)]  # fmt: skip
        settled[np.flatnonzero(open_)[np.array(most) < level + 1e-7]] = level
    return settled


def listed_nash(model, panels, n_rounds=20_000):
    """Return chances of largest Nash welfare, by the multiplicative rule for mixtures."""
    weights = np.full(len(panels), 1 / len(panels))
    for _ in range(n_rounds):
        expected = np.maximum(weights @ panels, 1e-300)
        weights *= panels @ (model.people / expected)
        weights /= weights.sum()
    return weights @ panels / model.people


def any_pool(seed):
    """Return codes, quotas, size and households (or ``None``) of a small pool of any kind.

    There are panels of one and of everybody, values that nobody has or nobody may have, people who
    must be drawn, people alike, quotas that are tight, loose, missing or cannot be met.
    """
    rng = np.random.default_rng(seed)
    n, n_features = int(rng.integers(1, 15)), int(rng.integers(1, 5))
    n_values = rng.integers(1, 5, n_features).tolist()
    size = int(rng.choice([1, n, rng.integers(1, n + 1), rng.integers(1, min(n, 6) + 1)]))
    codes = np.array([rng.choice(v, n, p=rng.dirichlet(np.ones(v))) for v in n_values]).T
    if rng.random() < 0.3:
        codes = codes[rng.integers(0, max(1, n // 2), n)]
    seated, kind = codes[rng.choice(n, size, replace=False)], int(rng.integers(0, 5))
    quotas = []
    for feature, v in enumerate(n_values):
        for value in range(v + int(rng.random() < 0.3)):
            there = int((seated[:, feature] == value).sum())
            part = size * (codes[:, feature] == value).mean()
            low, high = [
                (there, there),
                (max(0, there - 1), there + 1),
                (max(0, there - int(rng.integers(0, 3))), there + int(rng.integers(0, 3))),
                (0, size) if rng.random() < 0.5 else (max(0, there - 1), there),
                (int(np.floor(part)), int(np.ceil(part))),
            ][kind]
            if kind == 4:
                odd = rng.random()
                low, high = (
                    (0, 0) if odd < 0.1 else (1, max(1, high)) if odd < 0.15 else (low, high)
                )
            if rng.random() < 0.9:
                quotas.append(Quota(feature=feature, value=value, low=low, high=high))
    homes = rng.integers(0, max(1, int(n * 0.8)), n) if rng.random() < 0.35 else None
    return codes, quotas, size, homes
