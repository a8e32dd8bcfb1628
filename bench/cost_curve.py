"""How the cost of a day's plan grows with the record: ten facts a day, from one day to ten years of them.

Every other day has a whole core session: the check, the morning after, pain before it, some holds, what was said of it.
The others have a check and stretches. Scratch is a program that has read nothing yet; one more is the same record and
one more fact, of the end or of the middle. Processor time, the least of some rounds: the rest is the machine's.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log
from uuid import UUID

from lumbar import wiring
from lumbar.app.records import no_collection
from lumbar.core.exercise import Step
from lumbar.core.plan import Programme, plan
from lumbar.core.plan.rungs import sides_of
from lumbar.core.record import Fact, Record, new_fact

BEGAN = datetime(2025, 3, 1, 7, 30, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
FACTS_A_DAY = 10
SIZES = (1, 10, 100, 365, 1_000, 3_650, 10_000, 18_250, 36_500)
SCRATCH_ROUNDS, MORE_ROUNDS = 3, 15
STEADY_FROM = 1_000
"""A day costs a little even without a past; from so many facts on it is the past that counts."""


class Years:
    """Makes the facts of some years, ten a day, each with an id in the order of time."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.made = 0

    def fact(self, fact_type: str, at: datetime, **body: object) -> Fact:
        """The next fact."""
        self.made += 1
        fact_id = str(UUID(int=int(at.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62 | self.made))
        return new_fact(fact_type, body, fact_id=fact_id, person="p", at=at, zone="UTC", device="tablet")

    def facts(self, count: int) -> list[Fact]:
        """The first so many: one day after the other, the first with the screen."""
        found = [self._screen(BEGAN)]
        number = 0
        while len(found) < count:
            found += self._day(BEGAN + number * ONE_DAY, number)
            number += 1
        return found[:count]

    def check(self, at: datetime) -> Fact:
        """A daily check without a tick."""
        return self.fact("daily-check-answered", at, ticks=[], answers={}, details={})

    def _screen(self, at: datetime) -> Fact:
        answers = dict.fromkeys(self.programme.form.items, "no")
        return self.fact("screen-answered", at, kind="full", answers=answers, details={}, nprs=3, pain_now=2)

    def _day(self, at: datetime, number: int) -> Iterator[Fact]:
        session = str(UUID(int=number + 1))
        yield self.check(at)
        if number and number % 84 == 0:
            yield self._screen(at)
        if number % 2:
            yield self._pain(at, "morning-after", words="same-or-better", nprs=None)
        else:
            yield self._pain(at, "before", nprs=2)
            yield self.fact("session-started", at, session=session, script={})
        step = Step.HIPS if number % 2 else Step.CORE
        yield from self._holds(at, session, step, 8 if number % 2 else 5)
        if number % 2 == 0:
            end = at + timedelta(minutes=12)
            yield self.fact("effort-reported", end, session=session, effort=4)
            yield self._pain(end, "after", nprs=2, session=session)

    def _holds(self, at: datetime, session: str, step: Step, count: int) -> Iterator[Fact]:
        exercises = self.programme.of_step(step)
        places = [(exercise, side) for exercise in exercises for side in sides_of(exercise)]
        for number in range(count):
            exercise, side = places[number % len(places)]
            yield self.fact(
                "set-done",
                at + timedelta(seconds=40 * (number + 1)),
                session=session,
                step=number,
                exercise=exercise.id,
                rung=exercise.first_rung.id,
                side=None if side is None else side.value,
                set=1,
                hold=1,
                target_s=5.0,
                credited_s=5.0,
                outcome="done",
                measured=False,
                faults=[],
            )

    def _pain(self, at: datetime, when: str, **more: object) -> Fact:
        body = {"words": None, "session": None, "exercise": None, "further_down_leg": False, **more}
        return self.fact("pain-reported", at, when=when, **body)


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds for a record of so many facts."""

    facts: int
    scratch_ms: float
    more_ms: float
    late_ms: float


def cost(years: Years, facts: Sequence[Fact]) -> Cost:
    """What a record of these facts costs."""
    programme, at = years.programme, facts[-1].at + timedelta(minutes=30)
    with no_collection():  # as the app reads and folds a record
        scratch_ms = _least_ms(SCRATCH_ROUNDS, lambda: plan(programme, Record(facts), at))
    record = Record(facts)
    plan(programme, record, at)
    middle_at = facts[len(facts) // 2].at

    def one_more(when: datetime) -> None:
        plan(programme, record.merge([years.check(when)]), at)

    more_ms = _least_ms(MORE_ROUNDS, lambda: one_more(at))
    return Cost(len(facts), scratch_ms, more_ms, _least_ms(MORE_ROUNDS, lambda: one_more(middle_at)))


def _least_ms(rounds: int, do: Callable[[], object]) -> float:
    found = []
    for _ in range(rounds):
        began_s = time.process_time()
        do()
        found.append((time.process_time() - began_s) * 1000)
    return min(found)


def main() -> None:
    """Print the curve, and by which power of the facts the cost grows: 1 is linear."""
    years = Years(wiring.build_rules(wiring.read_settings()).programme)
    facts = years.facts(max(SIZES))
    print("the cost of a day's plan, ten facts a day")
    print(f"{'facts':>8}{'from scratch':>16}{'a fact':>12}{'one more':>12}{'one from the middle':>22}")
    found = []
    for size in SIZES:
        one = cost(years, facts[:size])
        found.append(one)
        each_us = 1000 * one.scratch_ms / one.facts
        more = f"{one.more_ms:9.1f} ms{one.late_ms:19.1f} ms"
        print(f"{one.facts:8}{one.scratch_ms:13.1f} ms{each_us:9.1f} us{more}")
    first, last = next(one for one in found if one.facts >= STEADY_FROM), found[-1]
    power = log(last.scratch_ms / first.scratch_ms) / log(last.facts / first.facts)
    print(f"from {first.facts} to {last.facts} facts the cost from scratch grows with their number to the {power:.2f}")


if __name__ == "__main__":
    main()
