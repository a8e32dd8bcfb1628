"""Facts as rows and back.

A year has tens of thousands of them, so a body is read as text and parsed by pydantic's parser, which takes half the
time of the standard one and keeps each word that comes again and again only once.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta, timezone
from functools import lru_cache
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Select, Text, cast, null, select

from lumbar.core.record import LARGE, VERSION, Fact
from lumbar.store import tables

_columns = tables.fact.c
_ENVELOPE = (
    _columns.id,
    _columns.person,
    _columns.type,
    _columns.v,
    _columns.at,
    _columns.at_offset_s,
    _columns.zone,
    _columns.on,
    _columns.recorded_at,
    _columns.device,
    _columns.source,
)
_BODY_AT = len(_ENVELOPE)
_BODY = cast(_columns.body, Text).label("body")

WHOLE: Select[Any] = select(*_ENVELOPE, _BODY, _columns.number, cast(_columns.large, Text).label("large"))
"""Facts as they are."""

LEAN: Select[Any] = select(*_ENVELOPE, _BODY, _columns.number, null().label("large"))
"""Facts without what is large in them."""


def row_of(fact: Fact, number: int) -> dict[str, Any]:
    """A row for a fact, the `number`th that was taken of its person."""
    offset = fact.at.utcoffset()
    if offset is None:
        raise ValueError("a moment needs its offset")
    apart = LARGE.get(fact.type, frozenset()) & fact.body.keys()
    return {
        "id": fact.id,
        "person": fact.person,
        "type": fact.type,
        "v": fact.v,
        "at": fact.at,
        "at_offset_s": int(offset.total_seconds()),
        "zone": fact.zone,
        "on": fact.on,
        "recorded_at": fact.recorded_at,
        "device": fact.device,
        "source": fact.source,
        "body": {name: value for name, value in fact.body.items() if name not in apart},
        "number": number,
        "large": {name: fact.body[name] for name in sorted(apart)} or None,
    }


_AT_ONCE = 500
"""So many bodies are parsed in one go, which takes half the time of one by one (measured)."""


def facts_of(rows: Sequence[Any]) -> Iterator[Fact]:
    """The facts in rows that WHOLE or LEAN selects."""
    for begin in range(0, len(rows), _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        for row, body in zip(some, _bodies([row[_BODY_AT] for row in some]), strict=True):
            yield _fact(row, body)


def _fact(row: Any, body: dict[str, Any]) -> Fact:
    fact_id, person, fact_type, v, at, offset_s, zone, on, recorded_at, device, source, _, _, large = row
    if large is not None:
        body |= _parsed(large)
    if fact_type in LARGE:
        for name in LARGE[fact_type] if v <= VERSION else ():
            body.setdefault(name, {})
    moment = at.astimezone(_zone(offset_s)) if offset_s else at
    return Fact(fact_id, person, fact_type, v, moment, zone, on, recorded_at, device, source, body)


def _bodies(texts: list[str]) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = from_json(f"[{','.join(texts)}]")
    except ValueError:  # one of them has half a character
        found = [_parsed(text) for text in texts]
    return found


def _parsed(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = from_json(text)
    except ValueError:  # the standard parser also takes halves of characters, and no fact may be lost for one
        found = json.loads(text)
    return found


@lru_cache(maxsize=200)
def _zone(offset_s: int) -> timezone:
    """One and the same object for each offset, for moments with the same are compared faster."""
    return timezone(timedelta(seconds=offset_s))
