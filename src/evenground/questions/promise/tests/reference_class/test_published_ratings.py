from __future__ import annotations

import pytest

from evenground.questions.promise.measures.reference_class.indicator_ratings import (
    CANNOT,
    FULLY,
    NOT,
    PARTLY,
)
from evenground.questions.promise.measures.reference_class.published_ratings import (
    directions,
    published_ratings,
)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Up is Better", "more"), ("Down is Better", "less"), ("Neutral", ""), ("", "more"),
        (None, "more"), ("fewer is better", "less"), ("LOWER", "less"), ("increase", "more"),
        ("N/A", ""),
    ],
)  # fmt: skip
def test_directions(text, better):
    assert directions([text]) == (better,)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("Fully Achieved", FULLY), ("Partially Achieved", PARTLY), ("Not Achieved", NOT),
        ("Not Rated", CANNOT), ("Baseline measure", CANNOT), ("", CANNOT), (None, CANNOT),
        ("met", FULLY), ("Unmet", NOT), ("partly met", PARTLY), ("not available", CANNOT),
    ],
)  # fmt: skip
def test_ratings(text, rating):
    assert published_ratings([text, text]).tolist() == [rating, rating]


def test_none_at_all():
    assert directions([]) == ()
    assert published_ratings([]).shape == (0,)
