"""Whatever the code names has words, and there are no words that nothing names.

Ids that are put together count as well: `f"plan.step.{step}.done"` stands for every id of that shape.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

import lumbar
from lumbar.catalog.words import TABLES, languages, load_words
from lumbar.core import errors
from lumbar.core.rung import OWN_WORDS

SOURCE = Path(lumbar.__file__).parent
PAGE = SOURCE.parents[1] / "frontend/src"
NAMERS = {"say", "Message"} | {name for name in vars(errors) if name[0].isupper()} - {"BadCatalog"}
_PART = "[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)*"
_PLURAL = re.compile(r"\.(one|other|\d+)$")


@cache
def ids() -> set[str]:
    """Every message id of the language that there is."""
    return {message_id for table in load_words("en").flat().values() for message_id in table}


def shape(parts: Iterable[str | None]) -> str | None:
    """A pattern for an id of these parts, None standing for what is put in; None for what might be anything."""
    parts = list(parts)
    said = "".join(part for part in parts if part is not None)
    if "." not in said or len(re.findall(r"[a-z]", said)) < 3 or not re.fullmatch(r"@?[A-Za-z0-9.-]+", said):
        return None
    return "".join(_PART if part is None else re.escape(part) for part in parts).removeprefix("@")


def built(node: ast.JoinedStr) -> str | None:
    """The pattern of an f-string."""
    return shape(part.value if isinstance(part, ast.Constant) else None for part in node.values)  # type: ignore[misc]


def named_in(path: Path) -> Iterator[tuple[int, str]]:
    """Patterns of the message ids that a file hands to `say`, `Message` or an error, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if called not in NAMERS:
            continue
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and "." in first.value:
            yield node.lineno, re.escape(first.value)
        elif isinstance(first, ast.JoinedStr) and (pattern := built(first)) is not None:
            yield node.lineno, pattern


def has_words(pattern: str) -> bool:
    """Whether an id of this shape has words, or a singular and a plural."""
    whole = re.compile(f"(?:{pattern})")
    return any(whole.fullmatch(known) or whole.fullmatch(_PLURAL.sub("", known)) for known in ids())


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_message_that_the_code_names_has_words(path: Path) -> None:
    assert [f"line {line}: {pattern}" for line, pattern in named_in(path) if not has_words(pattern)] == []


def python_patterns(paths: Iterable[Path]) -> Iterator[str]:
    """Every text of the code that might be an id, and the shapes of those that are put together."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
                yield re.escape(node.value.removeprefix("@"))
            elif isinstance(node, ast.JoinedStr) and (pattern := built(node)) is not None:
                yield pattern


def file_patterns(value: object) -> Iterator[str]:
    """Every text in a catalogue's file."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from file_patterns(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from file_patterns(inner)
    elif isinstance(value, str) and "." in value:
        yield re.escape(value)


def page_patterns() -> Iterator[str]:
    """Quoted texts of the page's sources, and what its templates are made of."""
    for path in PAGE.rglob("*.ts*"):
        text = path.read_text(encoding="utf-8")
        if ".test." in path.name:
            continue
        yield from (re.escape(found.removeprefix("@")) for found in re.findall(r'"(@?[A-Za-z0-9.-]+)"', text))
        for template in re.findall(r"`(@?[A-Za-z0-9.$@{}()?:\[\]_ \"'=!&|-]+)`", text):
            pieces = re.split(r"\$\{[^{}]*\}", template)
            parts = [part for piece in pieces for part in (piece, None)][:-1]
            if (pattern := shape(parts)) is not None:
                yield pattern


def test_no_words_are_left_over() -> None:
    catalogue = [tomllib.loads(path.read_text()) for path in (SOURCE / "catalog").rglob("*.toml")]
    files = [file for file in catalogue if not {"written", "spoken"} & file.keys()]
    own = {pattern for part in OWN_WORDS if (pattern := shape((None, f".{part}")))}
    patterns = {
        *own,
        *python_patterns(SOURCE.rglob("*.py")),
        *page_patterns(),
        *(p for file in files for p in file_patterns(file)),
    }
    used = re.compile("|".join(f"(?:{pattern})" for pattern in sorted(patterns)))
    left = [
        known for known in sorted(ids()) if not used.fullmatch(known) and not used.fullmatch(_PLURAL.sub("", known))
    ]
    assert left == []


IN_WORDS = ("cli", "desktop", "export", "pose", "store", "core/packet", "app/packets.py", "__main__.py", "wiring.py")
"""Rooms that say themselves what they have to say: in a terminal, in a file, on paper."""

SENT = {"core/packet/settled.py"}
"""What in such a room is sent to the page as messages."""


def is_said_on_the_page(path: Path) -> bool:
    """Whether what a file of the code says may come to the page as a message, to be put into words there."""
    room = str(path.relative_to(SOURCE))
    return room in SENT or not room.startswith(IN_WORDS)


@pytest.mark.parametrize("language", languages())
def test_the_page_gets_every_word_that_it_may_say(language: str) -> None:
    words = load_words(language)
    table: dict[str, dict[str, str]] = {name: words.as_json()[name] for name in TABLES}  # type: ignore[misc]
    left = {i for name, of in words.flat().items() for i in of if i not in table[name] and not i.startswith("error.")}
    assert "packet.title" in left
    assert all((SOURCE / room).is_file() for room in SENT)
    rooms = [path for path in SOURCE.rglob("*.py") if is_said_on_the_page(path)]
    # Shapes that begin with what is put in, such as an exercise's `.name`, name none of what is left out.
    patterns = {pattern for pattern in (*page_patterns(), *python_patterns(rooms)) if not pattern.startswith(_PART)}
    named = re.compile("|".join(f"(?:{pattern})" for pattern in sorted(patterns)))
    missed = {i for i in left if named.fullmatch(i) or named.fullmatch(_PLURAL.sub("", i))}
    assert missed == set()


def test_the_search_finds_what_it_looks_for() -> None:
    found = {pattern for path in SOURCE.rglob("*.py") for _, pattern in named_in(path)}
    assert {re.escape(i) for i in ("coach.cannot-see", "error.no-sides", "error.frame-time")} <= found
    assert any(re.fullmatch(pattern, "plan.step.core.done") for pattern in found)
    assert not has_words(r"plan\.step\.nowhere\." + _PART)
    assert not has_words("error\\.nothing-like-it")
    assert "step\\." + _PART in set(page_patterns())
