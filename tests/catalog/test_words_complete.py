"""Whatever the code names has words: every message id that is written out in it is looked up."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lumbar
from lumbar.catalog.words import load_words
from lumbar.core import errors

SOURCE = Path(lumbar.__file__).parent
NAMERS = {"say", "Message"} | {name for name in vars(errors) if name[0].isupper()} - {"BadCatalog"}


def named_in(path: Path) -> Iterator[tuple[int, str]]:
    """Message ids that a file hands to `say`, `Message` or an error, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if called in NAMERS and isinstance(first, ast.Constant) and isinstance(first.value, str) and "." in first.value:
            yield node.lineno, first.value


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_message_that_the_code_names_has_words(path: Path) -> None:
    words = load_words("en")
    missing = [f"line {line}: {i}" for line, i in named_in(path) if not words.has(i, spoken=True)]
    assert missing == []


def test_the_search_finds_what_it_looks_for() -> None:
    found = {i for path in (SOURCE / "core").rglob("*.py") for _, i in named_in(path)}
    assert {"coach.cannot-see", "error.no-sides", "error.frame-time"} <= found
