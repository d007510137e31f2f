"""Looks that were fixed beforehand: their dates, which are over, and what each of them sees."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenground.questions.promise.context import Context
from evenground.questions.promise.histories import months_of, start_of
from evenground.questions.promise.panels import form_of, months_later
from evenground.questions.promise.stated import Promise

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The schedule of a promise.

    Attributes
    ----------
    dates
        Of all looks, in order.
    shares
        Share of the time from the start to the last look that is over at each, above 0 to 1.
    """

    dates: tuple[date, ...]
    shares: tuple[float, ...]

    def columns(self, times: Sequence[str], *, today: date, first: int) -> tuple[int, ...]:
        """Return for each look that is over how many periods it sees; a look sees whole ones.

        Looks that see nothing of the treatment, or no more than the one before, are no looks yet.

        Parameters
        ----------
        times
            Periods of the data.
        today
            Looks later than this are ahead.
        first
            Column in which the treatment begins.
        """
        form = form_of(times)
        if form is None:
            return ()
        found: list[int] = []
        for day in self.dates:
            column = bisect_left(times, form(day + _DAY))
            if day > today or column <= max(first, found[-1] if found else 0):
                break
            found.append(column)
        return tuple(found)


def looks_of(context: Context, promise: Promise) -> Looks | None:
    """Return the looks that were fixed; evenly spaced where only their number was said."""
    start = start_of(context, promise)
    if start is None:
        return None
    dates = tuple(day for day in _dates(promise, start) if day > start)
    if not dates:
        return None
    whole = (dates[-1] - start).days
    return Looks(dates=dates, shares=tuple((day - start).days / whole for day in dates))


def _dates(promise: Promise, start: date) -> tuple[date, ...]:
    texts = (promise.evaluation.get("look_dates") or "").replace(",", ";").split(";")
    read = [_day(text.strip()) for text in texts if text.strip()]
    known = sorted({day for day in read if day is not None})
    if known and len(known) == len(read):
        return tuple(known)
    n, months = promise.evaluation.get("looks"), months_of(promise, start)
    if not n or not months:
        return ()
    return tuple(months_later(start, months * (at + 1) / n) - _DAY for at in range(int(n)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
