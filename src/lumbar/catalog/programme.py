"""Reads a programme: file in, core's value out, all mistakes at once."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.instruments import load_outcomes
from lumbar.catalog.load import HERE, Catalogue, read_toml
from lumbar.core.errors import BadCatalog, NotFound
from lumbar.core.plan import programme as core
from lumbar.core.plan import rules
from lumbar.core.safety import Form


class ProgrammeFile(BaseModel):
    """The whole file. Its tables are core's own values: a number that they know is read, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    id: str
    version: int
    source: str
    exercises: list[str]
    schedule: core.Schedule
    start_dose: core.StartDose
    posture: core.Posture
    pain: core.Pain
    timing: core.Timing
    patience: core.Patience
    dosing: rules.Dosing
    reactions: rules.Reactions
    gaps: rules.Gaps
    flares: rules.Flares
    hurts: rules.Hurts
    loading: rules.Loading
    weekly: rules.Weekly
    walking: rules.Walking
    reviews: core.Reviews
    short: core.Short
    expert: core.Expert
    limits: tuple[core.Limit, ...] = ()
    comforts: frozenset[str] = frozenset()
    stretching: core.Stretching = core.Stretching()

    def to_core(self, catalogue: Catalogue, form: Form) -> core.Programme:
        """Core's own value. Raises BadCatalog with every mistake."""
        return core.Programme(
            id=self.id,
            version=self.version,
            source=self.source,
            catalogue=catalogue.hash,
            exercises={exercise: catalogue.exercise(exercise) for exercise in self.exercises},
            form=form,
            outcomes=load_outcomes(catalogue),
            schedule=self.schedule,
            start_dose=self.start_dose,
            stretching=self.stretching,
            posture=self.posture,
            pain=self.pain,
            timing=self.timing,
            patience=self.patience,
            listening=rules.Listening(
                dosing=self.dosing,
                reactions=self.reactions,
                gaps=self.gaps,
                flares=self.flares,
                hurts=self.hurts,
                loading=self.loading,
                weekly=self.weekly,
                walking=self.walking,
            ),
            short=self.short,
            reviews=self.reviews,
            expert=self.expert,
            comforts=self.comforts,
            limits=self.limits,
        )

    def sources(self) -> Iterator[tuple[str, str]]:
        """Every place that names a source, and which."""
        yield "source", self.source
        for name, table in self:
            if hasattr(table, "source"):
                yield name, table.source
        yield from ((f"limits, {limit.flag}", limit.source) for limit in self.limits)
        yield "walking, goal", self.walking.goal_source


def load_programme(programme_id: str, catalogue: Catalogue, form: Form, *, extra: Path | None = None) -> core.Programme:
    """A programme by id; one of an own catalogue replaces ours of the same name.

    Raises NotFound, listing the ids there are, and BadCatalog naming the file and all its mistakes.
    """
    paths = _paths(extra)
    if programme_id not in paths:
        raise NotFound("error.no-programme", programme=programme_id, known=", ".join(sorted(paths)))
    path = paths[programme_id]
    try:
        file = _read(read_toml(path))
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error
    wrong = tuple(_unknown(file, path, catalogue))
    if wrong:
        raise BadCatalog(path.name, wrong)
    return file.to_core(catalogue, form)


def _read(tables: dict[str, Any]) -> ProgrammeFile:
    """The file with each number as what it is: these are clinical, and a text or a yes in the place of one is a slip.
    Read as JSON, since strictness asks Python's own tables for the very values of core that they are to become."""
    return ProgrammeFile.model_validate_json(json.dumps(tables, default=str), strict=True)


def programme_tables(programme_id: str, *, extra: Path | None = None) -> dict[str, Any]:
    """A programme's file as it is, table by table. Raises NotFound."""
    paths = _paths(extra)
    if programme_id not in paths:
        raise NotFound("error.no-programme", programme=programme_id, known=", ".join(sorted(paths)))
    return read_toml(paths[programme_id])


def _paths(extra: Path | None) -> dict[str, Path]:
    roots = [HERE] + ([extra] if extra is not None and extra.is_dir() else [])
    return {path.stem: path for root in roots for path in sorted((root / "programmes").glob("*.toml"))}


def _unknown(file: ProgrammeFile, path: Path, catalogue: Catalogue) -> Iterable[str]:
    if file.id != path.stem:
        yield f"its id is {file.id} and must equal the file's name"
    yield from (f"exercises: there is no {e}" for e in file.exercises if e not in catalogue.exercises)
    short = dict.fromkeys([*file.short.strength, *file.short.other])
    yield from (f"short: there is no {e}" for e in short if e not in catalogue.exercises)
    if len(set(file.exercises)) != len(file.exercises):
        yield "exercises: one is there twice"
    for place, source in file.sources():
        if source not in catalogue.sources:
            yield f"{place}: no source {source} in sources.toml"
