"""Facts as a set, in their order, with corrections applied."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from lumbar.core.errors import BadFact
from lumbar.core.record.bodies import VERSION, parse_body
from lumbar.core.record.change import Change, Fold, State
from lumbar.core.record.fact import Fact
from lumbar.core.record.fields import Body
from lumbar.core.record.growing import Ordered, Table

_CORRECTIONS = ("retracted", "amended")


class Record:
    """Facts in their order, each once, with corrections applied."""

    __slots__ = ("_all", "_by_type", "_folds", "_rulings", "_told")

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        each = _each_once(facts)
        self._all = Table(each)
        self._told = Ordered(each.values(), _order)
        self._rulings = _Rulings(fact for fact in self._told if fact.type in _CORRECTIONS)
        by_type = _grouped(self._rulings.applied(self._told))
        self._by_type = {name: Ordered(group, _order) for name, group in by_type.items()}
        self._folds: dict[Any, Any] = {}

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts as they stand, in order."""
        return self._rulings.applied(self._told)

    @property
    def uncorrected(self) -> tuple[Fact, ...]:
        """The facts as they were told, in order, corrections among them."""
        return tuple(self._told)

    def merge(self, facts: Iterable[Fact]) -> "Record":
        """This record and more facts; one that is known already changes nothing.

        What was folded of this record is carried on. A few facts cost a few steps, wherever in time they belong.
        """
        told = _each_once(facts)
        known = ((fact, self._all.get(fact.id)) for fact in told.values())
        if any(before is not None and _stands(fact, before) for fact, before in known):
            return Record([*told.values(), *self._all.values()])
        news = {fact_id: fact for fact_id, fact in told.items() if fact_id not in self._all}
        if not news:
            return self
        return self._grown(news) if len(news) < len(self._all) else Record([*news.values(), *self._all.values()])

    def of(self, *types: str) -> list[Fact]:
        """The facts of these types, in order, corrected. Those of a newer version than ours are left out."""
        found = [fact for name in dict.fromkeys(types) for fact in self._by_type.get(name, ()) if fact.v <= VERSION]
        return found if len(types) == 1 else sorted(found, key=_order)

    def since(self, at: datetime, *types: str) -> list[Fact]:
        """Those of them that happened from a moment on, in order. However long the record is, none before is looked
        at."""
        late = (fact for name in types if name in self._by_type for fact in self._by_type[name].since(at, _told_at))
        return sorted((fact for fact in late if fact.v <= VERSION and fact.happened_at >= at), key=_order)

    def folded(self, fold: Fold[State]) -> State:
        """What a fold makes of this record. It is made once, and carried on by `merge`."""
        if fold not in self._folds:
            self._folds[fold] = fold.start(self)
        return cast("State", self._folds[fold])

    def until(self, at: datetime) -> "Record":
        """What had happened by then: the record as it stood, to replay a day that is past."""
        return Record(fact for fact in self._all.values() if fact.happened_at <= at)

    def known_by(self, at: datetime) -> "Record":
        """What had happened by then and was recorded by then: the record as this house knew it."""
        return Record(fact for fact in self._all.values() if max(fact.happened_at, fact.recorded_at) <= at)

    def _grown(self, news: Mapping[str, Fact]) -> "Record":
        """This record and some facts that it has not."""
        grown = Record()
        grown._all = self._all.with_more(news)
        grown._told = self._told.exchanged((), news.values())
        grown._rulings = self._rulings.with_more(news.values())
        change = self._change(tuple(news.values()), grown._rulings)
        gone, came = _grouped(change.gone), _grouped(change.came)
        grown._by_type = {**self._by_type}
        for name in {**gone, **came}:
            kept = self._by_type.get(name, Ordered[Fact]((), _order))
            grown._by_type[name] = kept.exchanged(gone.get(name, ()), came.get(name, ()))
        # One after another, for a later fold may look at an earlier one; of a copy, for somebody may fold meanwhile.
        for fold, state in list(self._folds.items()):
            grown._folds[fold] = fold.resume(state, change, grown)
        return grown

    def _change(self, news: tuple[Fact, ...], rulings: "_Rulings") -> Change:
        """What the news and the corrections among them make of the facts that stand."""
        named = (self._all.get(fact_id) for fact_id in rulings.differ(self._rulings))
        before = [fact for fact in named if fact is not None]
        return Change(news, rulings.applied([*news, *before]), self._rulings.applied(before))

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self._all)


class _Rulings:
    """What the corrections say: which facts are taken back, and which are changed, and how.

    A later correction may itself take back an earlier one, and any may have come before the fact that it is about.
    """

    __slots__ = ("amended", "corrections", "retracted")

    def __init__(self, corrections: Iterable[Fact]) -> None:
        self.corrections = tuple(sorted(corrections, key=_order))
        self.retracted: set[str] = set()
        self.amended: dict[str, Body] = {}
        for fact in reversed(self.corrections):
            if fact.v > VERSION or fact.id in self.retracted:
                continue
            if fact.type == "retracted":
                self.retracted.add(fact.body["fact"])
            else:
                self.amended.setdefault(fact.body["fact"], fact.body["body"])

    def with_more(self, facts: Iterable[Fact]) -> "_Rulings":
        """These and the corrections among more facts."""
        more = [fact for fact in facts if fact.type in _CORRECTIONS]
        return _Rulings((*self.corrections, *more)) if more else self

    def differ(self, other: "_Rulings") -> list[str]:
        """The facts of which these say something else."""
        if self is other:
            return []
        named = self.retracted | other.retracted | self.amended.keys() | other.amended.keys()
        return sorted(fact_id for fact_id in named if self._about(fact_id) != other._about(fact_id))

    def applied(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """The facts that stand, as they stand."""
        if not self.corrections:
            return tuple(facts)
        standing = (fact for fact in facts if fact.id not in self.retracted)
        return tuple(_amended_fact(fact, self.amended.get(fact.id)) for fact in standing)

    def _about(self, fact_id: str) -> tuple[bool, Body | None]:
        return fact_id in self.retracted, self.amended.get(fact_id)


def _told_at(fact: Fact) -> datetime:
    """Nothing happened later than its own clock says."""
    return fact.at


def _order(fact: Fact) -> tuple[datetime, str]:
    return (fact.at, fact.id)


def _each_once(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Facts by id. Should two differ under one id, the one recorded first stands, whichever came in first."""
    found: dict[str, Fact] = {}
    for fact in facts:
        known = found.get(fact.id)
        if known is None or _stands(fact, known):
            found[fact.id] = fact
    return found


def _stands(fact: Fact, known: Fact) -> bool:
    """Whether a fact is to stand instead of another one with its id."""
    return fact != known and (fact.recorded_at, repr(fact)) < (known.recorded_at, repr(known))


def _grouped(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.type, []).append(fact)
    return groups


def _amended_fact(fact: Fact, change: Body | None) -> Fact:
    """The fact with some fields of its body replaced; as it was, when that would not make a fact of its type."""
    if change is None or fact.v > VERSION:
        return fact
    try:
        return replace(fact, body=parse_body(fact.type, fact.v, {**fact.body, **change}))
    except BadFact:
        return fact
