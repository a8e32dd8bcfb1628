"""The answers in a record, by instrument and in the order of days: one a day, the last that was told on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lumbar.core.record import VERSION, Change, Fact, Record

PAIN = "nprs"
"""The instrument that a full screen asks as well."""

ANSWERED = "outcome-answered"
PUT_OFF = "outcome-put-off"
SCREENED = "screen-answered"
TYPES = frozenset({ANSWERED, PUT_OFF, SCREENED})


@dataclass(frozen=True, slots=True)
class Answer:
    """An instrument, answered. at: in UTC; body: what was told."""

    instrument: str
    at: datetime
    on: date
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """given: by instrument, in order of their days; days: the same by day. put_off: the days on which an instrument was
    put off."""

    given: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    put_off: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    days: Mapping[date, tuple[Answer, ...]] = field(default_factory=dict)

    def of(self, instrument: str, *, until: date | None = None) -> tuple[Answer, ...]:
        """The answers of an instrument, until a day."""
        given = self.given.get(instrument, ())
        return given if until is None else tuple(answer for answer in given if answer.on <= until)

    def on(self, day: date) -> tuple[Answer, ...]:
        """Everything that was answered on a day."""
        return self.days.get(day, ())


def answers(record: Record) -> Answers:
    """The answers in a record."""
    return record.folded(_FOLD)


class _AnswersFold:
    """Makes the answers of a record. There are a few a month, so that a change makes them anew."""

    def start(self, record: Record) -> Answers:
        given: dict[str, dict[date, Answer]] = {}
        put_off: dict[str, set[date]] = {}
        for fact in record.of(*sorted(TYPES)):
            if fact.type == PUT_OFF:
                put_off.setdefault(fact.body["instrument"], set()).add(fact.happened()[1])
            elif (answer := _answer(fact)) is not None:
                known = given.setdefault(answer.instrument, {})
                known[answer.on] = max(answer, known.get(answer.on, answer), key=lambda it: it.at)
        days: dict[date, list[Answer]] = {}
        for by_day in given.values():
            for on, answer in by_day.items():
                days.setdefault(on, []).append(answer)
        return Answers(
            {name: tuple(by_day[on] for on in sorted(by_day)) for name, by_day in given.items()},
            {name: tuple(sorted(found)) for name, found in put_off.items()},
            {on: tuple(sorted(told, key=lambda answer: answer.instrument)) for on, told in days.items()},
        )

    def resume(self, state: Answers, change: Change, record: Record) -> Answers:
        return self.start(record) if any(map(_concerns, _of(change))) else state


_FOLD = _AnswersFold()


def _of(change: Change) -> Iterable[Fact]:
    return (*change.came, *change.gone)


def _concerns(fact: Fact) -> bool:
    return fact.type in TYPES and fact.v <= VERSION


def _answer(fact: Fact) -> Answer | None:
    """What a fact answers; None for a screen that was not told the week's pain."""
    at, on = fact.happened()
    if fact.type == SCREENED:
        nprs = fact.body["nprs"]
        return None if nprs is None else Answer(PAIN, at, on, {"nprs": nprs})
    return Answer(fact.body["instrument"], at, on, fact.body)
