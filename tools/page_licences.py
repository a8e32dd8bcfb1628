"""Collects the licences of everything from npm that is shipped with the page, as they ask to be."""

import json
from collections.abc import Iterator
from pathlib import Path

_RULE = "\n" + "=" * 80 + "\n\n"


def write_licences(frontend: Path, apache: Path, target: Path) -> None:
    """Write one text with the licence of each shipped package. `apache`: the text for packages that only name it."""
    parts = [f"{name} {version} ({kind})\n\n{text}" for name, version, kind, text in _shipped(frontend, apache)]
    target.write_text(_RULE.join(["The page contains the following free software.\n", *parts]), "utf-8")


def _shipped(frontend: Path, apache: Path) -> Iterator[tuple[str, str, str, str]]:
    lock = json.loads((frontend / "package-lock.json").read_text("utf-8"))
    for place, entry in sorted(lock["packages"].items()):
        if not place or entry.get("dev") or entry.get("optional"):
            continue
        package = json.loads((frontend / place / "package.json").read_text("utf-8"))
        kind = str(package.get("license", ""))
        yield package["name"], package["version"], kind, _text(frontend / place, kind, apache)


def _text(package: Path, kind: str, apache: Path) -> str:
    for path in sorted(package.iterdir()):
        if path.is_file() and path.stem.upper() in ("LICENSE", "LICENCE", "COPYING", "OFL"):
            return path.read_text("utf-8", errors="replace").strip() + "\n"
    if "Apache" in kind:
        return apache.read_text("utf-8")
    raise MissingLicenceError(
        f"{package.name} comes without the text of its licence ({kind or 'which it does not name'})."
    )


class MissingLicenceError(Exception):
    """A package may not be shipped, since its licence cannot be shown."""
