"""What the plan must keep, whoever it is for. Each rule looks at what was asked for and told, and at nothing else.

The reactions are worked out here once more from the clinical design's text, so that these rules test the plan's own
code and do not repeat it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import takewhile

from lumbar.core.simulate.core_judge import CoreStep, Judged, judged
from lumbar.core.simulate.core_rules import CORE_RULES
from lumbar.core.simulate.looks import LOOK_RULES, Look
from lumbar.core.simulate.sittings import Asked, Rungs, Sitting
from lumbar.core.simulate.walk_judge import WalkStep, WalkStory
from lumbar.core.simulate.walk_rules import WALK_RULES

FLOOR = (5, 2)
"""No dose is below two holds of five seconds (3.1)."""
CAP_S, CAP_DAYS, CAP_BACK_DAYS = 10, 7, 28
"""In any seven days a hold rises at most 10 s above the best green hold of the 28 days before (3.3)."""
MEASURED = 2
"""The cap looks at the sessions after the first two, which are measured (3.1)."""
LOAD_SITTINGS, LOAD_DAYS = 3, 7
"""A weight comes after so many sessions at the target that the back took well, over so many days (3.5)."""
LOAD_WEEKS_DAYS, AGREED_DAYS = 42, 84
"""And after six weeks, with a reviewer's word that is no older than twelve (3.5)."""
TEST_PAIN = 4
"""With more pain before it, whoever is still to be measured waits in the easiest form (3.1)."""
GREEN_SITTINGS = 45
"""Whoever takes everything well is at the targets after so many sessions at the latest (3.3: most within 40)."""


