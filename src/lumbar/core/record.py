"""The record: a set of facts that only grows.

A fact is what a person did, answered or was shown, at a moment, on a local day. Facts are merged by id and ordered by
`(at, id)`, so that devices and imports come together in any order. A correction is a fact too. Facts of unknown types
are kept, for a newer lumbar may have written them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from lumbar.core.body import Side
from lumbar.core.errors import BadFact

DAY_BEGINS_H = 3
"""A day begins at 03:00 local time, so that a late session belongs to its evening (design)."""

VERSION = 1
"""The version of all bodies that this lumbar writes. A newer one is kept and left alone."""

ANSWERS = ("yes", "no", "not-sure", "rather-not-say")
OUTCOMES = ("done", "skipped", "stopped", "hurt")
MORNINGS = ("same-or-better", "a-bit-worse", "clearly-worse")

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in its envelope.

    id: UUIDv7. at: when it happened, with its offset. zone: the IANA zone, as the device knew it. on: the local day it
    belongs to, fixed when it was recorded. recorded_at: when the record took it. source: page, cli, import.
    """

    id: str
    person: str
    type: str
    v: int
    at: datetime
    zone: str
    on: date
    recorded_at: datetime
    device: str
    source: str
    body: Body

    @property
    def happened_at(self) -> datetime:
        """When it happened, by the better of two clocks: nothing happens after it was recorded."""
        return min(self.at, self.recorded_at, key=lambda moment: moment.astimezone(UTC))

    @property
    def happened_on(self) -> date:
        """The local day that it belongs to, mended like `happened_at`."""
        if self.at.astimezone(UTC) <= self.recorded_at.astimezone(UTC):
            return self.on
        return min(self.on, day_of(self.recorded_at.astimezone(self.at.tzinfo)))

    def as_json(self) -> dict[str, object]:
        """The fact as plain values."""
        return {
            "id": self.id,
            "person": self.person,
            "type": self.type,
            "v": self.v,
            "at": self.at.isoformat(),
            "zone": self.zone,
            "on": self.on.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
            "device": self.device,
            "source": self.source,
            "body": dict(self.body),
        }


def day_of(at: datetime) -> date:
    """The local day that a moment belongs to. `at` must know its offset. Raises BadFact when it does not."""
    if at.tzinfo is None:
        raise BadFact("error.fact-naive-time", at=at.isoformat())
    return (at.replace(tzinfo=None) - timedelta(hours=DAY_BEGINS_H)).date()


def fact_from_json(data: Mapping[str, Any]) -> Fact:
    """A fact from plain values, checked. Raises BadFact naming the field."""
    try:
        fact = Fact(
            id=_text(data, "id"),
            person=_text(data, "person"),
            type=_text(data, "type"),
            v=_whole(data, "v", 1, 1_000),
            at=moment(_text(data, "at"), "at"),
            zone=_text(data, "zone"),
            on=_day(data, "on"),
            recorded_at=moment(_text(data, "recorded_at"), "recorded_at"),
            device=_text(data, "device"),
            source=_text(data, "source"),
            body=_table(data, "body"),
        )
    except KeyError as cause:
        raise BadFact("error.fact-field-missing", field=str(cause.args[0])) from None
    return replace(fact, body=parse_body(fact.type, fact.v, fact.body))


class Record:
    """Facts in their order, each once, with corrections applied."""

    __slots__ = ("_all", "facts", "uncorrected")

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._all: Mapping[str, Fact] = MappingProxyType(_each_once(facts))
        self.uncorrected = tuple(sorted(self._all.values(), key=_order))
        self.facts = _corrected(self.uncorrected)

    def merge(self, facts: Iterable[Fact]) -> "Record":
        """This record and more facts; one that is known already changes nothing."""
        return Record([*facts, *self._all.values()])

    def of(self, *types: str) -> list[Fact]:
        """The facts of these types, in order, corrected. Those of a newer version than ours are left out."""
        return [fact for fact in self.facts if fact.type in types and fact.v <= VERSION]

    def until(self, at: datetime) -> "Record":
        """What had happened by then: the record as it stood, to replay a day that is past."""
        return Record(fact for fact in self._all.values() if fact.happened_at <= at)

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._all == other._all

    def __hash__(self) -> int:
        return hash(frozenset(self._all))


def _order(fact: Fact) -> tuple[datetime, str]:
    return (fact.at, fact.id)


