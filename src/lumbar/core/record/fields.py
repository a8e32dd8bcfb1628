"""The fields of a fact's body, checked one by one. Each raises BadFact naming its field and what it must be."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from lumbar.core.errors import BadFact
from lumbar.core.message import Param

Body = Mapping[str, Any]

_DAY_S = 86_400

ANSWERS = ("yes", "no", "not-sure", "rather-not-say")


def moment(text: str, field: str) -> datetime:
    """A moment with its offset, from ISO 8601. Raises BadFact."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadFact("error.fact-field", field=field, wanted="@error.wanted.time") from None
    if at.tzinfo is None:
        raise BadFact("error.fact-naive-time", field=field, at=text)
    return at


def wrong(field: str, wanted: str, **numbers: Param) -> BadFact:
    """A field that is not what it must be. wanted: the words for that, after `error.wanted.`, with their numbers."""
    return BadFact("error.fact-field", field=field, wanted=f"@error.wanted.{wanted}", **numbers)


def text(body: Body, field: str, longest: int = 400) -> str:
    value = body[field]
    if not isinstance(value, str) or not value or len(value) > longest:
        raise wrong(field, "text", longest=longest)
    return value


def maybe_text(body: Body, field: str) -> str | None:
    return None if body.get(field) is None else text(body, field)


def choice(body: Body, field: str, options: Iterable[str]) -> str:
    value = body[field]
    if value not in tuple(options):
        raise wrong(field, "one-of", options=", ".join(options))
    return str(value)


def maybe_choice(body: Body, field: str, options: Iterable[str]) -> str | None:
    return None if body.get(field) is None else choice(body, field, options)


def whole(body: Body, field: str, low: int, high: int) -> int:
    value = body[field]
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise wrong(field, "whole", low=low, high=high)
    return value


def maybe_whole(body: Body, field: str, low: int, high: int) -> int | None:
    return None if body.get(field) is None else whole(body, field, low, high)


def maybe_number(body: Body, field: str, low: float, high: float) -> float | None:
    value = body.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise wrong(field, "number", low=f"{low:g}", high=f"{high:g}")
    return float(value)


def number(body: Body, field: str, low: float, high: float) -> float:
    found = maybe_number(body, field, low, high)
    if found is None:
        if field not in body:
            raise KeyError(field)
        raise wrong(field, "number", low=f"{low:g}", high=f"{high:g}")
    return found


def seconds(body: Body, field: str) -> float:
    value = body[field]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _DAY_S:
        raise wrong(field, "seconds", high=_DAY_S)
    return float(value)


def maybe_seconds(body: Body, field: str) -> float | None:
    return None if body.get(field) is None else seconds(body, field)


def flag(body: Body, field: str) -> bool:
    value = body[field]
    if not isinstance(value, bool):
        raise wrong(field, "flag")
    return value


def maybe_flag(body: Body, field: str) -> bool | None:
    return None if body.get(field) is None else flag(body, field)


def table(body: Body, field: str) -> dict[str, Any]:
    value = body[field]
    if not isinstance(value, Mapping):
        raise wrong(field, "table")
    return dict(value)


def items(body: Body, field: str, longest: int = 1_000) -> list[Any]:
    value = body[field]
    if not isinstance(value, list | tuple) or len(value) > longest:
        raise wrong(field, "list", longest=longest)
    return list(value)


def names(body: Body, field: str, longest: int = 50) -> list[str]:
    """Ids in a list; none when the field is missing."""
    found = [] if body.get(field) is None else items(body, field, longest)
    if not all(isinstance(name, str) and 0 < len(name) <= 400 for name in found):
        raise wrong(field, "ids")
    return [str(name) for name in found]


def numbers(body: Body, field: str, low: int, high: int) -> list[int]:
    """Different whole numbers in a list, in order."""
    value = body[field]
    if not isinstance(value, list | tuple):
        raise wrong(field, "different", low=low, high=high)
    found = {number for number in value if isinstance(number, int) and not isinstance(number, bool)}
    if len(found) != len(value) or not all(low <= number <= high for number in found):
        raise wrong(field, "different", low=low, high=high)
    return sorted(found)


def day(body: Body, field: str) -> date:
    try:
        return date.fromisoformat(text(body, field))
    except ValueError:
        raise wrong(field, "day") from None


def maybe_day(body: Body, field: str) -> str | None:
    return None if body.get(field) is None else day(body, field).isoformat()


def answers(body: Body, field: str = "answers") -> dict[str, str]:
    given = table(body, field)
    for item in given:
        choice(given, item, ANSWERS)
    return given


def ids(body: Body, field: str) -> dict[str, str]:
    """Ids by id; none when the field is missing."""
    found = {} if body.get(field) is None else table(body, field)
    for key in found:
        text(found, key)
    return found


def details(body: Body) -> dict[str, dict[str, str]]:
    """What was asked behind an item: its details' answers by id, by item."""
    found = {} if body.get("details") is None else table(body, "details")
    return {item: ids(found, item) for item in found}
