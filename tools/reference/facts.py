"""The record's facts: the envelope, and every type's body, found out by asking the code what it accepts."""

import dataclasses

from lumbar.catalog.words import shipped_words
from lumbar.core.errors import BadFact
from lumbar.core.message import Message
from lumbar.core.record import TYPES, VERSION, Fact, parse_body
from reference.markdown import doc, page, table

_WORDS = shipped_words()

_VALUES: tuple[object, ...] = ("x", 1, 1.0, True, {}, [], "2026-03-01", [0, 0])


def write() -> str:
    """The envelope and the bodies."""
    return page(
        "# Facts",
        "The record is a set of facts. They are merged by id and ordered by `(at, id)`; unknown types are kept.",
        "## The envelope",
        doc(Fact).partition("\n")[2],
        table(
            ["field", "type"],
            [(f"`{f.name}`", getattr(f.type, "__name__", str(f.type))) for f in dataclasses.fields(Fact)],
        ),
        *(f"## `{fact_type}`\n\n{_body(fact_type)}" for fact_type in TYPES),
    )


def _body(fact_type: str) -> str:
    rows, example = _needed(fact_type)
    for name in parse_body(fact_type, VERSION, example):
        if name not in rows:
            rows[name] = f"{_wanted(fact_type, example, name)}; may be missing"
    return table(["field", "what it holds"], [(f"`{name}`", wanted) for name, wanted in rows.items()])


def _needed(fact_type: str) -> tuple[dict[str, str], dict[str, object]]:
    """What each field that cannot be missing must hold, and a body that is accepted."""
    rows: dict[str, str] = {}
    example: dict[str, object] = {}
    while (name := _missing(fact_type, example)) is not None:
        rows[name] = _wanted(fact_type, example, name)
        example[name] = _accepted(fact_type, example, name, rows[name])
    return rows, example


def _wanted(fact_type: str, body: dict[str, object], name: str) -> str:
    """What a field must hold: the complaint about a wrong type, or the narrower one about a text of the wrong form."""
    wanted = "anything"
    for value in (object(), "x"):
        refused = _complaint(fact_type, {**body, name: value})
        if refused and refused[0] == name:
            wanted = refused[1]
    return wanted


def _missing(fact_type: str, body: dict[str, object]) -> str | None:
    try:
        parse_body(fact_type, VERSION, body)
    except BadFact as error:
        return str(error.message.params["field"]).removeprefix(f"{fact_type}.")
    return None


def _complaint(fact_type: str, body: dict[str, object]) -> tuple[str, str] | None:
    """Which field of a body is refused, and what was wanted instead."""
    try:
        parse_body(fact_type, VERSION, body)
    except BadFact as error:
        params = error.message.params
        wanted = Message(str(params.get("wanted", "")).removeprefix("@"), params)
        return str(params["field"]).removeprefix(f"{fact_type}."), _WORDS.written(wanted) if wanted.id else ""
    return None


def _accepted(fact_type: str, body: dict[str, object], name: str, wanted: str) -> object:
    """Some value that the field takes."""
    options = wanted.removeprefix("one of ").split(", ") if wanted.startswith("one of ") else []
    for value in (*options, *_VALUES):
        refused = _complaint(fact_type, {**body, name: value})
        if refused is None or refused[0] != name:
            return value
    raise ValueError(f"no value found for {fact_type}.{name}, which wants {wanted}")
