"""What a dose looked at, and what followed from each day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumbar.core.plan import Programme, plan
from lumbar.core.plan.looked import Looked, MeasuredBy, looked_at

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Diary:
    """Sessions every other day, each told as it is given."""

    def __init__(self, programme: Programme, life: Any) -> None:
        self.programme, self.life, self.at = programme, life, AT
        life.screen(AT - timedelta(minutes=2))
        life.acknowledge(AT - timedelta(minutes=1))

    def train(self, **told: Any) -> "Diary":
        told = {"effort": 4, "worst": 2, "morning": "same-or-better", "kept": "yes", "before": 2, **told}
        life, name = self.life, f"s{self.at.date()}"
        life.check(self.at)
        life.pain(self.at, "before", told["before"])
        life.do(plan(self.programme, life.record, self.at), self.at + timedelta(minutes=5), name)
        after = self.at + timedelta(minutes=20)
        life.add("effort-reported", after, session=name, effort=told["effort"])
        life.pain(after, "after", told["worst"], session=name)
        if told["kept"]:
            life.add("shape-reported", after, session=name, exercise=None, kept=told["kept"])
        if told["morning"]:
            life.pain(self.at + DAY, "morning-after", None, words=told["morning"], session=name)
        self.at += 2 * DAY
        return self

    def looked(self, exercise: str = "plank", most: int = 9) -> tuple[Looked, ...]:
        found = self.programme.exercises[exercise]
        return looked_at(self.programme, self.life.record, found, before=self.at.date(), most=most)

    def last(self, exercise: str = "plank") -> Looked:
        return self.looked(exercise)[0]


@pytest.fixture
def kept(programme: Programme, life: Any) -> Diary:
    return Diary(programme, life)


def followed(one: Looked) -> str:
    assert one.followed is not None
    return one.followed.id.rsplit(".", 1)[-1]


def test_the_days_are_told_the_latest_first(kept: Diary) -> None:
    for _ in range(5):
        kept.train()
    told = kept.looked()
    assert [one.on for one in told] == sorted((one.on for one in told), reverse=True)
    assert len(kept.looked(most=2)) == 2
    assert [followed(one) for one in reversed(told)] == ["tested", "tested", "counted", "step-up", "counted"]
    assert (told[-1].measured_s, told[-1].measured_by) == (15, MeasuredBy.CAMERA)
    assert told[-1].holds == ((1, 5),)
    assert told[0].as_json()["read_as"] == "carry-on"


def test_who_knows_how_long_a_measured_hold_was_is_told(kept: Diary) -> None:
    """The camera saw it, a key stopped the clock, or the clock ran out and the person told the number they heard."""
    life, at = kept.life, kept.at
    test = {"session": "s1", "test": True, "target_s": 60}
    life.hold(at, "plank", None, "stopped", credited_s=25, **test)
    life.hold(at, "side-plank", "left", credited_s=60, **test)
    life.add("hold-told", at + timedelta(minutes=9), session="s1", exercise="side-plank", side="left", held_s=30)
    life.hold(at, "glute-bridge", None, credited_s=60, **test)
    kept.at += DAY
    known = {name: kept.last(name) for name in ("plank", "side-plank", "glute-bridge")}
    assert {name: (one.measured_s, one.measured_by) for name, one in known.items()} == {
        "plank": (25, MeasuredBy.CLOCK),
        "side-plank": (30, MeasuredBy.TOLD),
        "glute-bridge": (None, None),
    }


@pytest.mark.parametrize(
    ("told", "read_as", "then"),
    [
        ({"morning": None}, "carry-on", "no-morning"),
        ({"effort": 8}, "carry-on", "hard"),
        ({"kept": "no"}, "carry-on", "shape"),
        ({"kept": None}, "carry-on", "shape"),
        ({"worst": 7}, "ease-back", "eased-back"),
        ({"morning": "a-bit-worse"}, "stay-here", "other"),
    ],
)
def test_each_day_says_how_it_was_read_and_what_followed(kept: Diary, told: Any, read_as: str, then: str) -> None:
    kept.train().train().train().train(**told)
    assert (kept.last().read_as, followed(kept.last())) == (read_as, then)


def test_counting_begins_late_and_says_so(kept: Diary) -> None:
    kept.life.test_s = 15
    kept.train().train(kept="yes")
    kept.life.facts = [fact for fact in kept.life.facts if not fact.body.get("test")]
    assert followed(kept.last()) == "early"


def test_a_stretch_tells_what_was_held(kept: Diary) -> None:
    kept.train()
    last = kept.last("neck-stretch")
    assert last.holds == ((2, 30.0),)
    assert (last.read_as, last.followed) == (None, None)
    assert kept.looked("hip-hinge") == ()