def _each_once(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Facts by id. Should two differ under one id, the one recorded first stands, whichever came in first."""
    found: dict[str, Fact] = {}
    for fact in facts:
        known = found.get(fact.id)
        if known is None or (fact.recorded_at, repr(fact)) < (known.recorded_at, repr(known)):
            found[fact.id] = fact
    return found


def _corrected(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """What remains after retractions and amendments. A later correction may itself take back an earlier one."""
    retracted: set[str] = set()
    amended: dict[str, Body] = {}
    for fact in reversed(facts):
        if fact.v > VERSION or fact.id in retracted:
            continue
        if fact.type == "retracted":
            retracted.add(fact.body["fact"])
        elif fact.type == "amended":
            amended.setdefault(fact.body["fact"], fact.body["body"])
    return tuple(_amended_fact(fact, amended.get(fact.id)) for fact in facts if fact.id not in retracted)


def _amended_fact(fact: Fact, change: Body | None) -> Fact:
    """The fact with some fields of its body replaced; as it was, when that would not make a fact of its type."""
    if change is None or fact.v > VERSION:
        return fact
    try:
        return replace(fact, body=parse_body(fact.type, fact.v, {**fact.body, **change}))
    except BadFact:
        return fact


def new_fact(fact_type: str, body: Body, *, fact_id: str, person: str, at: datetime, **envelope: Any) -> Fact:
    """A fact of this version, checked, on the day that `at` belongs to.

    envelope: zone, recorded_at (else `at`), device and source. Raises BadFact naming the field.
    """
    known = {"zone", "recorded_at", "device", "source"}
    if unknown := sorted(set(envelope) - known):
        raise BadFact("error.fact-field", field=unknown[0], wanted=f"one of {', '.join(sorted(known))}")
    return Fact(
        id=fact_id,
        person=person,
        type=fact_type,
        v=VERSION,
        at=at,
        zone=envelope.get("zone", "UTC"),
        on=day_of(at),
        recorded_at=envelope.get("recorded_at", at),
        device=envelope.get("device", "unknown"),
        source=envelope.get("source", "page"),
        body=parse_body(fact_type, VERSION, body),
    )


def parse_body(fact_type: str, v: int, body: Body) -> Body:
    """A body as its type allows it. An unknown type, or a newer version of a known one, is kept as it is.

    Raises BadFact naming the field.
    """
    parser = _PARSERS.get(fact_type)
    if parser is None or v > VERSION:
        return body
    try:
        return parser(body)
    except KeyError as cause:
        raise BadFact("error.fact-field-missing", field=f"{fact_type}.{cause.args[0]}") from None
    except BadFact as error:
        params = dict(error.message.params)
        params["field"] = f"{fact_type}.{params.get('field', '')}"
        raise BadFact(error.message.id, **params) from None


def moment(text: str, field: str) -> datetime:
    """A moment with its offset, from ISO 8601. Raises BadFact."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadFact("error.fact-field", field=field, wanted="a time such as 2026-03-01T07:30:00+01:00") from None
    if at.tzinfo is None:
        raise BadFact("error.fact-naive-time", field=field, at=text)
    return at


def _wrong(field: str, wanted: str) -> BadFact:
    return BadFact("error.fact-field", field=field, wanted=wanted)


def _text(body: Body, field: str, longest: int = 400) -> str:
    value = body[field]
    if not isinstance(value, str) or not value or len(value) > longest:
        raise _wrong(field, f"a text of 1 to {longest} characters")
    return value


def _maybe_text(body: Body, field: str) -> str | None:
    return None if body.get(field) is None else _text(body, field)


def _choice(body: Body, field: str, options: Iterable[str]) -> str:
    value = body[field]
    if value not in tuple(options):
        raise _wrong(field, f"one of {', '.join(options)}")
    return str(value)


def _whole(body: Body, field: str, low: int, high: int) -> int:
    value = body[field]
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise _wrong(field, f"a whole number from {low} to {high}")
    return value


def _maybe_whole(body: Body, field: str, low: int, high: int) -> int | None:
    return None if body.get(field) is None else _whole(body, field, low, high)


def _seconds(body: Body, field: str) -> float:
    value = body[field]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 86_400:
        raise _wrong(field, "a number of seconds, 0 to 86400")
    return float(value)


def _maybe_seconds(body: Body, field: str) -> float | None:
    return None if body.get(field) is None else _seconds(body, field)


def _flag(body: Body, field: str) -> bool:
    value = body[field]
    if not isinstance(value, bool):
        raise _wrong(field, "true or false")
    return value


def _table(body: Body, field: str) -> dict[str, Any]:
    value = body[field]
    if not isinstance(value, Mapping):
        raise _wrong(field, "a table")
    return dict(value)


def _list(body: Body, field: str, longest: int = 1_000) -> list[Any]:
    value = body[field]
    if not isinstance(value, list | tuple) or len(value) > longest:
        raise _wrong(field, f"a list of at most {longest}")
    return list(value)


def _day(body: Body, field: str) -> date:
    try:
        return date.fromisoformat(_text(body, field))
    except ValueError:
        raise _wrong(field, "a date such as 2026-03-01") from None


def _answers(body: Body, field: str = "answers") -> dict[str, str]:
    answers = _table(body, field)
    for item in answers:
        _choice(answers, item, ANSWERS)
    return answers


def _ids(body: Body, field: str) -> dict[str, str]:
    """Ids by id; none when the field is missing."""
    table = {} if body.get(field) is None else _table(body, field)
    for key in table:
        _text(table, key)
    return table


def _details(body: Body) -> dict[str, dict[str, str]]:
    """What was asked behind an item: its details' answers by id, by item."""
    table = {} if body.get("details") is None else _table(body, "details")
    return {item: _ids(table, item) for item in table}


def _programme_chosen(body: Body) -> Body:
    return {"programme": _text(body, "programme")}


def _acknowledged(body: Body) -> Body:
    return {"text": _text(body, "text"), "version": _whole(body, "version", 1, 10_000)}


def _screen_answered(body: Body) -> Body:
    return {
        "kind": _choice(body, "kind", ("full",)),
        "answers": _answers(body),
        "details": _details(body),
        "since": _ids(body, "since"),
        "nprs": _maybe_whole(body, "nprs", 0, 10),
        "pain_now": _maybe_whole(body, "pain_now", 0, 10),
    }


def _daily_check(body: Body) -> Body:
    ticks = _list(body, "ticks", 50)
    if not all(isinstance(tick, str) for tick in ticks):
        raise _wrong("ticks", "a list of ids")
    return {"ticks": ticks, "answers": _answers(body), "details": _details(body)}


def _clearance(body: Body) -> Body:
    return {
        "item": _text(body, "item", 10),
        "seen_on": _day(body, "seen_on").isoformat(),
        "by_whom": _text(body, "by_whom"),
        "profession": _text(body, "profession"),
        "may_exercise": _flag(body, "may_exercise"),
    }


def _plan_shown(body: Body) -> Body:
    return {
        "programme": _text(body, "programme"),
        "catalogue": _text(body, "catalogue"),
        "rules": _text(body, "rules"),
        "items": _list(body, "items"),
    }


def _session_started(body: Body) -> Body:
    return {"session": _text(body, "session"), "script": _table(body, "script")}


def _session_ended(body: Body) -> Body:
    return {"session": _text(body, "session"), "how": _choice(body, "how", ("finished", "stopped", "hurt"))}


def _set_done(body: Body) -> Body:
    side = body.get("side")
    return {
        "session": _text(body, "session"),
        "step": _whole(body, "step", 0, 10_000),
        "exercise": _text(body, "exercise"),
        "rung": _text(body, "rung"),
        "side": None if side is None else _choice(body, "side", tuple(s.value for s in Side)),
        "set": _whole(body, "set", 1, 100),
        "hold": _whole(body, "hold", 1, 100),
        "target_s": _seconds(body, "target_s"),
        "credited_s": _seconds(body, "credited_s"),
        "outcome": _choice(body, "outcome", OUTCOMES),
        "measured": _flag(body, "measured"),
        "in_position_s": _maybe_seconds(body, "in_position_s"),
        "unjudged_s": _maybe_seconds(body, "unjudged_s"),
        "faults": _list(body, "faults"),
        "coach": _maybe_text(body, "coach"),
        "model": _maybe_text(body, "model"),
    }


def _pain(body: Body) -> Body:
    words = body.get("words")
    return {
        "when": _choice(body, "when", ("before", "after", "morning-after", "during")),
        "nprs": _maybe_whole(body, "nprs", 0, 10),
        "words": None if words is None else _choice(body, "words", MORNINGS),
        "session": _maybe_text(body, "session"),
        "exercise": _maybe_text(body, "exercise"),
        "further_down_leg": _flag(body, "further_down_leg"),
    }


def _effort(body: Body) -> Body:
    return {"session": _text(body, "session"), "effort": _whole(body, "effort", 0, 10)}


def _shape(body: Body) -> Body:
    return {
        "session": _text(body, "session"),
        "exercise": _text(body, "exercise"),
        "kept": _choice(body, "kept", ("yes", "mostly", "no")),
    }


def _retracted(body: Body) -> Body:
    return {"fact": _text(body, "fact")}


def _amended(body: Body) -> Body:
    return {"fact": _text(body, "fact"), "body": _table(body, "body")}


_PARSERS: Mapping[str, Callable[[Body], Body]] = MappingProxyType(
    {
        "programme-chosen": _programme_chosen,
        "acknowledged": _acknowledged,
        "screen-answered": _screen_answered,
        "daily-check-answered": _daily_check,
        "clearance-recorded": _clearance,
        "plan-shown": _plan_shown,
        "session-started": _session_started,
        "session-ended": _session_ended,
        "set-done": _set_done,
        "pain-reported": _pain,
        "effort-reported": _effort,
        "shape-reported": _shape,
        "retracted": _retracted,
        "amended": _amended,
    }
)

TYPES = tuple(_PARSERS)
"""The types of facts that this version knows."""
