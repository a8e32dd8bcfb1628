"""What a long record costs: a year of a hundred facts a day, two sessions a day among them.

Cold is a program that has read nothing yet; warm is one that answers again after one more fact. `core` is the record,
its folds and the day; `request` is that with an SQLite database around it. Processor time, the median of some rounds.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.ports import Person
from lumbar.app.record_facts import Draft
from lumbar.app.rules import Rules
from lumbar.core.body import Side
from lumbar.core.plan import Programme, plan
from lumbar.core.record import Fact, Record, new_fact
from lumbar.core.script import compile_script
from lumbar.store import SqlStore, migrate, open_engine

BEGAN = datetime(2025, 3, 1, 7, 30, tzinfo=UTC)
DAYS, FACTS_A_DAY, SESSIONS_H = 365, 100, (0, 11)
END = BEGAN + timedelta(days=DAYS - 1, hours=12)
WARM_ROUNDS, COLD_ROUNDS = 20, 3


class Clock:
    """Stands still after the last session."""

    def now(self) -> datetime:
        """The moment."""
        return END

    def monotonic_s(self) -> float:
        """No time passes."""
        return 0.0


class Year:
    """Makes the facts of a year, each with an id in the order of time."""

    def __init__(self, person: str, programme: Programme) -> None:
        self.person = person
        self.programme = programme
        self.made = 0
        self.script: dict[str, Any] = {}

    def fact(self, fact_type: str, at: datetime, **body: object) -> Fact:
        """The next fact."""
        self.made += 1
        fact_id = str(UUID(int=int(at.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62 | self.made))
        return new_fact(fact_type, body, fact_id=fact_id, person=self.person, at=at, zone="UTC", device="tablet")

    def facts(self) -> Iterator[Fact]:
        """All of them."""
        yield self.screen(BEGAN)
        yield self.fact("acknowledged", BEGAN, text="screen.acknowledge", version=1)
        for number in range(DAYS):
            yield from self._day(BEGAN + timedelta(days=number), FACTS_A_DAY - (2 if number == 0 else 0))

    def screen(self, at: datetime) -> Fact:
        """A whole screen with nothing that holds back."""
        answers = dict.fromkeys(self.programme.form.items, "no")
        return self.fact("screen-answered", at, kind="full", answers=answers, details={}, nprs=3, pain_now=2)

    def hold(self, at: datetime, session: str, step: int) -> Fact:
        """One hold of one exercise after the other."""
        exercise = list(self.programme.exercises.values())[step % len(self.programme.exercises)]
        side = (Side.LEFT, Side.RIGHT)[step % 2].value if exercise.two_sided else None
        return self.fact(
            "set-done",
            at,
            session=session,
            step=step,
            exercise=exercise.id,
            rung=exercise.first_rung.id,
            side=side,
            set=1,
            hold=1,
            target_s=30.0,
            credited_s=24.5,
            outcome="done",
            measured=True,
            in_position_s=29.0,
            unjudged_s=0.5,
            faults=[{"id": "hips-sagging", "from_s": 3.0, "to_s": 4.5}],
            coach="0.1.0",
            model=None,
        )

    def _day(self, at: datetime, count: int) -> Iterator[Fact]:
        yield self.fact("daily-check-answered", at, ticks=[], answers={}, details={})
        others = 1 + 6 * len(SESSIONS_H)
        share = (count - others) // len(SESSIONS_H)
        for number, hours in enumerate(SESSIONS_H):
            holds = share if number else count - others - share * (len(SESSIONS_H) - 1)
            yield from self._session(at + timedelta(hours=hours), holds)

    def _session(self, at: datetime, holds: int) -> Iterator[Fact]:
        session = str(UUID(int=int(at.timestamp())))
        yield self._pain(at, "before")
        shown = {"programme": self.programme.id, "catalogue": self.programme.catalogue, "rules": "3", "items": []}
        yield self.fact("plan-shown", at, **shown)
        yield self.fact("session-started", at, session=session, script={**self._script(at), "session": session})
        for step in range(holds):
            yield self.hold(at + timedelta(seconds=40 * (step + 1)), session, step)
        end = at + timedelta(seconds=40 * (holds + 2))
        yield self.fact("session-ended", end, session=session, how="finished")
        yield self.fact("effort-reported", end, session=session, effort=4)
        yield self._pain(end, "after", session=session)

    def _pain(self, at: datetime, when: str, **more: object) -> Fact:
        body = {"words": None, "session": None, "exercise": None, "further_down_leg": False, **more}
        return self.fact("pain-reported", at, when=when, nprs=2, **body)

    def _script(self, at: datetime) -> dict[str, Any]:
        """A whole session's script; one is as long as another."""
        if not self.script:
            agreed = self.fact("acknowledged", at, text="screen.acknowledge", version=1)
            day = plan(self.programme, Record([self.screen(at), agreed, self._pain(at, "before")]), at)
            self.script = dict(compile_script(day, self.programme, session="s").as_json())
        return self.script


