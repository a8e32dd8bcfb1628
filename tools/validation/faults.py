"""Are faults found that are there, named right, and not found where there are none?"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lumbar.core.body import Side
from lumbar.core.judge import Judgement, State
from validation.intervals import Figure, clustered_share, share
from validation.verdicts import ClipVerdict, StillVerdict, Truth, told

FINE = "no fault"


@dataclass(frozen=True)
class Look:
    """One still or frame: what is true, what was said, of whom, in which clip. side: the one that works."""

    truth: Truth
    said: Judgement
    person: str
    clip: str
    name: str
    side: Side | None = None
    found_side: Side | None = None

    @property
    def faulted(self) -> bool:
        return self.said.state is State.FAULT

    @property
    def named_right(self) -> bool:
        return self.faulted and self.said.faults[0] in self.truth.present

    @property
    def wrong(self) -> bool:
        """Judged, and wrongly: passed with a fault that is there, or faulted for one that is not."""
        if self.truth.present:
            return self.said.state.counts or (self.faulted and not self.named_right)
        return self.truth.blameless and self.faulted


def of_stills(verdicts: Iterable[StillVerdict]) -> list[Look]:
    """Every still as it was judged for the side that works."""
    return [
        Look(v.truth, v.asked, v.person, "", v.still.file.name, v.still.shown.side, v.unasked.side) for v in verdicts
    ]


def of_frames(verdicts: Iterable[ClipVerdict]) -> list[Look]:
    """Every frame of clips as it was judged alone."""
    return [
        Look(truth, said, v.clip.shown.person, v.clip.name, f"{v.clip.name} at {t_s:.2f} s")
        for v in verdicts
        for truth, said, t_s in zip(v.truths, v.judged, v.clip.times_s, strict=True)
    ]


Counted = Callable[[Sequence[Look], Callable[[Look], bool]], Figure]


def each_alone(looks: Sequence[Look], hit: Callable[[Look], bool]) -> Figure:
    """A share of stills."""
    return share([hit(look) for look in looks])


def by_clip(looks: Sequence[Look], hit: Callable[[Look], bool]) -> Figure:
    """A share of frames."""
    return clustered_share([hit(look) for look in looks], [look.clip for look in looks])


def detection(looks: Sequence[Look], counted: Counted) -> dict[str, Any]:
    """Sensitivity and the like. What was not judged counts as not caught, and is no false fault."""
    faulty = [look for look in looks if look.truth.present]
    clean = [look for look in looks if look.truth.blameless]
    there = [look for look in looks if look.truth.belongs]
    caught = [look for look in faulty if look.faulted]
    found, false = counted(faulty, lambda it: it.faulted), counted(clean, lambda it: it.faulted)
    balanced = None if found.value is None or false.value is None else round((found.value + 1 - false.value) / 2, 4)
    return {
        "caught": found.as_json(),
        "named_right": counted(caught, lambda it: it.named_right).as_json(),
        "false": false.as_json(),
        "specificity": _complement(false).as_json(),
        "balanced_accuracy": balanced,
        "not_judged": counted(there, lambda it: it.said.state is State.CANNOT_JUDGE).as_json(),
        "refused": counted(there, lambda it: it.said.state is State.NOT_IN_POSITION).as_json(),
        "wrong": counted(there, lambda it: it.wrong).as_json(),
    }


def by_check(looks: Sequence[Look], checks: Sequence[str], counted: Counted) -> dict[str, Any]:
    """For each check: was it told where it was there, and where it was not."""
    found = {}
    for check in checks:
        present = [look for look in looks if check in look.truth.present]
        absent = [look for look in looks if look.truth.belongs and look.truth.beyond_deg.get(check, 1.0) <= 0.0]
        found[check] = {
            "told_when_there": counted(present, lambda it, check=check: check in it.said.faults).as_json(),  # type: ignore[misc]
            "told_when_not": counted(absent, lambda it, check=check: check in it.said.faults).as_json(),  # type: ignore[misc]
        }
    return found


def confusion(looks: Sequence[Look]) -> dict[str, dict[str, int]]:
    """What was said (columns) of what was there (rows); what lies between fault and none is left out."""
    counts = Counter(
        (look.truth.present[0] if look.truth.present else FINE, told(look.said))
        for look in looks
        if look.truth.present or look.truth.blameless
    )
    rows: dict[str, dict[str, int]] = {}
    for (true, said), number in sorted(counts.items()):
        rows.setdefault(true, {})[said] = number
    return rows


def sides(looks: Sequence[Look]) -> dict[str, Any]:
    """How often the wrong side was found, and how often none, where one side works and none was asked for."""
    sided = [look for look in looks if look.side is not None and look.truth.belongs]
    return {
        "swapped": each_alone(sided, _swapped).as_json(),
        "undecided": each_alone(sided, lambda it: it.found_side is None).as_json(),
    }


def _swapped(look: Look) -> bool:
    return look.found_side is not None and look.found_side is not look.side


def by_person(looks: Sequence[Look]) -> list[dict[str, Any]]:
    """Caught and false faults of each person."""
    people = sorted({look.person for look in looks})
    rows = []
    for person in people:
        mine = [look for look in looks if look.person == person]
        caught = each_alone([it for it in mine if it.truth.present], lambda it: it.faulted)
        false = each_alone([it for it in mine if it.truth.blameless], lambda it: it.faulted)
        rows.append({"person": person, "caught": caught.as_json(), "false": false.as_json()})
    return rows


def _complement(it: Figure) -> Figure:
    if it.value is None:
        return it
    low = None if it.high is None else 1 - it.high
    high = None if it.low is None else 1 - it.low
    return Figure(1 - it.value, low, high, it.n, it.clusters)
