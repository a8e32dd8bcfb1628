"""What happened, in the order of time and day by day; and one more of it without going over the rest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Generic, TypeVar

from lumbar.core.record import Fact, Ordered

Order = tuple[datetime, datetime, datetime, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a fact tells. at, on: when it was, in UTC and as a local day."""

    fact: Fact
    at: datetime
    on: date

    @property
    def order(self) -> Order:
        """When it was, the same by its device's clock, that as it was told, and the fact's id: no two are alike."""
        return (self.at, self.at, self.fact.at, self.fact.id)

    @property
    def ahead(self) -> bool:
        """Whether its device dated it on a day that was still to come. It is heard of what holds back; nothing opens
        or grows by it."""
        return self.fact.on > self.on


T = TypeVar("T", bound=Entry)

_order = attrgetter("order")
_at = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """Entries in their order, earliest first, and the same by day. It never changes; `with_more` gives another."""

    entries: Ordered[T] = field(default_factory=lambda: Ordered((), _order))
    days: Mapping[date, tuple[T, ...]] = field(default_factory=dict)

    def with_more(self, news: Iterable[T]) -> "Dated[T]":
        """These and more, at the price of their own days."""
        came = sorted(news, key=_order)
        days: dict[date, list[T]] = {}
        for entry in came:
            days.setdefault(entry.on, []).append(entry)
        fresh = {
            on: tuple(sorted((*self.days[on], *more), key=_order)) if on in self.days else tuple(more)
            for on, more in days.items()
        }
        entries = self.entries.exchanged((), came) if self.entries else Ordered.in_order(came, _order)
        return Dated(entries, {**self.days, **fresh})

    def without(self, gone: Iterable[Fact]) -> "Dated[T]":
        """These, but for what those facts tell."""
        ids = {fact.id for fact in gone}
        left: Dated[T] = Dated()
        return left.with_more(entry for entry in self if entry.fact.id not in ids)

    def on(self, day: date) -> tuple[T, ...]:
        """Those of a day."""
        return self.days.get(day, ())

    def since(self, at: datetime) -> Iterator[T]:
        """Those at `at` and later."""
        return self.entries.since(at, _at)

    def latest(self, at: datetime) -> Iterator[T]:
        """Those at `at` and earlier, latest first."""
        return self.entries.back_from(at, _at)

    def __iter__(self) -> Iterator[T]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)
