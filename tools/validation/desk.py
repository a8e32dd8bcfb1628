"""Desk posture against the truth of rendered people: upright told from slouched or forward, and hours left in peace.

Each person is held against their own upright and slouched moments, as the app does it. What cannot be judged counts as
wrong. No person is held out: what is new is other frames of the same few, with whom in sight the measures and the model
were chosen. The truth is the phase of a clip or the label of a still, and nothing that the reading has a say in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lumbar.catalog.posture import shipped_posture
from lumbar.core.body import Frame
from lumbar.core.errors import BadInput
from lumbar.core.posture import Baseline, State, calibrate, read
from lumbar.core.posture.replay import Told, replay
from validation.acts import acted, peaceful
from validation.intervals import share
from validation.sight import see
from validation.truth import DESK, Clip, Still, clips, stills

FORMAT = "lumbar-validation-desk/1"
_UPRIGHT, _DRIFTED = "upright", ("slouched", "forward_head")
_HOURS = 8
_HOUR_S = 3600.0
_MIRRORED_FROM_DEG = 20.0
"""A head turned so far tells from which side somebody is seen."""


@dataclass(frozen=True)
class Seen:
    """One moment's answer beside its truth. fresh: it was not part of the calibration."""

    drifted: bool
    right: bool
    judged: bool
    fresh: bool


def measure(folders: Sequence[Path]) -> dict[str, Any]:
    """The figures over folders of rendered people."""
    recorded = [clip for folder in folders for clip in clips(folder) if clip.shown.exercise == DESK]
    shown = [still for folder in folders for still in stills(folder) if still.shown.exercise == DESK]
    seen = see([clip.file for clip in recorded] + [still.file for still in shown])
    return {
        "format": FORMAT,
        "clips": _clips(recorded, seen),
        "stills": _stills(shown, seen),
        "hours": [row for clip in recorded for row in _hours(clip, seen[clip.file])],
    }


def measure_clips(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """The figures of the clips alone, without hours of ordinary life made of their moments."""
    recorded = [clip for folder in folders for clip in clips(folder) if clip.shown.exercise == DESK]
    return _clips(recorded, see([clip.file for clip in recorded]))


def _clips(recorded: Sequence[Clip], seen: Mapping[Path, Sequence[Frame]]) -> list[dict[str, Any]]:
    return [row for clip in recorded for row in _clip(clip, seen[clip.file])]


def _clip(clip: Clip, frames: Sequence[Frame]) -> Iterator[dict[str, Any]]:
    """A row for each phase that can stand for the slump."""
    for slump in [phase for phase in _DRIFTED if phase in clip.phases]:
        moments = _moments(clip, frames)
        tall, low = _half(moments[_UPRIGHT]), _half(moments[slump])
        baseline = calibrate(tall, low, shipped_posture())
        used = {frame.t_s for frame in (*tall, *low)}
        looks = [
            _look(frame, phase in _DRIFTED, baseline, fresh=frame.t_s not in used)
            for frame, phase in zip(frames, clip.phases, strict=True)
            if phase in (_UPRIGHT, *_DRIFTED)
        ]
        yield {
            "clip": clip.name,
            "person": clip.shown.person,
            "view": baseline.view.value,
            "slump": slump,
            **_figures(looks),
            "fresh": _figures([look for look in looks if look.fresh]),
        }


def _half(frames: Sequence[Frame]) -> Sequence[Frame]:
    """The first half: what was calibrated on, the rest being new to it."""
    return frames[: max(2, len(frames) // 2)]


def _moments(clip: Clip, frames: Sequence[Frame]) -> dict[str, list[Frame]]:
    found: dict[str, list[Frame]] = {}
    for frame, phase in zip(frames, clip.phases, strict=True):
        found.setdefault(phase, []).append(frame)
    return found


def _look(frame: Frame, drifted: bool, baseline: Baseline, *, fresh: bool) -> Seen:
    state = read(frame, baseline, shipped_posture().reading).state
    judged = state is not State.CANNOT_JUDGE
    return Seen(drifted, judged and (state is State.SLUMPED) == drifted, judged, fresh)


def _figures(looks: Sequence[Seen]) -> dict[str, Any]:
    drifted, upright = [[look.right for look in looks if look.drifted is is_drifted] for is_drifted in (True, False)]
    found, spared = share(drifted).value, share(upright).value
    return {
        "drifted": share(drifted).as_json(),
        "upright": share(upright).as_json(),
        "balanced_accuracy": None if found is None or spared is None else round((found + spared) / 2, 4),
        "judged": share([look.judged for look in looks]).as_json(),
    }


def _stills(shown: Sequence[Still], seen: Mapping[Path, tuple[Frame, ...]]) -> list[dict[str, Any]]:
    """By view: each person with an upright and a slouched still there, and every other still of theirs against those.

    Cameras of the stills stand on either side of a person; a picture from the other side is mirrored, as one camera
    that stays where it is would see it.
    """
    rows = []
    for view in sorted({still.shown.view for still in shown}):
        looks: list[Seen] = []
        alike = people = 0
        for person in sorted({still.shown.person for still in shown}):
            mine = [still for still in shown if (still.shown.view, still.shown.person) == (view, person)]
            upright = [seen[still.file][0] for still in mine if still.label == _UPRIGHT]
            for slouched in [still for still in mine if still.label == "slouched"] if upright else []:
                people += 1
                try:
                    baseline = calibrate(upright * 2, [seen[slouched.file][0]] * 2, shipped_posture())
                except BadInput:
                    alike += 1
                    continue
                for still in mine:
                    frame = _same_side(seen[still.file][0], baseline)
                    fresh = still is not slouched and still.label != _UPRIGHT
                    looks.append(_look(frame, still.label in _DRIFTED, baseline, fresh=fresh))
        rows.append(
            {
                "view": view,
                "calibrations": people,
                "refused": alike,
                **_figures(looks),
                "fresh": _figures([look for look in looks if look.fresh]),
            }
        )
    return rows


def _same_side(frame: Frame, baseline: Baseline) -> Frame:
    turn_deg = baseline.build.turn_deg
    if abs(turn_deg) < _MIRRORED_FROM_DEG:
        return frame
    nose, left, right = frame.points[0], frame.points[7], frame.points[8]
    looks_right = nose.x > (left.x + right.x) / 2
    return frame if looks_right is (turn_deg > 0) else frame.mirrored()


def _hours(clip: Clip, frames: Sequence[Frame]) -> Iterator[dict[str, Any]]:
    """False nudges in hours of ordinary life, made of a clip's own moments."""
    moments = _moments(clip, frames)
    slump = next(phase for phase in _DRIFTED if phase in moments)
    baseline = calibrate(moments[_UPRIGHT], moments[slump], shipped_posture())
    for name, acts in peaceful(slump).items():
        rounds = round(_HOURS * _HOUR_S / sum(lasts_s for lasts_s, _, _ in acts))
        lines = replay(acted(moments, acts * rounds), baseline, shipped_posture())
        told = sum(isinstance(line, Told) for line in lines)
        yield {"clip": clip.name, "act": name, "hours": _HOURS, "told": told}
