"""The fixed rule by which groups are shown or refused, and why.

Thresholds were set once, with ``tests/calibrate/test_opinion_groups.py``; they are no settings, so
that nobody can turn them until groups appear.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenground.questions.voice.measures.opinions.held_out_error import Gain

LEAST_STABILITY = 0.75
MOST_DISSOLVED = 0.1
"""Share of resamples in which groups may dissolve, agreement with them being below a half."""
LEAST_GAIN = 0.01
LEAST_GAIN_OF_PLACE = 0.005
"""Beyond this for certain, people within groups differ still: said, and no reason to refuse."""
LARGEST_SHARE_BY_VOTES = 0.25

TOO_FEW, NO_GROUPS, UNTESTED = "too_few", "no_groups", "untested"
UNSTABLE, FORETELL_NOTHING = "unstable", "foretell_nothing"
LEVEL_ONLY, VOTES_CAST = "level_only", "votes_cast"
REASONS = (TOO_FEW, NO_GROUPS, UNSTABLE, UNTESTED, FORETELL_NOTHING, LEVEL_ONLY, VOTES_CAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the rule looks at.

    Attributes
    ----------
    stability
        Mean adjusted Rand index under resampling; ``None`` without groups.
    dissolved
        Share of resamples with an index below a half, 0-1; ``None`` without groups.
    gain, gain_beyond_level
        Of groups over the statement mean on hidden votes, without and with each person's level;
        ``None`` where too few votes are left to form groups once some are hidden.
    share_by_votes
        Part of the ranks of votes cast that lies between groups, 0-1.
    """

    stability: float | None
    dissolved: float | None
    gain: Gain | None
    gain_beyond_level: Gain | None
    share_by_votes: float | None


def refused_because(evidence: Evidence) -> tuple[str, ...]:
    """Return every reason to refuse the groups, of ``REASONS``; none where they may be shown.

    Groups are shown only if (1) resampling keeps them (mean adjusted Rand index at least 0.75,
    and below a half in at most one resample of ten),
    (2) they save more than 1 % of the squared error of the statement mean on hidden votes, the
    whole 95 % interval above that, (3) they still do where each person's level of agreeing is
    known, and (4) at most a quarter of the variance in ranks of votes cast lies between them.
    """
    if evidence.stability is None or evidence.dissolved is None:
        return (NO_GROUPS,)
    shared = evidence.share_by_votes
    failed = {
        UNSTABLE: evidence.stability < LEAST_STABILITY or evidence.dissolved > MOST_DISSOLVED,
        VOTES_CAST: shared is None or shared > LARGEST_SHARE_BY_VOTES,
    }
    gain, beyond = evidence.gain, evidence.gain_beyond_level
    if gain is None or beyond is None:
        failed[UNTESTED] = True
    else:
        failed[FORETELL_NOTHING] = gain.low <= LEAST_GAIN
        failed[LEVEL_ONLY] = beyond.low <= LEAST_GAIN < gain.low
    return tuple(code for code in REASONS if failed.get(code))
