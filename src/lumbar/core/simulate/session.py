"""One session of a virtual person, told as a house is told of it: what was held, and what they say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lumbar.core.changing import replace
from lumbar.core.exercise import Step
from lumbar.core.plan import plan
from lumbar.core.plan.day import Day, HoldTest, Item, ItemState
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.short import shortened
from lumbar.core.record import Fact
from lumbar.core.simulate.house import Device, House
from lumbar.core.simulate.live import reacted
from lumbar.core.simulate.people import Chance, Kind, Person
from lumbar.core.simulate.sittings import Asked, Measured

SHORT, UNENDED, LATE = 0.1, 0.05, timedelta(days=3)
"""The shares of sessions that are short, and whose end is never told; how late an offline device tells, at the most."""


@dataclass(frozen=True, slots=True)
class Told:
    """A session as it went. tests: what each measured hold came to, the shorter side's; first_s: the first hold of the
    others; faulted: by exercise, the share of the time with a standing fault, where a camera saw it."""

    session: str
    at: datetime
    device: Device
    late: timedelta
    worst: int
    spread: bool
    effort: int
    named: frozenset[str]
    morning: str | None
    done: frozenset[str]
    kept: frozenset[str]
    tests: Mapping[str, Measured]
    first_s: Mapping[str, float]
    faulted: Mapping[str, float]
    short: bool


def core_of(day: Day, programme: Programme) -> list[Item]:
    """The core work that is due."""
    return [item for item in day.items if item.state is ItemState.DUE and programme.exercises[item.exercise].step is
            Step.CORE]  # fmt: skip


def asked_of(item: Item, programme: Programme) -> Asked:
    """What an item asks for, for the rules."""
    exercise = programme.exercises[item.exercise]
    rung = exercise.number(exercise.rung(item.rung))
    test_s = 0 if item.test is HoldTest.NONE else item.test_s
    first = item.test in (HoldTest.FIRST, HoldTest.AGAIN)
    return Asked(rung, item.hold_s, item.sets, item.load_kg, test_s, baseline=first)


class Sessions:
    """Somebody's sessions, one after the other. capacity_s: how long they could hold each exercise by now."""

    def __init__(self, person: Person, chance: Chance, programme: Programme, house: House) -> None:
        self.capacity_s = dict(person.capacity_s)
        self._person, self._chance, self._programme, self._house = person, chance, programme, house
        self._count = 0

    def train(self, items: Sequence[Item], at: datetime, felt: int, device: Device) -> Told:
        """Does core work and tells of it."""
        chance, person = self._chance, self._person
        self._count += 1
        short = person.kind is not Kind.GREEN and chance.random() < SHORT
        doing = shortened(items, self._programme) if short else list(items)
        late = LATE * chance.random() if chance.random() < device.offline else timedelta()
        strain = {item.exercise: item.hold_s / max(1.0, self.capacity_s[item.exercise]) for item in doing}
        worst, morning, spread = reacted(person, chance, felt, max(strain.values()))
        hardest = max(strain, key=lambda name: strain[name])
        named = frozenset([hardest]) if len(strain) > 1 and chance.random() < 0.3 else frozenset[str]()
        effort = 4 if person.kind is Kind.GREEN else min(10, round(3 + 5 * max(strain.values())))
        session = f"s{self._count}"
        self._tell("session-started", at, device, late, session=session, script={}, length=_length(short=short))
        tidy = chance.random() < person.tidy
        tests: dict[str, Measured] = {}
        first_s: dict[str, float] = {}
        held_at, whole = at, set()
        for item in doing:
            capacity_s = self.capacity_s[item.exercise]
            held_at, all_done, test_s = self._item(item, held_at, session, (device, late), tidy=tidy)
            whole |= {item.exercise} if all_done else set()
            if test_s is None:
                first_s[item.exercise] = min(float(item.hold_s), capacity_s)
            else:
                tests[item.exercise] = Measured(test_s, test_s < item.test_s)
            self.capacity_s[item.exercise] *= 1 + person.growth
        kept = frozenset(whole) if tidy else frozenset[str]()
        faulted = {item.exercise: 0.0 if tidy else 0.5 for item in doing} if person.camera else {}
        told = Told(session, at, device, late, worst, spread, effort, named, morning, frozenset(whole), kept, tests,
                    first_s, faulted, short)  # fmt: skip
        self._say(told, held_at + timedelta(minutes=1), tidy=tidy)
        return told

    def _tell(self, kind: str, at: datetime, device: Device, late: timedelta, /, **body: Any) -> None:
        self._house.tell(kind, at, device, late=late, **body)

    def _item(
        self, item: Item, at: datetime, session: str, by: tuple[Device, timedelta], *, tidy: bool
    ) -> tuple[datetime, bool, int | None]:
        """All holds of an exercise; what its measured holds came to, where there are any."""
        capacity_s, all_done = self.capacity_s[item.exercise], True
        tests: list[int] = []
        for side, sets in zip(item.sides, item.side_sets, strict=True):
            for number in range(sets):
                test = number == 0 and side in item.untested
                target_s = float(item.test_s if test else item.hold_s)
                share = self._chance.uniform(0.7, 1.1) if test else 1.0
                held_s = min(target_s, max(1.0, capacity_s * share))
                seen = self._person.camera
                ends = "done" if held_s >= target_s or (test and not seen) else "stopped"
                credited_s = target_s if test and not seen else held_s
                faults = [] if tidy or not seen else [{"id": "hips-sagging", "from_s": 0.0, "to_s": held_s / 2}]
                at += timedelta(seconds=target_s + 20)
                where = {"exercise": item.exercise, "side": None if side is None else side.value}
                self._tell(
                    "set-done", at, *by, session=session, step=number, rung=item.rung, set=number + 1, hold=1,
                    target_s=target_s, credited_s=credited_s, outcome=ends, measured=seen, faults=faults, test=test,
                    again=test and held_s < self._programme.listening.dosing.test_least_s,
                    in_position_s=held_s if seen else None, load_kg=item.load_kg or None, **where,
                )  # fmt: skip
                if test:
                    tests.append(int(held_s))
                    if not seen:
                        self._tell("hold-told", at, *by, session=session, held_s=int(held_s), **where)
                all_done = all_done and (ends == "done" or test)
        return at, all_done, min(tests) if tests else None

    def _say(self, told: Told, at: datetime, *, tidy: bool) -> None:
        """What is asked after it."""
        by, chance = (told.device, told.late), self._chance
        if chance.random() >= UNENDED:
            self._tell("session-ended", at, *by, session=told.session, how="finished")
        exercises = sorted(told.named)
        effort = {"session": told.session, "effort": told.effort, "exercises": exercises}
        self._tell("effort-reported", at, *by, **effort)
        self._tell(
            "pain-reported", at, *by, when="after", nprs=told.worst, session=told.session, exercises=exercises,
            further_down_leg=told.spread,
        )  # fmt: skip
        if not self._person.camera:
            self._tell("shape-reported", at, *by, session=told.session, kept="yes" if tidy else "no")


def _length(*, short: bool) -> str:
    return "short" if short else "whole"


def asked_next(programme: Programme, house: House, told: Told, more: int, morning: str | None) -> dict[str, Asked]:
    """What would be asked for after a session, had the pain after it been so much more, and this its morning after."""
    device, later = told.device, told.at + timedelta(days=programme.schedule.core_gap_days)
    facts = [_with_more_pain(fact, more) for fact in house.coming]
    if morning is not None:
        about: dict[str, Any] = {"words": morning, "session": told.session, "further_down_leg": False}
        next_at = told.at + timedelta(days=1)
        facts.append(house.fact("pain-reported", next_at, device, when="morning-after", **about))
    facts.append(house.fact("pain-reported", later, device, when="before", nprs=1, further_down_leg=False))
    day = plan(programme, house.record.merge(facts), later + timedelta(minutes=5))
    return {item.exercise: asked_of(item, programme) for item in core_of(day, programme)}


def _with_more_pain(fact: Fact, more: int) -> Fact:
    after = fact.type == "pain-reported" and fact.body["when"] == "after"
    return replace(fact, body={**fact.body, "nprs": min(10, fact.body["nprs"] + more)}) if after else fact
