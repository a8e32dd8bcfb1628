"""Refusals in every language: what a field must be is said in words of the catalogue, never in the code's own."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import lumbar
from lumbar.app.record_facts import check_envelope
from lumbar.catalog import shipped_catalogue
from lumbar.catalog.words import languages, shipped_words
from lumbar.core.errors import BadFact, BadImport, LumbarError
from lumbar.core.message import say
from lumbar.core.outcomes import score
from lumbar.core.record import TYPES, Fact, fact_from_json, new_fact, parse_body
from lumbar.export.sessions_table import SessionsTable

SOURCES = sorted(Path(lumbar.__file__).parent.rglob("*.py"))
REFUSALS = ("BadFact", "BadInput", "BadImport", "Misuse", "Conflict", "NotFound", "StoreUnavailable", "wrong", "_wrong")
PHRASE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
WORST: tuple[Any, ...] = (
    None,
    object(),
    "",
    "x" * 9_999,
    -7,
    10**9,
    True,
    {},
    [],
    [object()],
    {"x": object()},
    "x",
    1.5,
)


def refusals(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that make a refusal of which a reader is told."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in REFUSALS:
            yield node


def phrases(call: ast.Call) -> Iterator[str]:
    """What a refusal says in the code's own words."""
    for node in (*call.args, *(keyword.value for keyword in call.keywords)):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and PHRASE.search(inner.value):
                yield inner.value


def test_no_refusal_is_told_in_the_words_of_the_code() -> None:
    calls = [(path.name, call) for path in SOURCES for call in refusals(ast.parse(path.read_text("utf-8")))]
    assert len(calls) > 100, "they are looked at"
    found = {
        (name, call.lineno, told) for name, call in calls for told in phrases(call) if not told.startswith("error.")
    }
    assert not {one for one in found if one[0] not in INSIDE}


INSIDE = frozenset({"trace.py"})
"""Of a trace's own format, for who records one: its sentences stand in the command's own language throughout."""


def test_the_test_finds_a_phrase() -> None:
    (call,) = refusals(ast.parse('raise BadFact("error.fact-field", wanted=f"a list of {n}")'))
    assert list(phrases(call)) == ["a list of "]


def bodies() -> Iterator[LumbarError]:
    """Every field of every type refused in every way that it can be."""
    for fact_type in TYPES:
        body: dict[str, Any] = {}
        for _ in range(60):  # field by field, until nothing is missing
            name = missing(fact_type, body)
            if name is None:
                break
            for value in WORST:
                error = refused(fact_type, {**body, name: value})
                if error is not None:
                    yield error
            options = (choices(refused(fact_type, {**body, name: "x"})), ACCEPTED)
            body[name] = next(v for some in options for v in some if accepts(fact_type, {**body, name: v}, name))
        for name in parse_body(fact_type, 1, body):
            yield from filter(None, (refused(fact_type, {**body, name: value}) for value in WORST))


ACCEPTED: tuple[Any, ...] = ("x", 1, True, {}, [], "2026-03-01", [0, 0])


def refused(fact_type: str, body: dict[str, Any]) -> LumbarError | None:
    try:
        parse_body(fact_type, 1, body)
    except BadFact as error:
        return error
    return None


def choices(error: LumbarError | None) -> list[str]:
    """What may be chosen, where a refusal says so."""
    return [] if error is None else str(error.message.params.get("options", "")).split(", ")


def missing(fact_type: str, body: dict[str, Any]) -> str | None:
    error = refused(fact_type, body)
    if error is None or error.message.id != "error.fact-field-missing":
        return None
    return str(error.message.params["field"]).partition(".")[2]


def accepts(fact_type: str, body: dict[str, Any], name: str) -> bool:
    error = refused(fact_type, body)
    return error is None or not str(error.message.params["field"]).endswith(f".{name}")


def envelopes() -> Iterator[LumbarError]:
    fact = new_fact("walk-done", {"minutes": 5}, fact_id="0" * 8, person="p", at=datetime(2026, 3, 2, tzinfo=UTC))
    for field, value in (("id", "X"), ("type", "A b"), ("zone", "no zone"), ("device", "a b"), ("source", "A"),
                         ("at", datetime(1900, 1, 1, tzinfo=UTC)), ("body", {"x": float("nan")}),
                         ("body", {"x": "\ud800"}), ("body", {"x": deep()})):  # fmt: skip
        changed = {name: getattr(fact, name) for name in Fact.__dataclass_fields__} | {field: value}
        if field != "id":
            changed["id"] = "01234567-89ab-7def-8123-456789abcdef"
        with pytest.raises(BadFact) as caught:
            check_envelope(Fact(**changed))
        yield caught.value
    plain = fact.as_json()
    for field, told in (("on", "2026-09-09"), ("at", "soon"), ("v", "one"), ("body", 3), ("recorded_at", "soon")):
        with pytest.raises(BadFact) as caught:
            fact_from_json({**plain, field: told})
        yield caught.value


def deep() -> Any:
    found: Any = 1
    for _ in range(30):
        found = [found]
    return found


def tables() -> Iterator[LumbarError]:
    read = SessionsTable(shipped_catalogue())
    for row in ("2026-13-01,plank,30,,", "2026-03-01,plunk,30,,", "2026-03-01,plank,many,,",
                "2026-03-01,side-plank,30,up,", "2026-03-01,plank,30,left,", "2026-03-01,plank,30,,unheard-of",
                "2026-03-01,plank,30"):  # fmt: skip
        with pytest.raises(BadImport) as caught:
            read(f"date,exercise,seconds,side,rung\n{row}\n".encode(), "p", datetime(2026, 3, 20, tzinfo=UTC))
        yield caught.value


def scores() -> Iterator[LumbarError]:
    from lumbar.catalog.instruments import load_outcomes

    for instrument in load_outcomes(shipped_catalogue()).instruments.values():
        for value in ([], [1, 1], "x", 99, [{"name": "a", "rating": 1}] * 2, [{"name": "a", "rating": 1}] * 9):
            try:
                score(instrument, dict.fromkeys(("nprs", "ticks", "activities", "impression"), value))
            except BadFact as error:
                yield error


def every() -> list[LumbarError]:
    return [*bodies(), *envelopes(), *tables(), *scores()]


def test_every_refusal_of_a_fact_and_of_a_table_is_said_in_each_language() -> None:
    errors = every()
    wanted = {str(error.message.params["wanted"]) for error in errors if "wanted" in error.message.params}
    assert len(wanted) > 25
    assert {one for one in wanted if not one.startswith("@error.wanted.") and not one.isdigit()} == set()
    english = {language: shipped_words(language) for language in languages()}
    theirs = {one: english["en"].written(say(one[1:], **NUMBERS)) for one in wanted if one.startswith("@")}
    for language in set(languages()) - {"en"}:
        words = english[language]
        for error in errors:
            told = words.of_error(error)
            assert "{" not in told
            assert "@" not in told
            phrase = theirs.get(str(error.message.params.get("wanted")))
            assert phrase is None or phrase not in told, (language, told)


NUMBERS: dict[str, Any] = dict.fromkeys(("low", "high", "longest", "most", "options"), 0)


def test_what_somebody_writes_is_never_taken_for_words() -> None:
    words = shipped_words()
    for told in ("@plan.reason.core-gap", "@error.fact-field", "@error.wanted.text", "@nothing"):
        assert words.written(say("error.fact-field-missing", field=told))
    assert words.written(say("plan.reason.review-note", by="Jo", note="@plan.reason.review-note"))
