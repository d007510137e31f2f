"""How lots are drawn: a scheme as data, so that it can be sealed before anything is drawn.

A scheme deals labels to clusters of units within strata, a fixed number of each. Label 0 is "not
treated" and label 1 "treated" in a parallel design; in a stepped wedge a label is a step, the first
to be treated being 0.

Sources: Fisher (1935), The Design of Experiments, chapters 2-4; Imbens and Rubin (2015), Causal
Inference, chapter 4 (classical randomised designs); Hussey and Hughes (2007), Contemporary Clinical
Trials 28, 182-191 (stepped wedge).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Whole, wrong

KINDS = ("complete", "strata", "pairs", "clusters", "stepped_wedge")
_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How many clusters of each stratum get each label.

    Attributes
    ----------
    kind
        One of ``KINDS``; for words only, the lots follow from the rest.
    strata
        Stratum of each unit, numbered from 0.
    clusters
        Cluster of each unit, numbered from 0; units of a cluster share a stratum and a label.
    counts
        For each stratum, how many clusters get label 0, 1 ….
    """

    kind: str
    strata: tuple[int, ...]
    clusters: tuple[int, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def n_units(self) -> int:
        """How many units there are."""
        return len(self.strata)

    @property
    def n_labels(self) -> int:
        """How many labels there are: 2, or the number of steps."""
        return len(self.counts[0])

    @property
    def n_assignments(self) -> int:
        """How many assignments are possible: a product of multinomial coefficients."""
        return math.prod(
            math.factorial(sum(row)) // math.prod(math.factorial(n) for n in row)
            for row in self.counts
        )

    def clusters_of(self, stratum: int) -> Whole:
        """Return the clusters of a stratum in order."""
        of_stratum = np.array(self.strata) == stratum
        return np.unique(np.array(self.clusters, dtype=np.int64)[of_stratum])

    def allows(self, labels: Whole) -> bool:
        """Say whether an assignment, shape (n_units,), can come from these lots."""
        if labels.shape != (self.n_units,) or labels.min() < 0 or labels.max() >= self.n_labels:
            return False
        clusters, first, back = np.unique(self.clusters, return_index=True, return_inverse=True)
        dealt = labels[first]
        if (dealt[back] != labels).any():
            return False
        tally = np.zeros((len(self.counts), self.n_labels), dtype=np.int64)
        np.add.at(tally, (np.array(self.strata)[first], dealt), 1)
        return clusters.size > 0 and bool((tally == np.array(self.counts)).all())


def complete_randomisation(n_units: int, n_treated: int) -> Scheme:
    """Return the scheme that treats ``n_treated`` of ``n_units`` units by lot.

    Raises
    ------
    UsageError
        If nobody or everybody would be treated.
    """
    return _scheme("complete", np.zeros(n_units), None, [[n_units - n_treated, n_treated]])


def stratified_randomisation(strata: ArrayLike, n_treated: Sequence[int]) -> Scheme:
    """Return the scheme that treats a fixed number of units in each stratum.

    Parameters
    ----------
    strata, shape (n_units,)
        Stratum of each unit; any values, taken in sorted order.
    n_treated
        For each stratum, in sorted order.

    Raises
    ------
    UsageError
        If the numbers do not fit the strata, or nobody or everybody would be treated.
    """
    names, numbers = np.unique(np.asarray(strata), return_inverse=True)
    if len(n_treated) != names.size:
        raise wrong(
            "strata_counts",
            N_("n_treated has {found} numbers for {expected} strata"),
            found=len(n_treated),
            expected=names.size,
        )
    sizes = np.bincount(numbers)
    counts = [[int(size) - n, n] for size, n in zip(sizes, n_treated, strict=True)]
    return _scheme("strata", numbers, None, counts)


def matched_pairs(pairs: ArrayLike) -> Scheme:
    """Return the scheme that treats one unit of each pair; ``pairs`` says which, shape (n_units,).

    Raises
    ------
    UsageError
        If a pair has not two units.
    """
    _, numbers, sizes = np.unique(np.asarray(pairs), return_inverse=True, return_counts=True)
    if (sizes != _PAIR).any():
        raise wrong(
            "pair_size", N_("a pair has {n} units, not two"), n=int(sizes[sizes != _PAIR][0])
        )
    return _scheme("pairs", numbers, None, [[1, 1]] * sizes.size)


def cluster_randomisation(clusters: ArrayLike, n_treated: int) -> Scheme:
    """Return the scheme that treats ``n_treated`` whole clusters; units of one go together.

    Parameters
    ----------
    clusters, shape (n_units,)
        Cluster of each unit; any values.
    n_treated
        Clusters to be treated.

    Raises
    ------
    UsageError
        If no cluster or every cluster would be treated.
    """
    names, numbers = np.unique(np.asarray(clusters), return_inverse=True)
    counts = [[names.size - n_treated, n_treated]]
    return _scheme("clusters", np.zeros(numbers.size), numbers, counts)


def stepped_wedge(n_per_step: Sequence[int]) -> Scheme:
    """Return the scheme in which all units are treated in the end, their order by lot.

    Parameters
    ----------
    n_per_step
        Units that begin at each step; at least two steps.

    Raises
    ------
    UsageError
        If a step has no unit, or there is one step only.
    """
    return _scheme("stepped_wedge", np.zeros(sum(n_per_step)), None, [list(n_per_step)])


def even_scheme(strata: ArrayLike, n_labels: int) -> Scheme:
    """Return the scheme that deals labels as evenly as the sizes of strata allow.

    Parameters
    ----------
    strata, shape (n_units,)
        Stratum of each unit; any values, taken in sorted order.
    n_labels
        2 for a parallel design, the number of steps for a stepped wedge. Labels go round from one
        stratum to the next, so that they are even in all and, up to one, in each.

    Raises
    ------
    UsageError
        If there are fewer units than labels, or than two labels.
    """
    names, numbers = np.unique(np.asarray(strata), return_inverse=True)
    around = np.arange(numbers.size) % max(n_labels, 1)
    counts = np.zeros((names.size, max(n_labels, 1)), dtype=np.int64)
    np.add.at(counts, (np.sort(numbers), around), 1)
    if (counts.sum(axis=0) == 0).any():
        raise wrong("empty_step", N_("there are fewer units than labels to deal"))
    kind = "complete" if names.size == 1 else "strata"
    return _scheme("stepped_wedge" if n_labels > _PAIR else kind, numbers, None, counts.tolist())


def scheme_data(scheme: Scheme) -> dict[str, Any]:
    """Return a scheme as plain data, for a seal."""
    return {
        "kind": scheme.kind,
        "strata": list(scheme.strata),
        "clusters": list(scheme.clusters),
        "counts": [list(row) for row in scheme.counts],
    }


def scheme_of(data: Mapping[str, Any]) -> Scheme:
    """Return the scheme that ``scheme_data`` wrote down.

    Raises
    ------
    UsageError
        If it is none.
    """
    if not {"kind", "strata", "clusters", "counts"} <= set(data) or data["kind"] not in KINDS:
        raise wrong("no_scheme", N_("this is no scheme: {found}"), found=", ".join(sorted(data)))
    return _scheme(data["kind"], data["strata"], data["clusters"], data["counts"])


def _scheme(
    kind: str, strata: ArrayLike, clusters: ArrayLike | None, counts: Sequence[Sequence[int]]
) -> Scheme:
    of_stratum = np.asarray(strata).astype(np.int64)
    own = np.arange(of_stratum.size, dtype=np.int64)
    of_cluster = own if clusters is None else np.asarray(clusters).astype(np.int64)
    table = np.array(counts, dtype=np.int64)
    n_some = np.count_nonzero(table.sum(axis=0)) if table.ndim == _PAIR else 0
    if table.ndim != _PAIR or table.size == 0 or table.min() < 0 or n_some < _PAIR:
        raise wrong(
            "nothing_by_lot",
            N_("the lots deal {counts}; two labels at least must be dealt"),
            counts=str([list(row) for row in counts]),
        )
    if kind == "stepped_wedge" and (table.sum(axis=0) == 0).any():
        raise wrong("empty_step", N_("a step has no unit"))
    if of_cluster.shape != of_stratum.shape or of_stratum.min(initial=0) < 0:
        raise wrong("lots_fit", N_("each unit has one stratum and one cluster, numbered from 0"))
    _, first, back = np.unique(of_cluster, return_index=True, return_inverse=True)
    if (of_stratum[first][back] != of_stratum).any():
        raise wrong("lots_fit", N_("a cluster lies in two strata"))
    sizes = np.bincount(of_stratum[first], minlength=table.shape[0])
    if sizes.size != table.shape[0] or (sizes != table.sum(axis=1)).any():
        raise wrong("lots_fit", N_("the lots deal other numbers than there are clusters"))
    return Scheme(
        kind=kind,
        strata=tuple(of_stratum.tolist()),
        clusters=tuple(of_cluster.tolist()),
        counts=tuple(tuple(int(n) for n in row) for row in table),
    )
