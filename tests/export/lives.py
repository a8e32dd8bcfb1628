"""Random records of people who are in the plan: screened, with sessions, mornings after, walks, flare-ups, reviews,
hours at the desk and outcome measures, as a page, a desk and an expert tell them."""

from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from lumbar.catalog import shipped_catalogue
from lumbar.catalog.screening import load_form
from lumbar.core.record.bodies import DECISIONS, MORNINGS

Told = tuple[str, dict[str, Any], int]
"""A fact's type and body, and the minute of its day."""

_CATALOGUE = shipped_catalogue()
_FORM = load_form(_CATALOGUE)
_CORE = ("plank", "side-plank", "glute-bridge")
_STRETCHES = ("hip-flexor-stretch", "hamstring-stretch", "neck-stretch")
_MORNING, _SESSION, _EVENING = 10, 60, 720
"""When a day's facts are told, in minutes since seven in the morning."""
_ANSWERED = ("B3", "B10", "B15", "C1", "C3", "A8")
"""What somebody may say yes to: something that begins gently, waits, closes a stretch, asks for variants, pauses."""

_ONE_DAY = 24 * 60
_RISES = (0, 0, 0, 1, 1, 2, 3, 5, 7)
_MORNINGS = (1, 1, 1, 1, 5, 0, 2, 3, 4, 9)
"""Of pain in a session, and how a morning after was: most go well, so that doses grow and come back."""


class _Day:
    """One day as it was drawn. number: which it is; worst, morning: pain; pick: chooses among a few."""

    def __init__(self, number: int, worst: int, morning: int, pick: int) -> None:
        self.number, self.worst, self.morning, self.pick = number, worst, morning, pick
        self.session = f"s{number}"

    def date(self) -> str:
        return f"2026-03-{2 + self.number:02d}"

    def core(self, *, measured: bool = True) -> Iterator[Told]:
        """The questions, a session of core work, and what is asked after it."""
        yield from self.check()
        yield "pain-reported", self.pain("before", self.pick), _SESSION - 1
        length = ("whole", "whole", "short")[self.pick % 3]
        yield "session-started", {"session": self.session, "script": {"steps": []}, "length": length}, _SESSION
        held_s = (12, 20, 35, 60)[self.pick % 4]
        for step, exercise in enumerate(_CORE):
            for side in ("left", "right") if exercise == "side-plank" else (None,):
                yield "set-done", self.hold(exercise, side, step, held_s, measured=measured), _SESSION + 2 + step
        yield "session-ended", {"session": self.session, "how": ("finished", "stopped")[self.pick % 2]}, _SESSION + 9
        yield "effort-reported", {"session": self.session, "effort": self.pick + 3, "exercises": []}, _SESSION + 10
        yield "pain-reported", self.pain("after", self.worst), _SESSION + 10
        yield "shape-reported", {"session": self.session, "exercise": None, "kept": "mostly"}, _SESSION + 10
        yield from self.next_morning()

    def stretches(self) -> Iterator[Told]:
        """The stretches; now and then one hurts."""
        yield from self.check()
        yield "session-started", {"session": self.session, "script": {"steps": []}, "length": "whole"}, _SESSION
        for step, exercise in enumerate(_STRETCHES):
            for side in ("left", "right"):
                outcome = "hurt" if self.worst > 7 and step == 1 else "done"
                body = self.hold(exercise, side, step, 30, measured=False) | {"outcome": outcome}
                yield "set-done", body, _SESSION + 2 + step
        if self.worst > 8:
            yield "pain-reported", {**self.pain("during", None), "exercise": "neck-stretch"}, _SESSION + 6
        yield "session-ended", {"session": self.session, "how": "finished"}, _SESSION + 9

    def walk(self) -> Iterator[Told]:
        yield "walk-done", {"minutes": 10 + 5 * self.pick}, _EVENING
        yield from self.next_morning()

    def flare(self) -> Iterator[Told]:
        yield "flare-reported", {"note": "lifted a box"}, _MORNING
        yield "screen-answered", screen({}), _MORNING + 2

    def review(self) -> Iterator[Told]:
        """An expert's word: go on, changes, a hold with its last day, or a wish to be called."""
        rows: list[dict[str, Any]] = [{"hold_s": 20, "sets": 3}, {"stop": True}, {"days_per_week": 2, "note": "slowly"}]
        decision = DECISIONS[self.pick % 4]
        changes = {_CORE[self.morning % 3]: rows[self.worst % 3]} if decision == "with-changes" else {}
        yield "review-recorded", {
            "by_whom": "Jo Park", "profession": "physiotherapist", "reviewed_on": self.date(), "examined": True,
            "decision": decision, "load": self.pick == 1, "changes": changes, "note": "well done",
            "until": f"2026-03-{min(28, 4 + self.number):02d}" if decision == "stop" else None,
            "go_on": ["plank"] if self.worst > 4 else [],
        }, _SESSION  # fmt: skip
        if self.pick == 2:
            yield "clearance-recorded", {"item": _ANSWERED[self.worst % 6], "seen_on": self.date(), "by_whom": "Jo",
                                         "profession": "physician", "may_exercise": True}, _SESSION + 1  # fmt: skip
            yield "approval-wanted", {"wanted": True, "known": {"plank": "forearm"}}, _SESSION + 2

    def desk(self) -> Iterator[Told]:
        yield "posture-watched", {"profile": "desk", "tall_s": 300.0, "usual_s": 600.0, "slumped_s": 60.0 * self.worst,
                                  "longest_still_s": 1_200.0, "position_changes": self.pick}, _SESSION  # fmt: skip
        yield "break-taken", {"seconds": 90.0, "stretch": None}, _SESSION + 30
        yield "nudges-snoozed", {"minutes": 60}, _SESSION + 40

    def outcomes(self) -> Iterator[Told]:
        yield "outcome-answered", {"instrument": "nprs", "nprs": self.worst, "walked_minutes": 60}, _EVENING
        yield "outcome-answered", {"instrument": "rmdq-24", "ticks": [1 + self.pick, 9]}, _EVENING + 1
        yield (
            "outcome-answered",
            {"instrument": "psfs", "activities": [{"name": "garden", "rating": self.morning}]},
            (_EVENING + 2),
        )
        yield "outcome-put-off", {"instrument": "pgic"}, _EVENING + 3

    def check(self) -> Iterator[Told]:
        yield "daily-check-answered", {"ticks": [], "answers": {}, "details": {}}, _SESSION - 5

    def next_morning(self) -> Iterator[Told]:
        words = (None, *MORNINGS)[self.morning % 4]
        nprs = self.morning if words is None or self.pick else None
        told = {**self.pain("morning-after", nprs), "words": words, "further_down_leg": self.morning == 9}
        yield "pain-reported", told, _ONE_DAY + _MORNING

    def pain(self, when: str, nprs: int | None) -> dict[str, Any]:
        return {"when": when, "nprs": nprs, "words": None, "session": self.session, "further_down_leg": False}

    def hold(self, exercise: str, side: str | None, step: int, held_s: int, *, measured: bool) -> dict[str, Any]:
        return {
            "session": self.session, "step": step, "exercise": exercise, "side": side, "set": 1, "hold": 1,
            "rung": _CATALOGUE.exercise(exercise).first_rung.id, "target_s": held_s, "credited_s": float(held_s),
            "measured": measured, "in_position_s": float(held_s), "outcome": "done", "test": step == 0,
            "faults": [{"id": "hips-sagging", "from_s": 1.0, "to_s": 1.5}] if self.pick == 2 else [],
        }  # fmt: skip


