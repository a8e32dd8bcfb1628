"""Writes docs/reference from the code and docs/validation.md from its figures, or says which pages are out of date.

python tools/make_docs.py [--check]
"""

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from lumbar.catalog.validation import shipped_validation
from reference import cli, coach, errors, exercises, facts, http, measures
from validation import desk_page
from validation.page import PAGE, page

REFERENCE = Path(__file__).parent.parent / "docs/reference"
_MARK = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"
_PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "cli": ("The command line and its settings", cli.write),
    "coach": ("The coach: phases, moves and events", coach.write),
    "errors": ("Errors, with their HTTP status and exit code", errors.write),
    "facts": ("Facts: what the record holds", facts.write),
    "http": ("The HTTP interface", http.write),
    "measures": ("Measures: what can be read off a frame", measures.write),
}


def pages() -> dict[str, str]:
    """All pages, by path below docs/reference."""
    found = {f"{name}.md": _MARK + write() for name, (_, write) in _PAGES.items()}
    found |= {f"exercises/{name}.md": _MARK + text for name, text in exercises.write_all().items()}
    found["README.md"] = _MARK + _index()
    return found


def stale(wanted: Mapping[str, str]) -> list[str]:
    """Pages that are missing, that differ, or that nothing writes any more."""
    there = {path.relative_to(REFERENCE).as_posix(): path.read_text("utf-8") for path in REFERENCE.rglob("*.md")}
    return sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))


def write(wanted: Mapping[str, str]) -> None:
    """Put the pages in the place of what was there."""
    shutil.rmtree(REFERENCE, ignore_errors=True)
    for name, text in wanted.items():
        path = REFERENCE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _index() -> str:
    lines = [f"- [{title}]({name}.md)" for name, (title, _) in _PAGES.items()]
    return "\n".join(["# Reference", "", "- [Exercises](exercises/README.md)", *lines]) + "\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check only compare them. Gives the exit code."""
    wanted = pages()
    measured = page(shipped_validation(), desk_page.load())
    if "--check" not in arguments:
        write(wanted)
        PAGE.write_text(measured, "utf-8")
        print(f"Wrote {len(wanted) + 1} pages.")
        return 0
    old = stale(wanted)
    if not PAGE.is_file() or PAGE.read_text("utf-8") != measured:
        old.append(f"../{PAGE.name}")
    if old:
        print(f"Out of date in docs/reference: {', '.join(old)}. Run `make docs` and commit what it writes.")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
