"""An assessment as text: of a recording its sums, of a picture what it shows."""

import math
from collections.abc import Iterable, Mapping

from lumbar.catalog.words import Words
from lumbar.cli.console import out
from lumbar.core.assess import Assessment
from lumbar.core.check import Band
from lumbar.core.exercise import Exercise
from lumbar.core.judge import Judgement
from lumbar.core.message import Message, say
from lumbar.core.rung import Rung

_SUMS = {
    "credited": "credited_s",
    "longest": "longest_hold_s",
    "in-position": "in_position_s",
    "unjudged": "unjudged_s",
}
"""What is told of a recording, and the field that it is in."""


def tell(file: str, exercise: Exercise, rung: Rung, assessed: Assessment, words: Words, *, frames: bool) -> None:
    """Print it, each measure beside what is good on this rung. frames: with a line for each frame's own judgement."""
    good = exercise.good_of(rung)
    for message in _lines(file, exercise, assessed, words, good, frames=frames):
        out(message, words)


def _lines(
    file: str, exercise: Exercise, assessed: Assessment, words: Words, good: Mapping[str, Band], *, frames: bool
) -> Iterable[Message]:
    name = f"@{exercise.id}.name"
    still = assessed.frames == 1
    if still:
        yield say("cli.assess.picture", file=file, exercise=name)
    else:
        yield say("cli.assess.seen", file=file, exercise=name, duration_s=_one(assessed.duration_s))
    side = assessed.side or (assessed.judgements[0][1].side if still else None)
    if side is not None:
        yield say("cli.assess.side", side=f"@side.{side.value}")
    if still:
        yield from _shown(assessed.judgements[0][1], exercise, words, good)
    else:
        yield from _summed(assessed, exercise, words, good)
    if frames:
        yield from (_frame(t_s, judgement, exercise, words) for t_s, judgement in assessed.judgements)


def _shown(judgement: Judgement, exercise: Exercise, words: Words, good: Mapping[str, Band]) -> Iterable[Message]:
    """What one picture shows: its state, its faults in words, its measures."""
    yield say("cli.assess.shown", state=_state(judgement))
    yield from (say("cli.assess.shown-fault", cue=cue) for cue in _cues(judgement.faults, exercise, words))
    for measure, value in sorted(judgement.measures.items()):
        if value is not None:
            yield _beside(good.get(measure), say("cli.assess.measure", measure=measure, value=f"{value:.3g}"), words)


def _summed(assessed: Assessment, exercise: Exercise, words: Words, good: Mapping[str, Band]) -> Iterable[Message]:
    for name, field in _SUMS.items():
        yield say(f"cli.assess.{name}", seconds=_one(getattr(assessed, field)))
    for spell in assessed.faults:
        (cue,) = _cues((spell.id,), exercise, words)
        yield say("cli.assess.fault", from_s=_one(spell.from_s), to_s=_one(spell.to_s), cue=cue)
    for measure, spread in assessed.measures.items():
        low, high = f"{spread.p05:.3g}", f"{spread.p95:.3g}"
        told = say("cli.assess.spread", measure=measure, median=f"{spread.median:.3g}", low=low, high=high)
        yield _beside(good.get(measure), told, words)


def _beside(good: Band | None, told: Message, words: Words) -> Message:
    """A measure's line, and what is good of it; the line alone where nothing is asked of it."""
    if good is None or (math.isinf(good.low) and math.isinf(good.high)):
        return told
    open_end = "-to" if math.isinf(good.low) else "-from" if math.isinf(good.high) else ""
    band = say(f"cli.assess.good{open_end}", low=f"{good.low:.3g}", high=f"{good.high:.3g}")
    return say("cli.assess.with-good", told=words.written(told), good=words.written(band))


def _frame(t_s: float, judgement: Judgement, exercise: Exercise, words: Words) -> Message:
    cues = " ".join(_cues(judgement.faults, exercise, words))
    if not cues:
        return say("cli.assess.frame", t_s=f"{t_s:.2f}", state=_state(judgement))
    return say("cli.assess.frame-fault", t_s=f"{t_s:.2f}", state=_state(judgement), cues=cues)


def _state(judgement: Judgement) -> str:
    return f"@cli.assess.state.{judgement.state.value}"


def _cues(faults: Iterable[str], exercise: Exercise, words: Words) -> list[str]:
    cues = {check.id: check.cues[0] for check in exercise.checks}
    return [words.written(say(cues[fault])) for fault in faults]


def _one(seconds: float) -> str:
    return f"{seconds:.1f}"
