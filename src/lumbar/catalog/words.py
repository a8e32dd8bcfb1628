"""Words: the one place where message ids become sentences.

A language is a folder of TOML files with two tables, `[written]` and `[spoken]`. What has no spoken words is spoken as
written. A message with a `count` finds `<id>.one` or `<id>.other`; a parameter that begins with `@` is a message id itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lumbar.catalog.load import HERE, read_toml
from lumbar.core.errors import BadCatalog, LumbarError, NotFound
from lumbar.core.message import Message, Param, say

_HOLE = re.compile(r"\{([a-z_]+)\}")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one language."""

    language: str
    table: Mapping[str, str]
    voice: Mapping[str, str]

    def written(self, message: Message) -> str:
        """What is read on a page. Raises NotFound for an id without words."""
        return self._fill(message, self.table, _DEEPEST)

    def spoken(self, message: Message) -> str:
        """What is said aloud. Raises NotFound for an id without words."""
        return self._fill(message, {**self.table, **self.voice}, _DEEPEST)

    def has(self, message_id: str) -> bool:
        """Whether there are words for an id, or for both of its plural forms."""
        return message_id in self.table or message_id in self.voice or f"{message_id}.other" in self.table

    def of_error(self, error: LumbarError) -> str:
        """One sentence for an error."""
        return self.written(error.message) if self.has(error.message.id) else str(error)

    def as_json(self) -> dict[str, object]:
        """Everything, for the page."""
        return {"language": self.language, "written": dict(self.table), "spoken": dict(self.voice)}

    def _fill(self, message: Message, table: Mapping[str, str], depth: int) -> str:
        text = table.get(_form(message, table))
        if text is None:
            raise NotFound("error.no-words", id=message.id, language=self.language)

        def value(hole: re.Match[str]) -> str:
            param = message.params.get(hole[1])
            if param is None:
                return hole[0]
            if isinstance(param, str) and param.startswith("@") and depth > 0:
                return self._fill(say(param[1:]), table, depth - 1)
            return _plain(param)

        return _HOLE.sub(value, text)


def _form(message: Message, table: Mapping[str, str]) -> str:
    count = message.params.get("count")
    if message.id in table or not isinstance(count, int | float):
        return message.id
    return f"{message.id}.{'one' if count == 1 else 'other'}"


def _plain(param: Param) -> str:
    return f"{param:g}" if isinstance(param, float) else str(param)


@cache
def load_words(language: str = "en") -> Words:
    """A language's words. Raises NotFound for a language there is not, BadCatalog for a broken or doubled entry."""
    folder = HERE / "texts" / language
    if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", language) or not folder.is_dir():
        known = ", ".join(sorted(path.name for path in (HERE / "texts").iterdir()))
        raise NotFound("error.no-language", language=language, known=known)
    table: dict[str, str] = {}
    voice: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        _read(path, table, voice)
    return Words(language, table, voice)


def _read(path: Path, table: dict[str, str], voice: dict[str, str]) -> None:
    wrong = []
    for kind, entries in read_toml(path).items():
        into = {"written": table, "spoken": voice}.get(kind)
        if into is None or not isinstance(entries, dict):
            wrong.append(f"{kind}: a words file has the tables [written] and [spoken] alone")
            continue
        for key, text in entries.items():
            if not isinstance(text, str):
                wrong.append(f"{kind}.{key}: not a text; put the id in quotes")
            elif key in into:
                wrong.append(f"{kind}.{key}: it has words already")
            else:
                into[key] = text
    if wrong:
        raise BadCatalog(path.name, tuple(wrong))
