"""An opinion map with what it is worth: positions, groups, and whether groups hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.voice.measures.opinions.candidate_maps import PCA, fitted_map
from evenground.questions.voice.measures.opinions.confounding import share_by_votes_cast
from evenground.questions.voice.measures.opinions.grouping_rule import (
    LEAST_GAIN_OF_PLACE,
    TOO_FEW,
    Evidence,
    refused_because,
)
from evenground.questions.voice.measures.opinions.held_out_error import (
    N_MORE_STARTS,
    HeldOut,
    held_out_error,
)
from evenground.questions.voice.measures.opinions.polis_groups import (
    Groups,
    in_conversation,
    polis_groups,
)
from evenground.questions.voice.measures.opinions.sparsity_aware_pca import N_AXES
from evenground.questions.voice.measures.opinions.stability import (
    N_RESAMPLES,
    Stability,
    stability,
)
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix

_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionMap:
    """Where people stand, and in which groups, if any.

    Attributes
    ----------
    inside, shape (n_participants,)
        Who voted on enough to be placed.
    method
        Name of the map with the smallest error on hidden votes; the first where none was tried.
    positions, shape (n_inside, 2)
        Of those inside.
    candidate
        Groups found, whether they hold or not; ``None`` where none could be formed.
    reasons
        Codes of why the groups are refused; empty where they hold.
    evidence
        What the rule looked at.
    held_out, stability
        Errors on hidden votes; groups and positions from people drawn anew (``None`` without
        groups).
    """

    inside: Flags
    method: str
    positions: Vector
    candidate: Groups | None
    reasons: tuple[str, ...]
    evidence: Evidence
    held_out: HeldOut
    stability: Stability | None

    @property
    def cuts_a_crowd(self) -> bool:
        """Whether places within groups tell more for certain: groups cut what has no gaps."""
        place = self.held_out.gain_of_place
        return place is not None and place.low > LEAST_GAIN_OF_PLACE

    @property
    def groups(self) -> Groups | None:
        """The groups, unless they are refused."""
        return None if self.reasons else self.candidate


def opinion_map(
    votes: VoteMatrix, *, rng: np.random.Generator, n_resamples: int = N_RESAMPLES
) -> OpinionMap:
    """Return the opinion map of votes.

    Parameters
    ----------
    votes
        On the statements that stand; rows in the order of ids.
    rng, n_resamples
        Source of chance; how often people are drawn anew.

    Returns
    -------
    OpinionMap
        Refused as ``too_few``, with nobody inside, where there are fewer than two statements or
        two people.
    """
    if min(votes.n_statements, votes.n_participants) < _LEAST:
        return _too_few(votes)
    inside = in_conversation(votes.n_votes, votes.n_statements)
    held_out = held_out_error(votes, inside, rng=rng)
    fitted = fitted_map(votes, held_out.best_map)
    positions = fitted.positions(votes)[inside]
    found = polis_groups(positions, n_more_starts=N_MORE_STARTS, rng=rng)
    again = shared = None
    if found is not None:
        at_first = (fitted, positions, found)
        again = stability(votes, inside, at_first, rng=rng, n_resamples=n_resamples)
        shared = share_by_votes_cast(votes.n_votes[inside], found.labels)
    evidence = Evidence(
        stability=None if again is None else again.mean,
        dissolved=None if again is None else again.dissolved,
        gain=held_out.gain,
        gain_beyond_level=held_out.gain_beyond_level,
        share_by_votes=shared,
    )
    return OpinionMap(
        inside=inside,
        method=held_out.best_map,
        positions=positions,
        candidate=found,
        reasons=refused_because(evidence),
        evidence=evidence,
        held_out=held_out,
        stability=again,
    )


def _too_few(votes: VoteMatrix) -> OpinionMap:
    """Return the map on which nobody can be placed."""
    return OpinionMap(
        inside=np.zeros(votes.n_participants, np.bool_),
        method=PCA,
        positions=np.empty((0, N_AXES)),
        candidate=None,
        reasons=(TOO_FEW,),
        evidence=Evidence(
            stability=None, dissolved=None, gain=None, gain_beyond_level=None, share_by_votes=None
        ),
        held_out=HeldOut(
            errors={},
            best_map=PCA,
            gain=None,
            gain_beyond_level=None,
            gain_of_place=None,
            n_votes=0,
        ),
        stability=None,
    )


def polis_compatible(
    votes: VoteMatrix, moderated_out: Flags
) -> tuple[Flags, Vector, Groups | None]:
    """Return who is inside, all positions and the groups, as Polis computes them once.

    Parameters
    ----------
    votes
        On all statements.
    moderated_out, shape (n_statements,)
        Statements that moderation rejected; they count as passed by everybody.
    """
    inside = in_conversation(votes.n_votes, votes.n_statements)
    if votes.n_statements < N_AXES:
        return inside, np.zeros((votes.n_participants, N_AXES)), None
    shown = votes.zeroed(moderated_out)
    positions = fitted_map(shown, PCA).positions(shown)
    return inside, positions, polis_groups(positions[inside])
