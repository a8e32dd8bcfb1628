"""Reads the outcome measures and when they are asked: files in, core's values out, all mistakes at once.

They come from our own folder only: a published instrument is kept word for word, and is nobody's to change.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import Id, Number, mistakes
from lumbar.catalog.load import HERE, Catalogue, read_toml
from lumbar.core import outcomes as core
from lumbar.core.errors import BadCatalog
from lumbar.core.record.bodies import INSTRUMENTS

FOLDER = "instruments"
SCHEDULE = "outcomes.toml"
ORDER = tuple(INSTRUMENTS)
"""The instruments that there are, as they are offered and shown: those that the record's facts know."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MattersFile(_File):
    """[matters]."""

    points: Number
    source: str
    share: float | None = None
    single_points: Number | None = None


class RecoveredFile(_File):
    """[recovered]."""

    at: Number
    source: str


class InsensitiveFile(_File):
    """[insensitive]."""

    below: Number
    above: Number
    source: str


class PublishedFile(_File):
    """One [[published]]. sha256: over the instruction and the items as they were published, a line each."""

    language: str
    citation: str
    instruction: str
    items: list[str]
    sha256: str

    @property
    def digest(self) -> str:
        """The fingerprint of the words as they stand here."""
        return hashlib.sha256("\n".join([self.instruction, *self.items]).encode()).hexdigest()


class InstrumentFile(_File):
    """A whole instrument."""

    id: Id
    kind: core.Kind
    lowest: int
    highest: int
    better: core.Better
    asked: list[core.Occasion]
    source: str
    activities: int = 0
    warns: bool = False
    matters: MattersFile | None = None
    recovered: RecoveredFile | None = None
    insensitive: InsensitiveFile | None = None
    published: list[PublishedFile] = []

    def to_core(self) -> core.Instrument:
        """Core's own value. Raises BadCatalog with every mistake."""
        return core.Instrument(
            id=self.id,
            kind=self.kind,
            lowest=self.lowest,
            highest=self.highest,
            better=self.better,
            asked=frozenset(self.asked),
            source=self.source,
            activities=self.activities,
            warns=self.warns,
            matters=core.Matters(**self.matters.model_dump()) if self.matters else None,
            recovered=core.Recovered(**self.recovered.model_dump()) if self.recovered else None,
            insensitive=core.Insensitive(**self.insensitive.model_dump()) if self.insensitive else None,
            published={
                it.language: core.Published(it.language, it.citation, it.instruction, tuple(it.items))
                for it in self.published
            },
        )


class StartFile(_File):
    """[start]."""

    from_day: int
    to_day: int
    a_day: int


class WeeklyFile(_File):
    """[weekly]."""

    every_days: int


class WeeksFile(_File):
    """[weeks]."""

    at: list[int]


class LaterFile(_File):
    """[later]."""

    every_weeks: int


class DaysFile(_File):
    """[window] and [put_off]."""

    days: int


class ScheduleFile(_File):
    """The whole of outcomes.toml."""

    source: str
    start: StartFile
    weekly: WeeklyFile
    weeks: WeeksFile
    later: LaterFile
    window: DaysFile
    put_off: DaysFile

    def to_core(self) -> core.Schedule:
        """Core's own value. Raises BadCatalog with every mistake."""
        return core.Schedule(
            from_day=self.start.from_day,
            to_day=self.start.to_day,
            a_day=self.start.a_day,
            weekly_days=self.weekly.every_days,
            weeks=tuple(self.weeks.at),
            later_weeks=self.later.every_weeks,
            window_days=self.window.days,
            put_off_days=self.put_off.days,
            source=self.source,
        )


def load_outcomes(catalogue: Catalogue, root: Path = HERE) -> core.Outcomes:
    """All instruments and their schedule. Raises BadCatalog naming the file and all its mistakes."""
    found = {path.stem: _load(path, catalogue) for path in sorted((root / FOLDER).glob("*.toml"))}
    if set(found) != set(ORDER):
        raise BadCatalog(FOLDER, (f"there must be {', '.join(ORDER)}, and no others",))
    try:
        file = ScheduleFile.model_validate(read_toml(root / SCHEDULE))
    except ValidationError as error:
        raise BadCatalog(SCHEDULE, mistakes(error)) from error
    if file.source not in catalogue.sources:
        raise BadCatalog(SCHEDULE, (f"source: no source {file.source} in sources.toml",))
    return core.Outcomes({name: found[name] for name in ORDER}, file.to_core())


def _load(path: Path, catalogue: Catalogue) -> core.Instrument:
    try:
        file = InstrumentFile.model_validate(read_toml(path))
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error
    wrong = tuple(_wrong(file, path, catalogue))
    if wrong:
        raise BadCatalog(path.name, wrong)
    return file.to_core()


def _wrong(file: InstrumentFile, path: Path, catalogue: Catalogue) -> Iterable[str]:
    if file.id != path.stem:
        yield f"its id is {file.id} and must equal the file's name"
    for place, source in _sources(file):
        if source not in catalogue.sources:
            yield f"{place}: no source {source} in sources.toml"
    for words in file.published:
        if words.digest != words.sha256:
            yield f"published.{words.language}: these are not the words that were published; restore them"


def _sources(file: InstrumentFile) -> Iterator[tuple[str, str]]:
    yield "source", file.source
    for place in ("matters", "recovered", "insensitive"):
        part = getattr(file, place)
        if part is not None:
            yield place, part.source


def words_of(instrument: core.Instrument) -> Iterator[str]:
    """The message ids that an instrument needs in every language. Those of a published one are its file's own."""
    yield f"outcome.{instrument.id}.name"
    yield f"outcome.{instrument.id}.what"
    yield f"outcome.{instrument.id}.low"
    yield f"outcome.{instrument.id}.high"
    if not instrument.published:
        yield f"outcome.{instrument.id}.ask"
    if instrument.kind is core.Kind.CHOICE:
        yield from (f"outcome.{instrument.id}.{step}" for step in range(instrument.lowest, instrument.highest + 1))
