"""Several programs on one record, about to speak at the same moment: real processes on SQLite and on PostgreSQL."""

import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_house import Clock, Household, rules_of

from lumbar.app.desk_mind import DeskMind
from lumbar.core.posture.nudge import Choice, Signals
from lumbar.store import SqlStore, migrate, open_engine

ROUNDS, PROGRAMS = 6, 3
TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

PROGRAM = """
import sys, time
from datetime import datetime
from lumbar import wiring
from lumbar.app.reminders import remind
from lumbar.core.posture.nudge import Signals
from lumbar.store import SqlStore, open_engine

class Ten:
    def now(self): return datetime.fromisoformat("2026-03-02T10:00:00+00:00")
    def monotonic_s(self): return 0.0

url, home = sys.argv[1:]
rules = wiring.build_rules(wiring.read_settings({"LUMBAR_HOME": home}))
house = wiring.build_house(rules, SqlStore(open_engine(url)), "t", Ten())
people = house.people.all()
for person in people:
    house.desk.today(person)
print("ready", flush=True)
begins_s = float(sys.stdin.readline())
for number, person in enumerate(people):
    time.sleep(max(0.0, begins_s + 0.3 * number - time.time()))
    print(remind(house.desk, person, Signals, present=True), flush=True)
"""
"""Reminds everybody of a household, one after another, each at a moment that all programs share."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    found = f"sqlite:///{tmp_path / 'lumbar.db'}"
    if request.param == "postgresql":
        found = request.getfixturevalue("postgres_url")
    migrate(open_engine(found))
    return found


def household(url: str, home: Path, clock: Clock) -> Household:
    """A program's own house over the one database."""
    return Household.over(rules_of(home), home, clock, SqlStore(open_engine(url)))


def test_of_programs_that_remind_at_one_moment_one_is_heard(url: str, tmp_path: Path) -> None:
    ours = household(url, tmp_path, Clock(TEN))
    house = ours.house
    house.people.rename(house.people.only(), "Everybody's first")
    for number in range(ROUNDS - 1):
        house.people.add(f"Person {number}")
    for person in house.people.all():
        ours.screen(person)
    command = [sys.executable, "-c", PROGRAM, url, str(tmp_path)]
    programs = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(PROGRAMS)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    begins = f"{time.time() + 0.5}\n"
    said: list[Counter[str]] = [Counter() for _ in range(ROUNDS)]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(begins)
        program.stdin.flush()
    for program in programs:
        for number, line in enumerate(program.communicate(timeout=60)[0].splitlines()):
            said[number][line] += 1
        assert program.returncode == 0
    assert said == [Counter({"stretches": 1, "None": PROGRAMS - 1})] * ROUNDS
    for person in house.people.all():
        kept = [fact for fact in house.store.record(person.id) if fact.type == "reminder-given"]
        assert len(kept) == 1


def test_of_two_programs_that_nudge_at_one_moment_one_is_heard(url: str, tmp_path: Path) -> None:
    """The other one's whole turn falls between this one's decision and its writing."""
    clock = Clock(TEN)
    ours, theirs = (household(url, tmp_path, clock) for _ in range(2))
    ours.screen()
    ours.house.desk.choose(ours.person, Choice(20, 0, 0))
    one, other = (DeskMind(each.house.desk, clock, ours.person, None) for each in (ours, theirs))
    for _ in range(21):
        clock.s += 60
        for mind in (one, other):
            mind.advance()
            mind.look_without()
    heard: list[object] = []

    def meanwhile() -> Signals:
        if not heard:
            heard.append(other.say(Signals(), Signals))
        return Signals()

    assert one.say(Signals(), meanwhile) is None
    assert heard != [None]
    assert len(ours.facts("nudge-given")) == 1
