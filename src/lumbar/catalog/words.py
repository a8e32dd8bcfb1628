"""Turns messages into words.

The words of a language live in ``texts/<language>/*.toml``, flat, by message id, in two tables: ``[written]`` for the
page and ``[spoken]`` for the voice. What is not spoken otherwise is spoken as it is written.

- ``{name}`` is replaced by the parameter of that name.
- A parameter that is ``@`` and a message id is put into words first, without parameters; any other stays as it is.
- A date (a parameter called `on`, or that ends in `_on`) is written out by the words of `date.day`, or of `date.short`.
- A mass (a number called `kg`) is written with its unit by the words of `mass.kg`; the page may do so in pounds.
- An id that has no words of its own, but ``<id>.one`` and ``<id>.other``, is chosen by the parameter ``count``.
- What a language does with numbers is in its ``language.toml``: which of its plural forms a count takes, as the gettext
  expression that translators know, and the decimal sign. So adding a language is adding a folder.
"""

import gettext
import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.load import HERE, read_toml
from lumbar.core.changing import replace
from lumbar.core.errors import BadCatalog, LumbarError, NotFound
from lumbar.core.message import Message, Param, say

TABLES = ("written", "spoken")
GRAMMAR = "language.toml"
USUAL = "en"
_DATED = re.compile(r"(^|_)on$")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_ID = re.compile(r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*(\.[A-Za-z0-9]+(-[A-Za-z0-9]+)*)*$")


_NOT_FOR_PAGES = re.compile(
    r"error\.|fhir\.|handout\.|cli\.(?!posture\.)"
    r"|packet\.(?!col\.|form\.|taken\.|(person|goal|plan|scores|past|ask|more\.(rules|curves|events))$)"
)
"""What is said in a terminal, in a file or on paper; of what a page shares with them it has its own. Errors and the
lines of a packet come in words, and what an answer to it did comes as messages; the words of the watch at the desk are
the same in the terminal and on its page."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language does with numbers. plural: the place among `forms` that a count takes. decimal: the sign."""

    plural: Callable[[int], int]
    forms: tuple[str, ...]
    decimal: str

    def form(self, count: Param) -> str:
        """The plural form of a count, by its id. What is no whole number takes the last one."""
        whole = isinstance(count, int) or (isinstance(count, float) and count.is_integer())
        return self.forms[self.plural(abs(int(count)))] if whole else self.forms[-1]


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one language. dates: the words that dates are written by."""

    language: str
    table: Mapping[str, Mapping[str, str]]
    grammar: Grammar = Grammar(lambda count: count != 1, ("one", "other"), ".")
    dates: str = "date.day"

    @property
    def with_short_dates(self) -> "Words":
        """The same words, with dates without their weekdays."""
        return replace(self, dates="date.short") if self.has("date.short") else self

    def written(self, message: Message) -> str:
        """The words to read. Raises NotFound for an id or a parameter that is missing."""
        return self._render(message, ("written",))

    def spoken(self, message: Message) -> str:
        """The words to hear; those to read where there are no others. Raises NotFound."""
        return self._render(message, ("spoken", "written"))

    def has(self, message_id: str, *, spoken: bool = False) -> bool:
        """Whether there are words for the id, or a singular and a plural of it."""
        tables = [self.table[name] for name in (TABLES if spoken else TABLES[:1])]
        forms = [f"{message_id}.{form}" for form in self.grammar.forms]
        return any(message_id in table or all(form in table for form in forms) for table in tables)

    def flat(self) -> dict[str, dict[str, str]]:
        """All of them as plain values."""
        return {name: dict(self.table[name]) for name in TABLES}

    def as_json(self) -> dict[str, object]:
        """Those that the page may need, with the language's name, like ones together: so they travel lightest."""
        tables = self.flat().items()
        ours = {name: {k: of[k] for k in sorted(of) if not _NOT_FOR_PAGES.match(k)} for name, of in tables}
        return {"language": self.language, "decimal": self.grammar.decimal, **ours}

    def of_error(self, error: LumbarError) -> str:
        """One sentence for an error; its plain form where nobody has given it words."""
        return self.written(error.message) if self.has(error.message.id) else str(error)

    def of_source(self, source_id: str, title: str) -> str:
        """A publication as it is cited, with what it says; what is ours has the words alone."""
        says = self.written(Message(f"source.{source_id}")) if self.has(f"source.{source_id}") else ""
        return ": ".join(part for part in (title, says) if part)

    def _render(self, message: Message, names: tuple[str, ...]) -> str:
        text = self._text(message, names)

        def value(match: re.Match[str]) -> str:
            name = match.group(1)
            if name not in message.params:
                raise NotFound("error.no-parameter", message=message.id, parameter=name)
            value = message.params[name]
            on = _date(value) if _DATED.search(name) and self.has(self.dates) else None
            if on is not None:
                return self._render(_day(on, self.dates), names)
            mass = name == "kg" and isinstance(value, int | float) and message.id != "mass.kg" and self.has("mass.kg")
            return self._render(say("mass.kg", kg=value), names) if mass else self._value(value, message, names)

        return _PLACE.sub(value, text)

    def _text(self, message: Message, names: tuple[str, ...]) -> str:
        ids = [message.id]
        if "count" in message.params:
            ids.append(f"{message.id}.{self.grammar.form(message.params['count'])}")
        for name in names:
            for message_id in ids:
                if message_id in self.table[name]:
                    return self.table[name][message_id]
        raise NotFound("error.no-words", message=message.id, language=self.language)

    def _value(self, value: Param, of: Message, names: tuple[str, ...]) -> str:
        if isinstance(value, str):
            named = value.startswith("@") and self.has(value[1:], spoken="spoken" in names)
            return self._named(value, of, names) if named else value
        return f"{value:g}".replace(".", self.grammar.decimal) if isinstance(value, float) else str(value)

    def _named(self, value: str, of: Message, names: tuple[str, ...]) -> str:
        """What a parameter names, with the other parameters of its message. What somebody wrote may look like a name:
        when it lacks something, it stands as it was written."""
        others = {name: one for name, one in of.params.items() if not (isinstance(one, str) and one.startswith("@"))}
        try:
            return self._render(Message(value[1:], others), names)
        except NotFound:
            return value


@dataclass(frozen=True, slots=True)
class Tongues:
    """The words of every language, and the one that is spoken where none was asked for."""

    words: Mapping[str, Words]
    usual: str

    def of(self, wanted: str | None) -> Words:
        """The first language of an Accept-Language header, or of a locale, that there are words in."""
        return self.words[_first_of(wanted, self.words) or self.usual]


def _first_of(wanted: str | None, known: Container[str]) -> str | None:
    """The language that is wanted most of those that are known; None when none is."""
    ordered = sorted(_wanted(wanted or ""), key=lambda one: -one[1])
    return next((language for language, _ in ordered if language in known), None)


def _wanted(header: str) -> Iterable[tuple[str, float]]:
    """Languages with how much each is wanted: `es-MX,es;q=0.9`, or a locale such as `es_ES.UTF-8`."""
    for part in header.split(","):
        name, _, rest = part.strip().partition(";")
        found = re.match(r"\s*q=([0-9.]+)\s*$", rest)
        language = re.split(r"[-_.]", name.strip().lower())[0]
        yield language, float(found.group(1)) if found and found.group(1).count(".") < 2 else 1.0


def places(text: str) -> frozenset[str]:
    """The names of the parameters that a text has places for."""
    return frozenset(_PLACE.findall(text))


def _date(value: Param) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _day(on: date, words: str) -> Message:
    """A date in the words of a language."""
    weekday, month = f"@date.weekday.{on.isoweekday()}", f"@date.month.{on.month}"
    return say(words, weekday=weekday, day=on.day, month=month, year=on.year)


def load_words(language: str = "en", extra: Path | None = None) -> Words:
    """A language's words, and those of an own catalogue on top. Raises NotFound and BadCatalog."""
    roots = [HERE] + ([extra] if extra is not None and extra.is_dir() else [])
    if language not in languages():
        raise NotFound("error.no-language", language=language, known=", ".join(languages()))
    table: dict[str, dict[str, str]] = {name: {} for name in TABLES}
    for root in roots:
        for name, words in _read_root(root / "texts" / language).items():
            table[name].update(words)
    return Words(language, _frozen(table), _grammar(language))


def _frozen(table: Mapping[str, dict[str, str]]) -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({name: MappingProxyType(words) for name, words in table.items()})


def load_tongues(usual: str | None = None, extra: Path | None = None) -> Tongues:
    """The words of every language. usual: a language or a locale; English where it is none of ours."""
    every = Tongues({language: load_words(language, extra) for language in languages()}, USUAL)
    return Tongues(every.words, every.of(usual).language)


class GrammarFile(BaseModel):
    """language.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plural: str
    forms: list[str]
    decimal: str


def _grammar(language: str) -> Grammar:
    path = HERE / "texts" / language / GRAMMAR
    try:
        file = GrammarFile.model_validate(read_toml(path))
        plural = gettext.c2py(file.plural)
    except ValidationError as error:
        raise BadCatalog(f"texts/{language}/{GRAMMAR}", mistakes(error)) from error
    except ValueError as error:
        raise BadCatalog(f"texts/{language}/{GRAMMAR}", (f"plural: {error}",)) from error
    return Grammar(plural, tuple(file.forms), file.decimal)


def check_language(named: str) -> None:
    """Raises NotFound for a language that somebody asks for by name, when there are no words in it. A locale is no such
    name: a terminal has it whether lumbar speaks it or not."""
    wanted = [language for language, _ in _wanted(named)] if named.strip() else []
    if wanted and not set(wanted) & set(languages()):
        raise NotFound("error.no-language", language=named, known=", ".join(languages()))


def preferred(environment: Mapping[str, str]) -> str:
    """The language that a terminal's environment asks for, as it is written there."""
    names = ("LUMBAR_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return next((environment[name] for name in names if environment.get(name)), "en")


@cache
def shipped_words(language: str = "en") -> Words:
    """The words that come with the package, read once."""
    return load_words(language)


@cache
def shipped_part(name: str, language: str = "en") -> Words:
    """Those of one file alone, for what needs no others and is to be quick."""
    return Words(language, _frozen(_read_root(HERE / "texts" / language, f"{name}.toml")), _grammar(language))


def shipped_language(wanted: str | None) -> str:
    """The language that is spoken to somebody who wants this one, or this locale: English where it is none of ours."""
    return _first_of(wanted, languages()) or USUAL


def languages() -> tuple[str, ...]:
    """The languages that there are words in."""
    return tuple(sorted(path.name for path in (HERE / "texts").iterdir() if path.is_dir()))


def _read_root(folder: Path, files: str = "*.toml") -> dict[str, dict[str, str]]:
    """The words of one folder's files; the same id twice, in any of them, is a mistake."""
    table: dict[str, dict[str, str]] = {name: {} for name in TABLES}
    for path in sorted(path for path in folder.glob(files) if path.name != GRAMMAR):
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
