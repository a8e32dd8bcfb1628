"""How often a session would pause by itself: python bench/hand_signs.py

Watches for the sign of a raised hand in every recorded clip as our own pose model sees it, under the signs of every
form of the exercise and those of the time between exercises, and in the drawn figure of every form. LUMBAR_DATA names
the larger ground truth; without it only the clips of the repository are watched. The first run looks at them, which
takes minutes; the landmarks are kept.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from lumbar.catalog import shipped_catalogue  # noqa: E402
from lumbar.core import figure  # noqa: E402
from lumbar.core.body import Frame  # noqa: E402
from lumbar.core.coach import HandWatch  # noqa: E402
from lumbar.core.sign import Sign  # noqa: E402
from validation.sight import see  # noqa: E402
from validation.truth import DESK, clips  # noqa: E402

CATALOGUE = shipped_catalogue()
SIGNS = CATALOGUE.coach.signs
NONE_SEEN = 3.0
"""Nothing in so many hours speaks for a rate of at most this many by as many hours, 95 times in a hundred."""


def pauses(frames: Iterable[Frame], wanted: tuple[Sign, ...]) -> int:
    """How many raised hands are seen."""
    watch = HandWatch(CATALOGUE.coach, wanted)
    return sum(len(watch.feed(frame)) for frame in frames)


def of_clip(exercise_id: str) -> set[tuple[Sign, ...]]:
    """The signs that may be watched for in a clip."""
    if exercise_id == DESK:
        return {SIGNS.usual}
    exercise = CATALOGUE.exercise(exercise_id)
    return {SIGNS.usual, *(exercise.signs_of(rung) for rung in exercise.rungs)}


def tell(what: str, found: int, seconds: float) -> None:
    """One line: a rate, and what may be said of it."""
    hours = seconds / 3600
    most = f", at most {NONE_SEEN / hours:.0f} of an hour (95 %)" if found == 0 else ""
    print(f"raised hand, {what}: {found} false pauses in {hours * 60:.1f} minutes, {found / hours:.1f} an hour{most}")


def main() -> None:
    """Two lines: what was recorded, and what is drawn."""
    data = os.environ.get("LUMBAR_DATA")
    folders = [ROOT / "tests/data/bundle", *([Path(data) / "synthetic"] if data else [])]
    recorded = [clip for folder in folders for clip in clips(folder)]
    seen = see([clip.file for clip in recorded])
    found, seconds = 0, 0.0
    for clip in recorded:
        for wanted in of_clip(clip.shown.exercise):
            found += pauses(seen[clip.file], wanted)
        seconds += clip.times_s[-1]
    tell(f"{len(recorded)} clips as our model sees them", found, seconds)
    found, seconds = 0, 0.0
    for exercise in CATALOGUE.exercises.values():
        for rung in exercise.rungs:
            story = list(figure.story(exercise, fps=15, hold_s=exercise.dose.target_s, rung=rung.id))
            found += pauses(story, exercise.signs_of(rung))
            seconds += story[-1].t_s
    tell("every form as it is drawn", found, seconds)


if __name__ == "__main__":
    main()
