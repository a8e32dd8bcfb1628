"""Reads the catalogue: files in, core's values out.

Every mistake of a file is told at once, with its place. An own catalogue (a clinic's, in its data directory) is read
after ours under the same rules; a file of the same name replaces ours.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.files import ExerciseFile, SignsFile
from lumbar.core.errors import BadCatalog, NotFound
from lumbar.core.exercise import CoachSettings, Exercise
from lumbar.core.measure import MEASURES
from lumbar.core.sign import Sign, Signs

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from. title: a publication, as it is cited; empty for what is ours. What it says, or is, are
    the words `source.<id>`. status: brief, checked, from-memory, design or review."""

    id: str
    title: str
    status: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All exercises, all sources, the fingerprint of the files they came from, and how the coach treats time."""

    exercises: Mapping[str, Exercise]
    sources: Mapping[str, Source]
    hash: str
    coach: CoachSettings

    def exercise(self, exercise_id: str) -> Exercise:
        """An exercise by id. Raises NotFound, listing the ids there are."""
        try:
            return self.exercises[exercise_id]
        except KeyError:
            known = ", ".join(sorted(self.exercises))
            raise NotFound("error.no-exercise", exercise=exercise_id, known=known) from None


class _Sources(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = ""
    status: str
    url: str = ""


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file's table. Raises BadCatalog when it cannot be read or parsed."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise BadCatalog(path.name, (str(cause),)) from cause


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """Our catalogue, and an own one on top of it. Raises BadCatalog naming the file and all its mistakes."""
    roots = [HERE] + ([extra] if extra is not None and extra.is_dir() else [])
    sources = _load_sources(roots)
    settings = _load_settings(HERE / "coach.toml", sources, _load_signs(HERE / "signs.toml", sources))
    exercises: dict[str, Exercise] = {}
    wrong: list[BadCatalog] = []
    for root in roots:
        for path in sorted((root / "exercises").glob("*.toml")):
            try:
                exercises[path.stem] = _load_exercise(path, settings, sources)
            except BadCatalog as error:
                wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise BadCatalog(
            "exercises", tuple(f"{error.place}: {mistake}" for error in wrong for mistake in error.mistakes)
        )
    return Catalogue(exercises, sources, _fingerprint(roots), settings)


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue that comes with the package, read once."""
    return load_catalogue()


def _load_exercise(path: Path, settings: CoachSettings, sources: Mapping[str, Source]) -> Exercise:
    try:
        file = ExerciseFile.model_validate(read_toml(path))
        exercise = file.to_core(settings)
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error
    except BadCatalog as error:
        raise BadCatalog(path.name, error.mistakes) from error
    wrong = [*_wrong_ids(path, exercise), *_unknown(file, sources)]
    if wrong:
        raise BadCatalog(path.name, tuple(wrong))
    return exercise


def _wrong_ids(path: Path, exercise: Exercise) -> list[str]:
    return [] if exercise.id == path.stem else [f"its id is {exercise.id} and must equal the file's name"]


def _unknown(file: BaseModel, sources: Mapping[str, Source]) -> list[str]:
    """Sources and measures that nobody has declared, anywhere in the file."""
    wrong = []
    for place, name, value in _leaves(file.model_dump(), ""):
        if (
            name in ("source", "gap_source", "sets_source", "rule_source", "why_source")
            and value
            and value not in sources
        ):
            wrong.append(f"{place}: no source {value} in sources.toml")
        if name == "measure" and value not in MEASURES:
            wrong.append(f"{place}: no measure {value}; there are {', '.join(sorted(MEASURES))}")
    return wrong


def _leaves(value: object, place: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{place}.{key}" if place else str(key)
            found += [(here, str(key), inner)] if isinstance(inner, str) else _leaves(inner, here)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            found += _leaves(inner, f"{place}.{number + 1}")
    return found


def _load_sources(roots: list[Path]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for root in roots:
        path = root / "sources.toml"
        if not path.is_file():
            continue
        for source_id, table in read_toml(path).items():
            try:
                file = _Sources.model_validate(table)
            except ValidationError as error:
                raise BadCatalog(path.name, tuple(f"{source_id}.{m}" for m in mistakes(error))) from error
            found[source_id] = Source(source_id, file.title, file.status, file.url)
    return found


def _load_signs(path: Path, sources: Mapping[str, Source]) -> Signs:
    try:
        file = SignsFile.model_validate(read_toml(path))
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error
    wrong = [
        *_unknown(file, sources),
        *(f"needs.{sign}: what must a frame show?" for sign in Sign if not file.needs.get(sign)),
    ]
    if wrong:
        raise BadCatalog(path.name, tuple(wrong))
    return file.to_core()


def _load_settings(path: Path, sources: Mapping[str, Source], signs: Signs) -> CoachSettings:
    try:
        settings = TypeAdapter(CoachSettings).validate_python({**read_toml(path), "signs": signs})
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error
    if settings.source not in sources:
        raise BadCatalog(path.name, (f"source: no source {settings.source} in sources.toml",))
    return settings


def _fingerprint(roots: list[Path]) -> str:
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(root.rglob("*.toml")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
