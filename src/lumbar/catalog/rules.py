"""Reads the rules behind the numbers: which reasons each gives, where its numbers are, and who has signed it off."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.load import HERE, read_toml
from lumbar.core.errors import BadCatalog

_REASONS = ("plan.reason.", "plan.load.", "plan.book.")
"""Message ids that begin so are reasons, and each belongs to a rule."""


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
    numbers: list[str] = []
    signed_off: SignedFile | None = None


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Who has signed a rule off, and when."""

    by: str
    profession: str
    on: date


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule behind the numbers. table and numbers: where in the programme's file its numbers are; None without any.
    signed_off: None as long as no clinician has."""

    id: str
    reasons: tuple[str, ...]
    table: str | None
    numbers: tuple[str, ...]
    signed_off: SignedOff | None


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
            tuple(file.numbers),
            None if file.signed_off is None else SignedOff(**file.signed_off.model_dump()),
        )
        for file in files
    )


def rule_of(message_id: str, rules: Iterable[Rule]) -> Rule | None:
    """The rule that gives a reason; None for words that are the reason of none."""
    return next((rule for rule in rules if message_id in rule.reasons), None)


def numbers_of(rule: Rule, programme: Mapping[str, Any]) -> dict[str, Any]:
    """The rule's numbers as the programme's file has them; `programme`: the file's tables. Raises KeyError."""
    if rule.table is None:
        return {}
    found = programme[rule.table]
    rows = found if isinstance(found, list) else [found]
    return {name: rows[0][name] for name in rule.numbers} if len(rows) == 1 else {rule.table: rows}


def bad_rules(rules: Iterable[Rule], ids: Iterable[str], programmes: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Reasons without a rule or with two, and numbers that a programme has not. ids: of all words."""
    every = tuple(rules)
    given = [reason for rule in every for reason in rule.reasons]
    yield from (f"{reason} belongs to two rules" for reason in sorted({r for r in given if given.count(r) > 1}))
    told = {message_id.removesuffix(".one").removesuffix(".other") for message_id in ids}
    reasons = {message_id for message_id in told if message_id.startswith(_REASONS)}
    yield from (f"{reason} belongs to no rule" for reason in sorted(reasons - set(given)))
    yield from (f"there are no words for the reason {reason}" for reason in sorted(set(given) - told))
    yield from (f"no words for rule.{rule.id}" for rule in every if f"rule.{rule.id}" not in told)
    for rule in every:
        for name, tables in programmes.items():
            try:
                numbers_of(rule, tables)
            except KeyError as missing:
                yield f"rule {rule.id}: {name}.toml has no {missing.args[0]}"
