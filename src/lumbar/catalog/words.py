"""Turns messages into words.

The words of a language live in ``texts/<language>/*.toml``, flat, by message id, in two tables: ``[written]`` for the
page and ``[spoken]`` for the voice. What is not spoken otherwise is spoken as it is written.

- ``{name}`` is replaced by the parameter of that name.
- A parameter that is ``@`` and a message id is put into words first, without parameters; any other stays as it is.
- A date (a parameter called `on`, or that ends in `_on`) is written out by the words of `date.day`.
- A mass (a number called `kg`) is written with its unit by the words of `mass.kg`; the page may do so in pounds.
- An id that has no words of its own, but ``<id>.one`` and ``<id>.other``, is chosen by the parameter ``count``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lumbar.catalog.load import HERE, read_toml
from lumbar.core.errors import BadCatalog, LumbarError, NotFound
from lumbar.core.message import Message, Param, say

TABLES = ("written", "spoken")
_DATED = re.compile(r"(^|_)on$")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_ID = re.compile(r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*(\.[A-Za-z0-9]+(-[A-Za-z0-9]+)*)*$")


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one language."""

    language: str
    table: Mapping[str, Mapping[str, str]]

    def written(self, message: Message) -> str:
        """The words to read. Raises NotFound for an id or a parameter that is missing."""
        return self._render(message, ("written",))

    def spoken(self, message: Message) -> str:
        """The words to hear; those to read where there are no others. Raises NotFound."""
        return self._render(message, ("spoken", "written"))

    def has(self, message_id: str, *, spoken: bool = False) -> bool:
        """Whether there are words for the id, or a singular and a plural of it."""
        tables = [self.table[name] for name in (TABLES if spoken else TABLES[:1])]
        return any(
            message_id in table or (f"{message_id}.one" in table and f"{message_id}.other" in table) for table in tables
        )

    def flat(self) -> dict[str, dict[str, str]]:
        """All of them as plain values, for the page."""
        return {name: dict(self.table[name]) for name in TABLES}

    def as_json(self) -> dict[str, object]:
        """`flat` with the language's name."""
        return {"language": self.language, **self.flat()}

    def of_error(self, error: LumbarError) -> str:
        """One sentence for an error; its plain form where nobody has given it words."""
        return self.written(error.message) if self.has(error.message.id) else str(error)

    def _render(self, message: Message, names: tuple[str, ...]) -> str:
        text = self._text(message, names)

        def value(match: re.Match[str]) -> str:
            name = match.group(1)
            if name not in message.params:
                raise NotFound("error.no-parameter", message=message.id, parameter=name)
            value = message.params[name]
            on = _date(value) if _DATED.search(name) and self.has("date.day") else None
            if on is not None:
                return self._render(_day(on), names)
            mass = name == "kg" and isinstance(value, int | float) and message.id != "mass.kg" and self.has("mass.kg")
            return self._render(say("mass.kg", kg=value), names) if mass else self._value(value, names)

        return _PLACE.sub(value, text)

    def _text(self, message: Message, names: tuple[str, ...]) -> str:
        ids = [message.id]
        if "count" in message.params:
            ids.append(f"{message.id}.{'one' if message.params['count'] == 1 else 'other'}")
        for name in names:
            for message_id in ids:
                if message_id in self.table[name]:
                    return self.table[name][message_id]
        raise NotFound("error.no-words", message=message.id, language=self.language)

    def _value(self, value: Param, names: tuple[str, ...]) -> str:
        if isinstance(value, str):
            named = value.startswith("@") and self.has(value[1:], spoken="spoken" in names)
            return self._render(Message(value[1:]), names) if named else value
        return f"{value:g}" if isinstance(value, float) else str(value)


def _date(value: Param) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _day(on: date) -> Message:
    """A date in the words of a language."""
    weekday, month = f"@date.weekday.{on.isoweekday()}", f"@date.month.{on.month}"
    return say("date.day", weekday=weekday, day=on.day, month=month, year=on.year)


def load_words(language: str = "en", extra: Path | None = None) -> Words:
    """A language's words, and those of an own catalogue on top. Raises NotFound and BadCatalog."""
    roots = [HERE] + ([extra] if extra is not None and extra.is_dir() else [])
    if language not in languages():
        raise NotFound("error.no-language", language=language, known=", ".join(languages()))
    table: dict[str, dict[str, str]] = {name: {} for name in TABLES}
    for root in roots:
        for name, words in _read_root(root / "texts" / language).items():
            table[name].update(words)
    return Words(language, MappingProxyType({name: MappingProxyType(words) for name, words in table.items()}))


@cache
def shipped_words(language: str = "en") -> Words:
    """The words that come with the package, read once."""
    return load_words(language)


def languages() -> tuple[str, ...]:
    """The languages that there are words in."""
    return tuple(sorted(path.name for path in (HERE / "texts").iterdir() if path.is_dir()))


def _read_root(folder: Path) -> dict[str, dict[str, str]]:
    """The words of one folder; the same id twice, in any of its files, is a mistake."""
    table: dict[str, dict[str, str]] = {name: {} for name in TABLES}
    for path in sorted(folder.glob("*.toml")):
        file = read_toml(path)
        wrong = [*_mistakes(file), *_twice(file, table)]
        if wrong:
            raise BadCatalog(path.name, tuple(wrong))
        for name in TABLES:
            table[name].update(file.get(name, {}))
    return table


def _mistakes(file: Mapping[str, object]) -> Iterable[str]:
    for name, words in file.items():
        if name not in TABLES or not isinstance(words, dict):
            yield f"{name}: there are two tables, [written] and [spoken]"
            continue
        for message_id, text in words.items():
            if not isinstance(text, str) or not text.strip():
                yield f'{name}.{message_id}: words are text (write the id in quotes, "a.b" = "...")'
            elif not _ID.match(message_id):
                yield f"{name}.{message_id}: an id is words joined by hyphens and dots"


def _twice(file: Mapping[str, object], table: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    for name in TABLES:
        words = file.get(name, {})
        if isinstance(words, dict):
            yield from (
                f"{name}.{message_id}: another file has it already" for message_id in words if message_id in table[name]
            )
