"""Whether what is said of a form is true of it: whoever stands at a wall is told of no mat, and the easiest form names
no easier one."""

import re
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.load import HERE, read_toml
from lumbar.catalog.words import Words
from lumbar.core.errors import BadCatalog
from lumbar.core.exercise import Exercise
from lumbar.core.position import Position
from lumbar.core.rung import OWN_WORDS, Rung


class NotHereFile(BaseModel):
    """One [[not-here]] of wording.toml: a pattern that no words about a form match, and why not. positions: of the
    forms in these; easiest: of the first form of an exercise, which has none below it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    pattern: str
    why: str
    positions: list[Position] = []
    easiest: bool = False

    def holds(self, exercise: Exercise, rung: Rung) -> bool:
        """Whether it is about this form."""
        return (rung.position or exercise.position) in self.positions or (self.easiest and rung is exercise.rungs[0])


def load_not_here() -> tuple[NotHereFile, ...]:
    """What is not said of some forms. Raises BadCatalog."""
    path = HERE / "wording.toml"
    try:
        return tuple(NotHereFile.model_validate(row) for row in read_toml(path).get("not-here", []))
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error


def words_shown(exercise: Exercise, rung: Rung) -> Iterator[str]:
    """The ids of all that is shown or said of a form. Of one that no camera sees, nothing about a camera."""
    yield f"{exercise.id}.rung.{rung.id}"
    yield from exercise.set_up_of(rung)
    yield from (f"equipment.{thing}" for thing in exercise.equipment_of(rung))
    yield from (exercise.words_of(rung, part) for part in OWN_WORDS if part != "camera" or rung.camera_sees)
    yield from (prompt.message for prompt in exercise.prompts_of(rung))
    yield from (cue for check in exercise.checks_of(rung) for cue in check.cues)
    yield from (callout.message for callout in exercise.callouts_of(rung))
    if rung.camera_sees:
        yield from (nudge.message for nudge in exercise.nudges)


MOST_CALLOUTS = 4
"""More words than these round a figure are not read, and have no room on a phone."""


def bad_callouts(exercise: Exercise, words: Words) -> Iterator[str]:
    """Call-outs that say what no sentence of a form says, or that are too many for a picture."""
    written = words.flat()["written"]
    for callout in exercise.callouts:
        said = written.get(callout.message, "").casefold()
        yield from (
            f"{callout.message} does not stand in {sentence}"
            for sentence in callout.of
            if said not in written.get(sentence, "").casefold()
        )
    shown = {rung.id: exercise.callouts_of(rung) for rung in exercise.rungs}
    for rung, callouts in shown.items():
        if len(callouts) > MOST_CALLOUTS:
            yield f"the rung {rung} has {len(callouts)} call-outs, and a picture has room for {MOST_CALLOUTS}"
    unshown = set(exercise.callouts).difference(*shown.values())
    yield from sorted(f"{callout.message} is of no sentence that any rung shows" for callout in unshown)


def bad_forms(exercise: Exercise, words: Words, rows: Iterable[NotHereFile]) -> Iterator[str]:
    """What is said of a form and is not true of it, and words of a form's own that its file does not name."""
    patterns = [(re.compile(rf"(?<!\w)({row.pattern})(?!\w)", re.IGNORECASE), row) for row in rows]
    for rung in exercise.rungs:
        here = [(pattern, row) for pattern, row in patterns if row.holds(exercise, rung)]
        for message_id in dict.fromkeys(words_shown(exercise, rung)):
            said = [texts[message_id] for texts in words.flat().values() if message_id in texts]
            for pattern, row in here:
                match = next(filter(None, map(pattern.search, said)), None)
                if match is not None:
                    yield f'{message_id} says "{match.group(0)}" of the rung {rung.id}: {row.why}'
        own = (part for part in OWN_WORDS if part not in rung.words)
        unnamed = [part for part in own if words.has(f"{exercise.id}.rung.{rung.id}.{part}")]
        yield from (
            f'{exercise.id}.rung.{rung.id}.{part}: the file does not say words = ["{part}"]' for part in unnamed
        )