@dataclass
class Story:
    """A whole course of core work and of walking, and what happened beside it. goals: each exercise's target in the
    brief's form, on the lowest rung that counts as such; rungs: its rungs."""

    sittings: list[Sitting] = field(default_factory=list)
    days: list[tuple[date, str]] = field(default_factory=list)
    more_pain: list[tuple[date, str, Asked, Asked]] = field(default_factory=list)
    pauses: list[tuple[date, bool]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    walk: WalkStory = field(default_factory=WalkStory)
    always_green: bool = False
    reached: Mapping[str, date] = field(default_factory=dict)
    goals: Mapping[str, Asked] = field(default_factory=dict)
    rungs: Mapping[str, Rungs] = field(default_factory=dict)

    @cached_property
    def core(self) -> Judged:
        """The sessions beside what the design makes of them; for when the story is at its end."""
        return judged(self.rungs, self.goals, self.walk.days, self.sittings)


Finding = tuple[date, str]


def core_gap(story: Story) -> Iterator[Finding]:
    """Never on the same or consecutive calendar days (3.6)."""
    for one, other in zip(story.sittings, story.sittings[1:], strict=False):
        if (other.on - one.on).days < 2:
            yield other.on, f"core work {(other.on - one.on).days} days after the last"


def below_floor(story: Story) -> Iterator[Finding]:
    """No dose is below the floor (3.1)."""
    for sitting in story.sittings:
        for exercise, asked in sitting.asked.items():
            if asked.hold_s < FLOOR[0] or asked.sets < FLOOR[1]:
                yield sitting.on, f"{exercise}: {asked.sets} x {asked.hold_s} s"


def hold_growth(story: Story) -> Iterator[Finding]:
    """3.3's cap. The way back is exempt up to what was green before; a hold on a new rung begins anew, and so does one
    after a first measured hold, which may come late, and takes nothing from what was green before it."""
    greens: dict[tuple[str, int], list[tuple[date, int]]] = {}  # until each sitting, by exercise and rung
    asked_for: dict[tuple[str, int], list[tuple[date, int]]] = {}
    begun: dict[tuple[str, int], int] = {}  # how many of those came before the last of the first measured holds
    arriving: set[tuple[str, int]] = set()  # of which a measured hold arrives after the next session
    for number, sitting in enumerate(story.sittings):
        for exercise, asked in sitting.asked.items():
            form = (exercise, asked.rung)
            past, known = greens.setdefault(form, []), asked_for.setdefault(form, [])
            if number >= MEASURED and not asked.load_kg and asked.hold_s > max((held for _, held in past), default=0):
                best_s = _best_green(past[begun.get(form, 0) :], sitting.on)
                best_s = _least_lately(known, sitting.on) if best_s is None else best_s
                if best_s is not None and asked.hold_s > max(best_s, _best_green(past, sitting.on) or 0) + CAP_S:
                    yield sitting.on, f"{exercise}: {asked.hold_s} s, best green {best_s} s"
            if not (asked.baseline or asked.load_kg):
                known.append((sitting.on, asked.hold_s))
            if not asked.baseline and exercise in sitting.done and sitting.green(exercise):
                past.append((sitting.on, asked.hold_s))
            if asked.baseline or form in arriving:
                # The dose of now on is what it came to (3.2), which is a beginning and no growth.
                begun[form] = len(past)
                known.clear()
            arriving.discard(form)
            if asked.baseline and sitting.late:
                arriving.add(form)


def _best_green(greens: Sequence[tuple[date, int]], on: date) -> int | None:
    """The longest green hold of the days that the cap looks at on a day."""
    window = on - timedelta(days=CAP_DAYS - 1)
    since = window - timedelta(days=CAP_BACK_DAYS)
    return max((held_s for held_on, held_s in greens if since <= held_on < window), default=None)


def _least_lately(asked_for: Sequence[tuple[date, int]], on: date) -> int | None:
    """The shortest hold that was asked for in those seven days, where none was green before them; None without any."""
    since = on - timedelta(days=CAP_DAYS - 1)
    return min((hold_s for day, hold_s in asked_for if day >= since), default=None)


def harder_after_red(story: Story) -> Iterator[Finding]:
    """After a session that the back did not like the next one of that exercise is never harder (3.4)."""
    last: dict[str, Sitting] = {}
    for sitting in story.sittings:
        for exercise, asked in sitting.asked.items():
            before = last.get(exercise)
            known = before is not None and not before.late
            if (
                before is not None
                and known
                and before.red(exercise)
                and asked.hardness > before.asked[exercise].hardness
            ):
                yield sitting.on, f"{exercise}: {before.asked[exercise].hardness} then {asked.hardness}"
            last[exercise] = sitting


def progress_without_morning(story: Story) -> Iterator[Finding]:
    """Nothing grows out of a session whose morning after was never told (3.3). After a lighter week with a weight it
    goes on where it was (3.5)."""
    last: dict[str, Sitting] = {}
    catches_up: set[str] = set()
    carried: dict[str, tuple[int, float, int]] = {}
    for sitting in story.sittings:
        for exercise, asked in sitting.asked.items():
            before = last.get(exercise)
            known_of = before is not None and not before.late and exercise not in catches_up
            if before is not None and before.morning is None and known_of:
                known = before.asked[exercise].hardness
                if asked.hardness > (max(known, carried.get(exercise, known)) if asked.load_kg else known):
                    yield sitting.on, f"{exercise}: {known} then {asked.hardness}"
            catches_up = _after(before, exercise, catches_up)
            last[exercise] = sitting
            carried[exercise] = max(asked.hardness, carried.get(exercise, asked.hardness))


def _after(before: Sitting | None, exercise: str, known: set[str]) -> set[str]:
    """The exercises whose next dose may still grow out of a session that arrived too late for the one after it."""
    late = before is not None and before.late
    return known | {exercise} if late else known - {exercise}


def progress_out_of_short(story: Story) -> Iterator[Finding]:
    """A short version of the day keeps the dose and does not lead to more (10). What waited for a calmer day, in an
    easier form, is no more on that day: its measured hold is still to come, or that form was held before. By how much
    its hold may have grown is another rule's."""
    last: dict[str, Sitting] = {}
    held: set[tuple[str, int]] = set()
    catches_up: set[str] = set()
    for sitting in story.sittings:
        for exercise, asked in sitting.asked.items():
            before = last.get(exercise)
            known_of = before is not None and not before.late and exercise not in catches_up
            waited = asked.baseline or (before is not None and before.before > TEST_PAIN)
            if before is not None and before.short and known_of and not waited:
                known = before.asked[exercise]
                new_form = asked.rung > known.rung and (exercise, asked.rung) not in held
                gone = known.load_kg > 0 and not asked.load_kg  # without the weight the hold is another one
                same = asked.rung == known.rung and not gone
                if new_form or (same and asked.hold_s > known.hold_s):
                    yield sitting.on, f"{exercise}: {known.hardness} in short, then {asked.hardness}"
            catches_up = _after(before, exercise, catches_up)
            last[exercise] = sitting
            held.add((exercise, asked.rung))


def load_without_preconditions(story: Story) -> Iterator[Finding]:
    """Never a weight without every precondition (3.5). The row at the target, one of it seen well held, is asked for
    before the first one."""
    loaded: set[str] = set()
    for number, sitting in enumerate(story.sittings):
        for exercise, asked in sitting.asked.items():
            if not asked.load_kg:
                continue
            ready = exercise in loaded or _was_ready(exercise, story.sittings[:number], story.goals[exercise])
            if not sitting.may_load or not ready:
                yield sitting.on, f"{exercise}: {asked.load_kg} kg"
            loaded.add(exercise)


def _was_ready(exercise: str, past: Sequence[Sitting], goal: Asked) -> bool:
    trained = (sitting for sitting in reversed(past) if exercise in sitting.asked)
    row = list(takewhile(lambda sitting: _full(exercise, sitting, goal), trained))
    enough = len(row) >= LOAD_SITTINGS and (row[0].on - row[-1].on).days >= LOAD_DAYS
    return enough and any(exercise in sitting.seen for sitting in row)


def _full(exercise: str, sitting: Sitting, goal: Asked) -> bool:
    """Whether it counted at the target."""
    whole = exercise in sitting.done & sitting.kept and not sitting.short
    return whole and sitting.green(exercise) and sitting.easy(exercise) and _at(goal, sitting.asked[exercise])


def _at(goal: Asked, asked: Asked) -> bool:
    return asked.rung >= goal.rung and (asked.hold_s, asked.sets) == (goal.hold_s, goal.sets)


def more_pain_more_dose(story: Story) -> Iterator[Finding]:
    """More pain, everything else alike, never gives more in the next session (3.4)."""
    for on, exercise, less, more in story.more_pain:
        if more.hardness > less.hardness:
            yield on, f"{exercise}: {less.hardness}, with more pain {more.hardness}"


def no_way_back(story: Story) -> Iterator[Finding]:
    """An exercise that rests comes back with a review that somebody asked for (1.2, 3.4)."""
    for on, came_back in story.pauses:
        if not came_back:
            yield on, "it rested on after the review"


def review_not_asked(story: Story) -> Iterator[Finding]:
    """A second red within 14 days, two weeks of a flare-up, a third one in three months, and much pain before six
    sessions running ask for a review (3.1, 3.4, 3.7)."""
    yield from story.core.unasked


def green_reaches_target(story: Story) -> Iterator[Finding]:
    """Whoever answers green all the way, and has the time, reaches the brief's targets (3.3)."""
    if story.always_green and len(story.sittings) >= GREEN_SITTINGS:
        for exercise in story.goals:
            if exercise not in story.reached:
                yield story.sittings[-1].on, f"{exercise}: not after {len(story.sittings)} sessions"


def _of_looks(rule: Callable[[Look], Iterator[str]]) -> Callable[[Story], Iterator[Finding]]:
    def over(story: Story) -> Iterator[Finding]:
        return ((look.on, what) for look in story.looks for what in rule(look))

    return over


def _of_walks(rule: Callable[[WalkStep], Iterator[str]]) -> Callable[[Story], Iterator[Finding]]:
    def over(story: Story) -> Iterator[Finding]:
        return ((step.day.on, what) for step in story.walk.steps for what in rule(step))

    return over


def _of_core(rule: Callable[[CoreStep], Iterator[str]]) -> Callable[[Story], Iterator[Finding]]:
    def over(story: Story) -> Iterator[Finding]:
        return ((step.on, what) for step in story.core.steps for what in rule(step))

    return over


_STORY_RULES: Mapping[str, Callable[[Story], Iterator[Finding]]] = {
    "below-floor": below_floor,
    "core-gap": core_gap,
    "green-reaches-target": green_reaches_target,
    "harder-after-red": harder_after_red,
    "hold-growth": hold_growth,
    "load-without-preconditions": load_without_preconditions,
    "more-pain-more-dose": more_pain_more_dose,
    "no-way-back": no_way_back,
    "progress-out-of-short": progress_out_of_short,
    "progress-without-morning-after": progress_without_morning,
    "review-not-asked": review_not_asked,
}

RULES: Mapping[str, Callable[[Story], Iterator[Finding]]] = dict(
    sorted(
        {
            **_STORY_RULES,
            **{name: _of_core(rule) for name, rule in CORE_RULES.items()},
            **{name: _of_looks(rule) for name, rule in LOOK_RULES.items()},
            **{name: _of_walks(rule) for name, rule in WALK_RULES.items()},
        }.items()
    )
)
"""Every rule by its name."""
