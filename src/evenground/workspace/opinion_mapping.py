"""The opinion map of one exported conversation: read, mapped, statement by statement."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenground.connectors.polis.conversation import Conversation, read_conversation
from evenground.connectors.polis.statements import Statement
from evenground.questions.voice.measures.opinions.opinion_map import (
    OpinionMap,
    opinion_map,
    polis_compatible,
)
from evenground.questions.voice.measures.opinions.polis_groups import Groups
from evenground.questions.voice.measures.opinions.representative import (
    Representative,
    representative_statements,
)
from evenground.questions.voice.measures.opinions.statement_table import (
    StatementTable,
    statement_table,
)
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix, vote_matrix

SEED = 2021


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionsAsked:
    """How a map is asked for: seed, resamples, and whether only accepted statements count."""

    seed: int = SEED
    n_resamples: int = 20
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionsFound:
    """What was read and what was found.

    Attributes
    ----------
    conversation, asked
        The export, and how it was asked about.
    statements
        Those that take part, in the order of columns.
    votes
        On those statements, of everybody who voted on one.
    found, table
        The map; what became of each statement.
    stand_for
        For each group shown, the statements that stand for it.
    polis
        Groups as Polis computes them once; ``None`` where it could form none.
    """

    conversation: Conversation
    asked: OpinionsAsked
    statements: tuple[Statement, ...]
    votes: VoteMatrix
    found: OpinionMap
    table: StatementTable
    stand_for: tuple[tuple[Representative, ...], ...]
    polis: Groups | None


def opinions_in(folder: Path, asked: OpinionsAsked) -> OpinionsFound:
    """Return the opinion map of the conversation in a folder.

    Parameters
    ----------
    folder
        Exported files of one conversation.
    asked
        Seed, resamples, strictness.

    Raises
    ------
    EvengroundError
        If the export cannot be read, or no vote counts.
    """
    conversation = read_conversation(folder, strict=asked.strict)
    counts = conversation.counts
    every = vote_matrix(conversation.votes)
    votes = every.columns(counts)
    voted = votes.n_votes > 0
    votes = votes.rows(voted)
    rng = np.random.default_rng(asked.seed)
    found = opinion_map(votes, rng=rng, n_resamples=asked.n_resamples)
    table = statement_table(votes, found.inside, found.groups)
    statistics = table.by_group
    n_groups = 0 if found.groups is None else found.groups.n_groups
    return OpinionsFound(
        conversation=conversation,
        asked=asked,
        statements=tuple(
            one for one, kept in zip(conversation.statements, counts, strict=True) if kept
        ),
        votes=votes,
        found=found,
        table=table,
        stand_for=tuple(
            representative_statements(statistics, group)
            for group in range(n_groups)
            if statistics is not None
        ),
        polis=polis_compatible(every, ~counts)[2],
    )
