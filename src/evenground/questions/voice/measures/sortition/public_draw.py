"""Draw one panel of a list in public, so that nobody can steer it and anybody can check it.

Before the draw the list is fixed by its SHA-256 sum, and the organiser binds itself to a secret
seed by publishing the seed's SHA-256 sum. At the draw a public text is added that nobody could know
before (lottery numbers of that evening, dice thrown in the hall). The panel's number is worked out
from both with HMAC-SHA-256, which every computer has. Source: Blum (1983), Coin flipping by
telephone, ACM SIGACT News 15, 23-27 (commit first, open later); FIPS 180-4 and FIPS 198-1 (the
functions); Flanigan, Kehne and Procaccia (2021), Fair sortition made transparent, NeurIPS 34 (a
list of panels as numbered tickets).
"""

from __future__ import annotations

import hashlib
import hmac

from evenground.language import N_
from evenground.methods.validation import Whole, wrong

SEED_BYTES = 16
"""Least length of a seed: shorter ones could be guessed from their sum."""


def seed_commitment(seed: str) -> str:
    """Return what is published before the draw: 64 hexadecimal digits.

    Parameters
    ----------
    seed
        Text of at least ``SEED_BYTES`` bytes in UTF-8, known to nobody else.

    Raises
    ------
    UsageError
        If the seed is shorter.
    """
    raw = seed.encode("utf-8")
    if len(raw) < SEED_BYTES:
        raise wrong(
            "seed_short",
            N_("the seed has {n} bytes; with fewer than {least} it could be guessed"),
            n=len(raw), least=SEED_BYTES,
        )  # fmt: skip
    return hashlib.sha256(raw).hexdigest()


def list_digest(panels: Whole, names: list[str]) -> str:
    """Return the SHA-256 sum of the list: a line for each panel, names with tabs between them.

    Parameters
    ----------
    panels, shape (m, size)
        Positions of people.
    names
        What each person is called on the list.
    """
    lines = ("\t".join(names[person] for person in panel) for panel in panels.tolist())
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode("utf-8")).hexdigest()


def drawn_number(seed: str, public: str, *, n_panels: int) -> int:
    """Return the number of the panel drawn, from 1 to ``n_panels``.

    Numbers that would make low panels likelier are passed over, so that each is equally likely.

    Parameters
    ----------
    seed
        The text that was committed to.
    public
        The text of the draw; may be empty where the seed alone is to decide.
    n_panels
        How many panels are on the list.

    Raises
    ------
    UsageError
        If the seed is too short or there is no panel.
    """
    seed_commitment(seed)
    if n_panels < 1:
        raise wrong("n_panels", N_("{n} panels were asked for, at least 1"), n=n_panels)
    space = 2**256
    fair = space - space % n_panels
    turn = 0
    while True:
        text = f"{public}\n{turn}".encode()
        number = int.from_bytes(hmac.digest(seed.encode("utf-8"), text, "sha256"), "big")
        if number < fair:
            return number % n_panels + 1
        turn += 1