DAYS: dict[str, Callable[[_Day], Iterator[Told]]] = {
    "core": _Day.core,
    "stretches": _Day.stretches,
    "walk": _Day.walk,
    "flare": _Day.flare,
    "review": _Day.review,
    "desk": _Day.desk,
    "outcomes": _Day.outcomes,
}
_OFTEN = ("core", "core", "core", "stretches", "walk", *DAYS)


def screen(yes: dict[str, str]) -> dict[str, Any]:
    """A complete screen. yes: what was answered other than no."""
    answers = {item: yes.get(item, "no") for item in _FORM.items}
    return {"kind": "full", "answers": answers, "details": {}, "nprs": 4, "pain_now": 2}


@st.composite
def lives(draw: st.DrawFn, days: int = 17) -> list[Told]:
    """What happened, each with its minute since the first morning."""
    yes = draw(st.sampled_from((*({} for _ in range(4)), *({item: "yes"} for item in _ANSWERED))))
    told: list[Told] = [
        ("screen-answered", screen(yes), 0),
        ("acknowledged", {"text": "screen.acknowledge", "version": _FORM.acknowledge_version}, 1),
        ("programme-chosen", {"programme": "home"}, 1),
        ("usual-walk-told", {"minutes": 20}, 2),
        ("person-described", {"body_mass_kg": 71.5, "birth_year": 1980, "helper": True, "equipment": ["chair"]}, 3),
    ]
    few, rises, mornings = st.integers(0, 3), st.sampled_from(_RISES), st.sampled_from(_MORNINGS)
    drawn = draw(st.lists(st.tuples(st.sampled_from(_OFTEN), rises, mornings, few, few),
                          min_size=4, max_size=10))  # fmt: skip
    number = 0
    for kind, rise, morning, pick, later in drawn:
        if number >= days:
            break
        day = _Day(number, pick + rise, morning, pick)
        told += [(name, body, number * _ONE_DAY + minute) for name, body, minute in DAYS[kind](day)]
        number += 1 + (later > 0) + (later > 2)
    return told
