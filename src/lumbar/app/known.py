"""A record as it was known at any past moment, a few steps away from the last mark before it.

To plan a past day anew, its record must be folded from its beginning, which takes seconds after ten years. So records
as they were known at marks some weeks apart are kept, folded, and a moment goes on from the mark before it. The first
past day that anybody asks for makes the marks, once. Whoever looks at a past day asks for it more than once, and for
the days beside it: on the way from a mark there are stops, a few days apart, kept until somebody looks elsewhere.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter

from lumbar.core.record import Fact, Record

APART = timedelta(days=28)
"""How far two marks are apart: a moment has half as many days to go on, on average (design)."""

STOPS_APART = timedelta(days=7)
"""How far two stops are apart: three between two marks, for each costs what a mark does in memory (design)."""

_recorded_at = attrgetter("recorded_at")

Folding = Callable[[Record, datetime], object]
"""Asks a record, as it was known at a moment, for all that a past day is made of."""


class Known:
    """One person's facts by when they were recorded, and the marks. Not safe to call from several threads."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = sorted(facts, key=_recorded_at)
        self._marks: list[tuple[datetime, Record]] = []
        self._stops: list[tuple[datetime, Record]] = []

    @property
    def marks(self) -> int:
        """How many marks there are."""
        return len(self._marks)

    def add(self, facts: Iterable[Fact]) -> None:
        """Facts that are new here. A mark that should have known one of them is let go."""
        more = list(facts)
        if more:
            self._facts = sorted([*self._facts, *more], key=_recorded_at)
            first = min(map(_recorded_at, more))
            self._marks = [mark for mark in self._marks if mark[0] < first]
            self._stops = [stop for stop in self._stops if stop[0] < first]

    def by(self, at: datetime, folding: Folding) -> Record:
        """What had been recorded by then."""
        marks = bisect_right(self._marks, at, key=lambda mark: mark[0])
        if marks == len(self._marks):
            self._go_on(at, folding)
            marks = bisect_right(self._marks, at, key=lambda mark: mark[0])
        if not marks:
            return Record(self._between(None, at))
        return self._from_stop(self._marks[marks - 1], at)

    def _from_stop(self, mark: tuple[datetime, Record], at: datetime) -> Record:
        """What had been recorded by then, from the last stop after a mark. Stops on the way to another moment stay."""
        self._stops = [stop for stop in self._stops if mark[0] < stop[0] < mark[0] + APART]
        stops = bisect_right(self._stops, at, key=itemgetter(0))
        since, record = self._stops[stops - 1] if stops else mark
        later = self._stops[stops:]
        self._stops = self._stops[:stops]
        while since + STOPS_APART <= at:
            record = record.merge(self._between(since, since + STOPS_APART))
            since += STOPS_APART
            self._stops.append((since, record))
        record = record.merge(self._between(since, at))
        self._stops += later
        return record

    def _go_on(self, at: datetime, folding: Folding) -> None:
        """Make the marks up to a moment."""
        if not self._facts:
            return
        since, record = self._marks[-1] if self._marks else (None, Record())
        upto = (self._facts[0].recorded_at if since is None else since) + APART
        while upto <= at:
            record = record.merge(self._between(since, upto))
            folding(record, upto)
            self._marks.append((upto, record))
            since, upto = upto, upto + APART

    def _between(self, since: datetime | None, upto: datetime) -> list[Fact]:
        begin = 0 if since is None else bisect_right(self._facts, since, key=_recorded_at)
        return self._facts[begin : bisect_right(self._facts, upto, key=_recorded_at)]
