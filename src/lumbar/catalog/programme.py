"""Reads a programme: file in, core's value out, all mistakes at once."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.load import HERE, Catalogue, read_toml
from lumbar.core.errors import BadCatalog, NotFound
from lumbar.core.plan import programme as core
from lumbar.core.safety import Form


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ScheduleFile(_File):
    """[schedule]."""

    core_gap_h: float
    core_gap_days: int
    morning_after_h: float
    sitting_h: float
    source: str


class StartDoseFile(_File):
    """[start_dose]."""

    hold_s: int
    sets: int
    rest_s: int
    source: str


class StretchingFile(_File):
    """[stretching]."""

    hold_s: int | None = None
    source: str = "brief"


class PostureFile(_File):
    """[posture]."""

    cues: list[str]
    source: str

    def to_core(self) -> core.Posture:
        """Core's own value."""
        return core.Posture(tuple(self.cues), self.source)


class PainFile(_File):
    """[pain]."""

    no_core_from: int
    source: str


class TimingFile(_File):
    """[timing]."""

    sound_check_s: int
    warm_up_s: int
    change_s: int
    transfer_s: int
    announce_s: int
    get_ready_s: int
    wait_for_position_s: int
    switch_sides_s: int
    rest_between_sets_s: int
    together_up_to_s: int
    half_from_s: int
    last_five_from_s: int
    prompt_needs_s: int
    source: str


class PatienceFile(_File):
    """[patience]."""

    away_s: int
    faults_to_end: int
    stuck_s: int
    line_down_s: int
    source: str


class ProgrammeFile(_File):
    """The whole file."""

    id: str
    version: int
    source: str
    exercises: list[str]
    schedule: ScheduleFile
    start_dose: StartDoseFile
    posture: PostureFile
    pain: PainFile
    timing: TimingFile
    patience: PatienceFile
    stretching: StretchingFile = StretchingFile()

    def to_core(self, catalogue: Catalogue, form: Form) -> core.Programme:
        """Core's own value. Raises BadCatalog with every mistake."""
        return core.Programme(
            id=self.id,
            version=self.version,
            source=self.source,
            catalogue=catalogue.hash,
            exercises={exercise: catalogue.exercise(exercise) for exercise in self.exercises},
            form=form,
            schedule=core.Schedule(**self.schedule.model_dump()),
            start_dose=core.StartDose(**self.start_dose.model_dump()),
            stretching=core.Stretching(**self.stretching.model_dump()),
            posture=self.posture.to_core(),
            pain=core.Pain(**self.pain.model_dump()),
            timing=core.Timing(**self.timing.model_dump()),
            patience=core.Patience(**self.patience.model_dump()),
        )


def load_programme(programme_id: str, catalogue: Catalogue, form: Form, *, extra: Path | None = None) -> core.Programme:
    """A programme by id; one of an own catalogue replaces ours of the same name.

    Raises NotFound, listing the ids there are, and BadCatalog naming the file and all its mistakes.
    """
    paths = _paths(extra)
    if programme_id not in paths:
        raise NotFound("error.no-programme", programme=programme_id, known=", ".join(sorted(paths)))
    path = paths[programme_id]
    try:
        file = ProgrammeFile.model_validate(read_toml(path))
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error
    wrong = tuple(_unknown(file, path, catalogue))
    if wrong:
        raise BadCatalog(path.name, wrong)
    return file.to_core(catalogue, form)


def _paths(extra: Path | None) -> dict[str, Path]:
    roots = [HERE] + ([extra] if extra is not None and extra.is_dir() else [])
    return {path.stem: path for root in roots for path in sorted((root / "programmes").glob("*.toml"))}


def _unknown(file: ProgrammeFile, path: Path, catalogue: Catalogue) -> Iterable[str]:
    if file.id != path.stem:
        yield f"its id is {file.id} and must equal the file's name"
    yield from (f"exercises: there is no {e}" for e in file.exercises if e not in catalogue.exercises)
    if len(set(file.exercises)) != len(file.exercises):
        yield "exercises: one is there twice"
    places = {
        "source": file.source,
        "schedule": file.schedule.source,
        "start_dose": file.start_dose.source,
        "stretching": file.stretching.source,
        "posture": file.posture.source,
        "pain": file.pain.source,
        "timing": file.timing.source,
        "patience": file.patience.source,
    }
    yield from (f"{place}: no source {s} in sources.toml" for place, s in places.items() if s not in catalogue.sources)