def spent(rounds: int, do: Callable[[int], object]) -> list[float]:
    """Milliseconds of processor time of each call."""
    found = []
    for number in range(rounds):
        began_s = time.process_time()
        do(number)
        found.append((time.process_time() - began_s) * 1000)
    return found


def main() -> None:
    """Print a line for each."""
    with tempfile.TemporaryDirectory() as folder:
        rules = wiring.build_rules(wiring.read_settings({"LUMBAR_HOME": folder}))
        engine = open_engine(f"sqlite:///{Path(folder) / 'lumbar.db'}")
        migrate(engine)
        store = SqlStore(engine)
        person = store.ensure_person(Person(str(UUID(int=1)), BEGAN))
        year = Year(person.id, rules.programme)
        facts = list(year.facts())
        store.append(person.id, facts)
        print(f"a record of {len(facts)} facts")
        _core(year, facts)
        _request(year, store, person, rules)
        store.close()


def _tell(what: str, spent_ms: list[float]) -> None:
    print(f"{what:<44}{statistics.median(spent_ms):7.1f} ms (most: {max(spent_ms):.1f})")


def _core(year: Year, facts: list[Fact]) -> None:
    at = facts[-1].at + timedelta(minutes=5)
    _tell("core, cold: the record and its day", spent(COLD_ROUNDS, lambda _: plan(year.programme, Record(facts), at)))
    record = Record(facts)
    plan(year.programme, record, at)
    holds = [year.hold(at + timedelta(seconds=40 * number), "s", number) for number in range(WARM_ROUNDS)]

    def one_more(number: int) -> None:
        nonlocal record
        record = record.merge([holds[number]])
        plan(year.programme, record, holds[number].at)

    _tell("core, warm: one more fact and the day", spent(WARM_ROUNDS, one_more))
    back = [year.fact("retracted", at, fact=hold.id) for hold in holds]
    taken_back = spent(WARM_ROUNDS, lambda number: plan(year.programme, record.merge([back[number]]), at))
    _tell("core, warm: a hold taken back and the day", taken_back)


def _request(year: Year, store: SqlStore, person: Person, rules: Rules) -> None:
    clock = Clock()
    houses = [wiring.build_house(rules, store, "token", clock) for _ in range(COLD_ROUNDS)]
    _tell("request, cold: today", spent(COLD_ROUNDS, lambda number: houses[number].show_today(person)))
    house = houses[0]
    asked: dict[str, Callable[[int], object]] = {
        "today": lambda _: house.show_today(person),
        "screening": lambda _: house.screening_form(person),
        "28 days of history": lambda _: house.show_history(person),
        "current session": lambda _: house.current_session(person),
        "one more fact": lambda number: _send(year, house, person, number),
    }
    for what, ask in asked.items():
        _tell(f"request, warm: {what}", spent(WARM_ROUNDS, ask))


def _send(year: Year, house: House, person: Person, number: int) -> None:
    fact = year.hold(END + timedelta(seconds=40 * number), "s", number)
    draft = Draft(fact.id, fact.type, fact.v, fact.at, fact.zone, fact.device, fact.body)
    house.record_facts(person, [draft], source="page")


if __name__ == "__main__":
    main()
