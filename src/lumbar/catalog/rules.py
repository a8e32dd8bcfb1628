"""Reads the rules behind the numbers: which reasons each gives, where its numbers are and what they are called, and who
has signed it off."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.load import HERE, read_toml
from lumbar.core.errors import BadCatalog
from lumbar.core.message import Message, say

_REASONS = ("plan.reason.", "plan.load.", "plan.book.")
"""Message ids that begin so are reasons, and each belongs to a rule."""


class Unit(StrEnum):
    """What a number counts. Its words are `unit.<id>`, with the number as their count."""

    SECONDS = "s"
    MINUTES = "min"
    HOURS = "h"
    DAYS = "days"
    WEEKS = "weeks"
    WEEK = "week"
    """Which one, counted from the first."""
    SESSIONS = "sessions"
    SESSION = "session"
    """Which one, counted from the first."""
    HOLDS = "holds"
    TIMES = "times"
    ANSWERS = "answers"
    POINTS = "points"
    OF_TEN = "of-ten"
    """On a scale of 0 to 10, of pain or effort."""
    SHARE = "share"
    """A part of a whole, written in percent."""
    FLAG = "flag"
    """An answer of the screen, by its id."""
    WHETHER = "whether"
    """Yes or no."""

    def says(self, value: Any) -> Message:
        """A value with its unit."""
        match self:
            case Unit.FLAG:
                return say(f"screen.{value}.short")
            case Unit.WHETHER:
                return say("unit.yes" if value else "unit.no")
            case Unit.SHARE:
                return say(f"unit.{self}", count=round(100 * value))
        return say(f"unit.{self}", count=value)

    @property
    def words(self) -> tuple[str, ...]:
        """The ids of the words that every value of it needs, whatever it is."""
        return {Unit.FLAG: (), Unit.WHETHER: ("unit.yes", "unit.no")}.get(self, (f"unit.{self}",))


class SignedFile(BaseModel):
    """A clinician who looked at a rule and agrees with it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str
    profession: str
    on: date


class RuleFile(BaseModel):
    """[[rule]]."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    reasons: list[str]
    table: str | None = None
    numbers: dict[str, Unit] = {}
    signed_off: SignedFile | None = None


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Who has signed a rule off, and when."""

    by: str
    profession: str
    on: date


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule behind the numbers. table: where in the programme's file its numbers are; None without any. numbers: each
    by its name there, with what it counts; a dot leads into a table within. signed_off: None as long as no clinician
    has."""

    id: str
    reasons: tuple[str, ...]
    table: str | None
    numbers: Mapping[str, Unit]
    signed_off: SignedOff | None

    def label(self, name: str) -> str:
        """The id of the words that one of its numbers is called by."""
        return f"number.{self.table}.{name}".replace("_", "-")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a rule for whoever reads it. name and value: as the programme's file has them; says: the value with
    its unit, or each of several."""

    name: str
    value: Any
    label: Message
    says: tuple[Message, ...]

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "name": self.name,
            "value": self.value,
            "label": self.label.as_json(),
            "says": [one.as_json() for one in self.says],
        }


Row = tuple[Number, ...]
"""Numbers that belong together: all of a rule's, or those of one of the cases that it tells apart."""


def load_rules() -> tuple[Rule, ...]:
    """Our rules. Raises BadCatalog with every mistake."""
    path = HERE / "rules.toml"
    try:
        files = [RuleFile.model_validate(row) for row in read_toml(path).get("rule", [])]
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error
    return tuple(
        Rule(
            file.id,
            tuple(file.reasons),
            file.table,
            file.numbers,
            None if file.signed_off is None else SignedOff(**file.signed_off.model_dump()),
        )
        for file in files
    )


def rule_of(message_id: str, rules: Iterable[Rule]) -> Rule | None:
    """The rule that gives a reason; None for words that are the reason of none."""
    return next((rule for rule in rules if message_id in rule.reasons), None)


def numbers_of(rule: Rule, programme: Mapping[str, Any]) -> tuple[Row, ...]:
    """The rule's numbers as the programme's file has them; `programme`: the file's tables. A number that one of the
    rule's cases has not is left out there. Raises KeyError for one that the file has nowhere."""
    if rule.table is None:
        return ()
    found = _at(programme, rule.table)
    rows = found if isinstance(found, list) else [found]
    values = [{name: _at(row, name) for name in rule.numbers if _has(row, name)} for row in rows]
    for name in rule.numbers:
        if not any(name in row for row in values):
            raise KeyError(name)
    return tuple(tuple(_number(rule, name, value) for name, value in row.items()) for row in values)


def _number(rule: Rule, name: str, value: Any) -> Number:
    unit = rule.numbers[name]
    every = value if isinstance(value, list) else [value]
    return Number(name, value, say(rule.label(name)), tuple(unit.says(one) for one in every))


def _at(table: Mapping[str, Any], path: str) -> Any:
    """What lies at a dotted path. Raises KeyError."""
    found: Any = table
    for name in path.split("."):
        found = found[name]
    return found


def _has(table: Mapping[str, Any], path: str) -> bool:
    try:
        _at(table, path)
    except KeyError:
        return False
    return True


def bad_rules(rules: Iterable[Rule], ids: Iterable[str], programmes: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Reasons without a rule or with two, and numbers that a programme has not or that nobody has named. ids: of all
    words."""
    every = tuple(rules)
    given = [reason for rule in every for reason in rule.reasons]
    yield from (f"{reason} belongs to two rules" for reason in sorted({r for r in given if given.count(r) > 1}))
    told = {message_id.removesuffix(".one").removesuffix(".other") for message_id in ids}
    reasons = {message_id for message_id in told if message_id.startswith(_REASONS)}
    yield from (f"{reason} belongs to no rule" for reason in sorted(reasons - set(given)))
    yield from (f"there are no words for the reason {reason}" for reason in sorted(set(given) - told))
    yield from (f"no words for rule.{rule.id}" for rule in every if f"rule.{rule.id}" not in told)
    named = {label for rule in every for label in map(rule.label, rule.numbers)}
    yield from (f"no words for {label}" for label in sorted(named - told))
    yield from (f"{label} is the name of no number" for label in sorted(_labels(told) - named))
    units = {words for rule in every for unit in rule.numbers.values() for words in unit.words}
    yield from (f"no words for {unit}" for unit in sorted(units - told))
    for rule in every:
        for name, tables in programmes.items():
            try:
                numbers_of(rule, tables)
            except KeyError as missing:
                yield f"rule {rule.id}: {name}.toml has no {missing.args[0]}"


def _labels(ids: Iterable[str]) -> set[str]:
    return {message_id for message_id in ids if message_id.startswith("number.")}
