"""Takes facts into the record."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lumbar.app.moment import agreed
from lumbar.app.ports import Clock, Lease, Mark, Person, Store
from lumbar.app.today import ShowToday
from lumbar.core.errors import BadFact
from lumbar.core.packet.answer import lacks_change
from lumbar.core.plan import Day
from lumbar.core.record import VERSION, Fact, day_of, parse_body
from lumbar.core.record.fields import wrong

_YEARS = range(2000, 2200)
"""A moment outside of these is a broken clock, and some of them no database can hold."""

_DEEPEST = 20

_SEEN_ON = {"clearance-recorded": "seen_on", "review-recorded": "reviewed_on"}
"""The day on which a clinician looked, by type."""

_OURS = frozenset({"programme-chosen", "plan-shown", "session-started", "packet-made", "approval-wanted"})
"""What only the server itself says: it tells of what was decided and not of what somebody did."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact as its device tells it: what only the server may say is missing."""

    id: str
    type: str
    v: int
    at: datetime
    zone: str
    device: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of the facts, and the day as it is now. Ids in the order they came."""

    accepted: tuple[str, ...]
    duplicates: tuple[str, ...]
    today: Day


class RecordFacts:
    """Checks facts, dates them and stores all of them or none. Sending them again changes nothing."""

    def __init__(self, store: Store, clock: Clock, show_today: ShowToday) -> None:
        self._store = store
        self._clock = clock
        self._show_today = show_today

    def __call__(self, person: Person, drafts: Sequence[Draft], *, source: str, whole: bool = False) -> Recorded:
        """whole: one that is known keeps out the others. Raises BadFact, naming the fact's place, and then nothing is
        stored."""
        now = self._clock.now()
        for number, draft in enumerate(drafts):
            if source == "page" and draft.type in _OURS and draft.v <= VERSION:
                raise wrong("type", "page-type", place=f"facts.{number}")
        facts = [seal(draft, person, now, source, number) for number, draft in enumerate(drafts)]
        appended = self._store.append(person.id, facts, whole=whole)
        for fact in facts:
            self._note_session(fact, now)
        at = now if not facts else agreed(now, max(fact.at for fact in facts))
        return Recorded(appended.accepted, appended.duplicates, self._show_today(person, at=at))

    def unless_news(self, person: Person, draft: Draft, known: Mark, *, source: str) -> bool:
        """Keep one fact that was decided on a record as it was read, unless there is more by now; whether it was kept.

        Raises BadFact.
        """
        fact = seal(draft, person, self._clock.now(), source)
        return self._store.append_unless_news(person.id, [fact], known)

    def _note_session(self, fact: Fact, now: datetime) -> None:
        session = fact.body.get("session")
        if not isinstance(session, str):
            return
        if fact.type == "session-ended":
            self._store.release_lease(fact.person, session)
        else:
            self._store.renew_lease(Lease(fact.person, session, fact.device, now))


def seal(draft: Draft, person: Person, now: datetime, source: str, number: int = 0) -> Fact:
    """A draft in its full envelope. Raises BadFact; `number` is its place among those sent, from 0."""
    place = f"facts.{number}"
    try:
        if draft.at.year not in _YEARS:
            raise wrong("at", "century")
        _check_plain(draft.body, 0)
        on = day_of(draft.at)
        body = parse_body(draft.type, draft.v, draft.body)
        _check_seen(draft, body, agreed(now, draft.at))
        if draft.type == "review-recorded" and draft.v <= VERSION and lacks_change(body):
            raise wrong("review-recorded.changes", "a-change")
    except BadFact as error:
        raise BadFact(error.message.id, **{**error.message.params, "place": place}) from None
    return Fact(
        id=draft.id,
        person=person.id,
        type=draft.type,
        v=draft.v,
        at=draft.at,
        zone=draft.zone,
        on=on,
        recorded_at=now,
        device=draft.device,
        source=source,
        body=body,
    )


_SHAPES = {
    "id": (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), 36, "uuid"),
    "type": (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), 64, "type"),
    "zone": (re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*"), 64, "zone"),
    "device": (re.compile(r"[A-Za-z0-9._:-]+"), 100, "device"),
    "source": (re.compile(r"[a-z-]+"), 32, "source"),
}
"""What an envelope's texts look like, with the words for it, wherever the fact comes from: no database cuts or refuses
them."""


def check_envelope(fact: Fact) -> None:
    """Refuse a fact from a file that no device of ours could have told. Raises BadFact."""
    for field, value in (
        ("id", fact.id),
        ("type", fact.type),
        ("zone", fact.zone),
        ("device", fact.device),
        ("source", fact.source),
    ):
        shape, longest, wanted = _SHAPES[field]
        if len(value) > longest or not shape.fullmatch(value):
            raise wrong(field, wanted)
    for field, moment in (("at", fact.at), ("recorded_at", fact.recorded_at)):
        if moment.year not in _YEARS:
            raise wrong(field, "century")
    _check_plain(fact.body, 0)


def _check_seen(draft: Draft, body: Mapping[str, Any], at: datetime) -> None:
    """An assessment of a day that is yet to come would be kept and never count: better to say so at once."""
    field = _SEEN_ON.get(draft.type)
    if field is not None and draft.v <= VERSION and date.fromisoformat(body[field]) > at.date():
        raise wrong(f"{draft.type}.{field}", "past-day")


def _check_plain(values: Mapping[str, Any], depth: int) -> None:
    """Refuse what JSON has no word for, and towers of brackets. Facts of unknown types pass no other check.

    depth: of `values` in the body. A long record has millions of values, so plain ones are looked at where they stand.
    """
    _check_each(values, depth + 1)
    _check_each(values.values(), depth + 1)


def _check_each(values: Iterable[object], depth: int) -> None:
    for value in values:
        if depth > _DEEPEST:
            raise wrong("body", "depth", most=_DEEPEST)
        if isinstance(value, str):
            if not value.isascii() and _halved(value):
                raise wrong("body", "whole-letters")
        elif isinstance(value, float):
            if not math.isfinite(value):
                raise wrong("body", "finite")
        elif value is None or isinstance(value, int):
            continue
        elif isinstance(value, Mapping):
            _check_plain(value, depth)
        elif isinstance(value, list | tuple):
            _check_each(value, depth + 1)


def _halved(text: str) -> bool:
    """Whether the text holds half of a surrogate pair, which JSON can write and nothing can show or send on."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)
