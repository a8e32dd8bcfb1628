"""Reads the numbers of desk posture: file in, core's value out, all mistakes at once."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.load import HERE, Source, read_toml, shipped_catalogue
from lumbar.core.errors import BadCatalog
from lumbar.core.posture import settings as core
from lumbar.core.posture.measures import MEASURES

FILE = "posture.toml"
_TABLES = ("calibration", "reading", "watch", "nudges", "pause", "live", "picture", "reminders")
_SHADES = 4
"""As many as the page has colours for, beside the one for a day without any."""


class _File(BaseModel):
    """The whole of posture.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    gauges: tuple[core.Gauge, ...] = Field(alias="measure")
    calibration: core.CalibrationSettings
    reading: core.ReadingSettings
    watch: core.WatchSettings
    nudges: core.NudgeSettings
    pause: core.BreakSettings = Field(alias="break")
    live: core.LiveSettings
    picture: core.PictureSettings
    reminders: core.RemindSettings


def read_posture(table: Mapping[str, Any], sources: Mapping[str, Source]) -> core.PostureSettings:
    """The settings in a file's table. Raises BadCatalog with every mistake."""
    try:
        file = TypeAdapter(_File).validate_python(table)
    except ValidationError as error:
        raise BadCatalog(FILE, mistakes(error)) from error
    wrong = [*_unknown(file, sources), *_unsound(file)]
    if wrong:
        raise BadCatalog(FILE, tuple(wrong))
    return core.PostureSettings(
        file.gauges,
        file.calibration,
        file.reading,
        file.watch,
        file.nudges,
        file.pause,
        file.live,
        file.picture,
        file.reminders,
        file.source,
    )


@cache
def shipped_posture() -> core.PostureSettings:
    """The settings that come with the package, read once. Raises BadCatalog."""
    return read_posture(read_toml(HERE / FILE), shipped_catalogue().sources)


def _unknown(file: _File, sources: Mapping[str, Source]) -> list[str]:
    told = [("source", file.source), *((f"measure {gauge.id}", gauge.source) for gauge in file.gauges)]
    told += [(name, getattr(file, name).source) for name in _TABLES]
    wrong = [f"{place}: no source {source} in sources.toml" for place, source in told if source not in sources]
    known = ", ".join(MEASURES)
    return wrong + [f"no measure {gauge.id}; there are {known}" for gauge in file.gauges if gauge.id not in MEASURES]


def _unsound(file: _File) -> list[str]:
    wrong = [
        f"measure {gauge.id}: either a difference or a share"
        for gauge in file.gauges
        if (gauge.difference is None) == (gauge.share is None) or gauge.limit(1.0) == 0.0
    ]
    nudges = file.nudges
    if not nudges.shortest_interval_min <= nudges.interval_min <= nudges.longest_interval_min:
        wrong.append("nudges.interval_min: it lies between the shortest and the longest")
    if not (0 <= nudges.quiet_from_h < 24 and 0 <= nudges.quiet_to_h < 24):
        wrong.append("nudges: hours go from 0 to 23")
    if not file.calibration.captures_hz > 0.0:
        wrong.append("calibration.captures_hz: some pictures are needed")
    shades = file.picture.shades
    if list(shades) != sorted(set(shades)) or len(shades) != _SHADES:
        wrong.append(f"picture.shades: {_SHADES} numbers, each larger than the one before")
    reminders = file.reminders
    if not 3 <= reminders.stretches_h < reminders.evening_h < 24 or not 3 <= reminders.strength_h < 24:
        wrong.append("reminders: hours go from 3 to 23, and the evening comes after the stretches' own hour")
    return wrong
