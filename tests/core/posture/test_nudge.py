"""Every rule of quietness, walked with a hand-cranked clock; and whole days of everything at once."""

import dataclasses
import os
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lumbar.core.posture import Doubt, PostureSettings
from lumbar.core.posture.nudge import (
    Answer,
    Choice,
    Kind,
    Moment,
    Nudge,
    Quiet,
    Signal,
    Signals,
    Silence,
    answered,
    is_for_today,
    is_quiet,
    met,
    minutes_of_today,
    resumed,
    silence,
    snoozed,
    step,
)
from lumbar.core.posture.settings import NudgeSettings
from lumbar.core.simulate.desk import broken, desk_day

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CHOICE = Choice(30, 20, 8)
DAYS = int(os.environ.get("LUMBAR_DESK_DAYS", "300"))
"""How many days are simulated here; `python bench/desk_days.py` lives ten thousand of them."""


@dataclass
class Clock:
    """Cranked by hand, a minute at a time."""

    settings: NudgeSettings
    at: datetime = NOON
    state: Quiet = field(default_factory=Quiet)
    choice: Choice = CHOICE
    spell: int = 1
    still_min: int = 0
    drift: int = 0
    drift_min: int = 0
    present: bool = True
    paused: bool = False
    held: bool = False
    signals: Signals = field(default_factory=Signals)
    told: list[Nudge] = field(default_factory=list)
    became: list[Answer] = field(default_factory=list)

    def moment(self) -> Moment:
        return Moment(
            self.at,
            self.present,
            self.still_min * 60.0,
            self.spell,
            self.drift_min * 60.0,
            self.drift,
            self.signals,
            self.paused,
            self.held,
        )

    def crank(self, minutes: int) -> list[Nudge]:
        """Let somebody sit on for so long; what was said meanwhile."""
        new = len(self.told)
        for _ in range(minutes):
            went = step(self.state, self.moment(), self.choice, self.settings)
            self.state = went.state
            self.told += [went.nudge] if went.nudge else []
            self.became += [went.became] if went.became else []
            self.at += timedelta(minutes=1)
            self.still_min += self.present
            self.drift_min += bool(self.drift_min)
        return self.told[new:]

    def stand_up(self) -> None:
        self.spell, self.still_min, self.drift_min = self.spell + 1, 0, 0

    def slump(self) -> None:
        self.drift, self.drift_min = self.drift + 1, 1


@pytest.fixture
def clock(settings: PostureSettings) -> Clock:
    return Clock(settings.nudges)


def minutes_of(nudges: list[Nudge]) -> list[int]:
    return [round((nudge.at - NOON) / timedelta(minutes=1)) for nudge in nudges]


def test_a_spell_is_answered_once_at_its_interval(clock: Clock) -> None:
    assert minutes_of(clock.crank(180)) == [30]
    clock.stand_up()
    assert len(clock.crank(180)) == 1
    assert {nudge.kind for nudge in clock.told} == {Kind.STILL}


def test_under_a_hold_only_getting_up_is_offered(clock: Clock) -> None:
    clock.held = True
    clock.slump()
    (nudge,) = clock.crank(180)
    assert (nudge.kind, nudge.message.id) == (Kind.STILL, "posture.nudge.still-held")
    clock.stand_up()
    clock.slump()
    assert clock.crank(25) == []
    clock.held = False
    assert [one.kind for one in clock.crank(1)] == [Kind.DRIFT]


@pytest.mark.parametrize("interval", [20, 45, 60])
def test_the_interval_is_the_chosen_one(clock: Clock, interval: int) -> None:
    clock.choice = Choice(interval, 20, 8)
    assert minutes_of(clock.crank(100)) == [interval]


def test_a_drift_is_told_after_five_minutes_and_once(clock: Clock) -> None:
    clock.slump()
    told = clock.crank(25)
    assert [nudge.kind for nudge in told] == [Kind.DRIFT]
    assert minutes_of(told) == [clock.settings.drift_min - 1]
    assert told[0].message.params["cue"] == "@posture.cue.crown"


def test_the_three_cues_take_turns(clock: Clock) -> None:
    clock.choice = Choice(60, 20, 8)
    for _ in range(4):
        clock.slump()
        clock.crank(6)
        clock.stand_up()
        clock.crank(34)
    assert [nudge.message.params["cue"] for nudge in clock.told] == [
        f"@posture.cue.{cue}" for cue in ("crown", "shoulders", "slouch", "crown")
    ]


def test_what_the_gap_holds_back_is_said_after_it_and_answers_the_drift_as_well(clock: Clock) -> None:
    clock.crank(10)
    clock.slump()
    assert minutes_of(clock.crank(10)) == [14]
    clock.drift_min = 0
    clock.crank(10)
    clock.slump()
    (told,) = clock.crank(30)
    assert minutes_of([told]) == [34]
    assert (told.kind, told.drift) == (Kind.STILL, clock.drift)


def test_two_are_twenty_minutes_apart(clock: Clock) -> None:
    for _ in range(6):
        clock.slump()
        clock.crank(6)
        clock.stand_up()
    apart = [b - a for a, b in zip(minutes_of(clock.told), minutes_of(clock.told)[1:], strict=False)]
    assert clock.told
    assert all(gap >= 20 for gap in apart)


def test_never_more_than_two_in_any_hour(clock: Clock) -> None:
    for _ in range(40):
        clock.slump()
        clock.crank(6)
        clock.stand_up()
    times = minutes_of(clock.told)
    assert all(sum(0 <= other - one < 60 for other in times) <= 2 for one in times)


def test_never_more_than_eight_a_day_and_the_next_day_begins_anew(clock: Clock) -> None:
    clock.choice = Choice(20, 0, 0)
    for _ in range(14 * 2):
        clock.slump()
        clock.crank(30)
        clock.stand_up()
    assert len(clock.told) == clock.settings.a_day
    clock.at = datetime(2026, 3, 3, 3, 5, tzinfo=UTC)
    clock.slump()
    assert len(clock.crank(15)) == 1


def test_quiet_hours_are_silent_and_what_still_lasts_is_said_after_them(clock: Clock) -> None:
    clock.at = datetime(2026, 3, 2, 19, 45, tzinfo=UTC)
    assert clock.crank(12 * 60) == []
    told = clock.crank(60)
    assert [nudge.at.hour for nudge in told] == [8]


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [((20, 8), {*range(20, 24), *range(8)}), ((12, 14), {12, 13}), ((0, 0), set()), ((9, 9), set())],
)
def test_which_hours_are_quiet(hours: tuple[int, int], quiet: set[int]) -> None:
    choice = Choice(30, *hours)
    assert {hour for hour in range(24) if is_quiet(NOON.replace(hour=hour), choice)} == quiet


@pytest.mark.parametrize("name", ["call", "full_screen", "focus", "locked"])
@pytest.mark.parametrize("told", list(Signal))
def test_a_signal_silences_when_it_is_yes_and_neither_no_nor_unknown_does(
    clock: Clock, name: str, told: Signal
) -> None:
    clock.signals = dataclasses.replace(Signals(), **{name: told})
    said = clock.crank(60)
    assert bool(said) is (told is not Signal.YES)
    clock.signals = Signals()
    assert bool(clock.crank(1)) is (told is Signal.YES)


def test_a_pause_for_safety_silences_everything(clock: Clock) -> None:
    clock.paused = True
    clock.slump()
    assert clock.crank(600) == []


def test_an_absence_is_silent(clock: Clock) -> None:
    clock.still_min, clock.present = 50, False
    assert clock.crank(60) == []


def test_a_snooze_is_silent_until_it_ends(clock: Clock) -> None:
    clock.crank(20)
    clock.state = snoozed(clock.state, clock.at + timedelta(minutes=60))
    assert minutes_of(clock.crank(120)) == [80]


def test_two_ignored_ones_double_the_interval_for_the_day(clock: Clock) -> None:
    clock.choice = Choice(30, 0, 0)
    gaps = []
    for _ in range(4):
        clock.stand_up()
        began = clock.at
        (said,) = clock.crank(70)
        gaps.append(round((said.at - began) / timedelta(minutes=1)))
    assert gaps == [30, 30, 60, 60]
    assert clock.became[:2] == [Answer.IGNORED, Answer.IGNORED]
    clock.at = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    clock.stand_up()
    assert round((clock.crank(70)[0].at - datetime(2026, 3, 3, 9, 0, tzinfo=UTC)) / timedelta(minutes=1)) == 30


def test_heeding_one_keeps_the_interval(clock: Clock) -> None:
    for _ in range(4):
        clock.stand_up()
        assert len(clock.crank(31)) == 1
    assert clock.became == [Answer.MOVED] * 3
    assert not clock.state.doubled


@pytest.mark.parametrize("answer", [Answer.BREAK, Answer.DISMISSED])
def test_an_answered_one_was_not_ignored(clock: Clock, answer: Answer) -> None:
    for _ in range(4):
        clock.stand_up()
        clock.crank(31)
        clock.state = answered(clock.state, answer)
        clock.crank(30)
    assert Answer.IGNORED not in clock.became
    assert not clock.state.doubled


def test_not_now_does_not_forgive_the_one_that_was_ignored_before(clock: Clock) -> None:
    clock.crank(40)
    assert clock.state.ignored == 1
    clock.stand_up()
    clock.crank(31)
    assert answered(clock.state, Answer.DISMISSED).ignored == 1
    assert answered(clock.state, Answer.BREAK).ignored == 0


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"paused": True}, Silence.PAUSED),
        ({"present": False}, Silence.AWAY),
        ({"signals": Signals(locked=Signal.YES)}, Silence.LOCKED),
        ({"signals": Signals(call=Signal.YES)}, Silence.CALL),
        ({"signals": Signals(full_screen=Signal.YES)}, Silence.FULL_SCREEN),
        ({"signals": Signals(focus=Signal.YES)}, Silence.FOCUS),
        ({"at": NOON.replace(hour=21)}, Silence.QUIET_HOURS),
        ({}, None),
    ],
)
def test_silence_says_why(clock: Clock, change: dict[str, Any], why: Silence | None) -> None:
    moment = dataclasses.replace(clock.moment(), **change)
    assert silence(Quiet(), moment, CHOICE, clock.settings) is why


def test_the_gap_holds_across_a_change_of_the_clocks(clock: Clock) -> None:
    """At three in the night of spring the wall clock jumps an hour: that is no hour that has passed."""
    zone = ZoneInfo("Europe/Berlin")
    told = datetime(2026, 3, 29, 1, 55, tzinfo=zone)
    moment = dataclasses.replace(clock.moment(), at=datetime(2026, 3, 29, 3, 5, tzinfo=zone))
    state = Quiet(told=(told,))
    assert silence(state, moment, Choice(30, 0, 0), clock.settings) is Silence.GAP


@pytest.mark.parametrize(
    ("at", "minutes"),
    [
        ("2026-10-23 22:00", 300), ("2026-10-24 22:00", 360), ("2026-03-28 22:00", 240),
        ("2026-10-24 03:10", 1440), ("2026-03-28 03:10", 1370), ("2026-10-25 02:30", 90),
    ],
)  # fmt: skip
def test_quiet_for_today_ends_with_the_day_when_the_clocks_change_in_its_night(at: str, minutes: int) -> None:
    """In the night to the 25th of October an hour comes twice, in the one to the 29th of March one is left out."""
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime.fromisoformat(at).replace(tzinfo=berlin)
    assert minutes_of_today(now) == minutes
    until = now.astimezone(UTC) + timedelta(minutes=minutes)
    if minutes < 1440:
        assert until.astimezone(berlin).hour == 3
        assert is_for_today(until, now)


def test_beginning_anew_remembers_the_day(clock: Clock) -> None:
    told = [NOON - timedelta(minutes=m) for m in (5, 200, 2000)]
    clock.state = resumed(NOON, told, 1, None, doubled=False)
    assert len(clock.state.told) == 2
    clock.still_min = 40
    assert minutes_of(clock.crank(60)) == [15]


def test_simulated_days_keep_every_rule(settings: PostureSettings) -> None:
    said = 0
    for seed in range(DAYS):
        day = desk_day(random.Random(seed), settings.nudges, datetime(2026, 3, 2, 3, 0, tzinfo=UTC))
        assert list(broken(day, settings.nudges)) == [], seed
        said += len(day.nudges)
    assert said > 2 * DAYS


@pytest.mark.parametrize(
    "loosened",
    [
        {"gap_min": 5},
        {"an_hour": 5, "gap_min": 5},
        {"a_day": 40},
        {"interval_min": 29, "shortest_interval_min": 15},
        {"patience": 1},
    ],
    ids=lambda loosened: next(iter(loosened)),
)
def test_a_machine_that_breaks_a_rule_is_caught(settings: PostureSettings, loosened: dict[str, int]) -> None:
    loose = dataclasses.replace(settings.nudges, **loosened)
    found: list[str] = []
    for seed in range(25):
        day = desk_day(random.Random(seed), loose, datetime(2026, 3, 2, 3, 0, tzinfo=UTC))
        kept = settings.nudges if "interval_min" not in loosened and "patience" not in loosened else loose
        found += broken(day, kept)
    if {"interval_min", "patience"} & loosened.keys():
        assert found == []  # another choice, and no rule broken
    else:
        assert found


def test_what_was_said_shortly_before_a_new_day_counts_for_its_gap_and_not_for_its_number() -> None:
    before = datetime(2026, 3, 2, 2, 50, tzinfo=UTC)
    state = resumed(before + timedelta(minutes=20), [before], 0, None, doubled=False)
    assert (state.on, state.told) == (date(2026, 3, 2), (before,))
    assert resumed(before + timedelta(minutes=61), [before], 0, None, doubled=False).told == ()


def test_what_another_watch_said_answers_the_spell_and_the_drift_that_stood_then(clock: Clock) -> None:
    clock.slump()
    clock.still_min, clock.drift_min = 25, 3
    clock.state = met(clock.state, Quiet(told=(NOON,), still_at=NOON, nudged_at=NOON))
    assert clock.crank(60) == []
    clock.stand_up()
    clock.slump()
    assert [nudge.kind for nudge in clock.crank(20)] == [Kind.DRIFT]


def test_what_was_said_before_a_spell_began_answers_nothing_of_it(clock: Clock) -> None:
    clock.state = met(clock.state, Quiet(told=(NOON,), still_at=NOON, nudged_at=NOON))
    clock.at += timedelta(minutes=1)
    assert minutes_of(clock.crank(60)) == [31]


def test_what_was_said_at_the_moment_in_which_a_spell_begins_is_no_answer_to_it(clock: Clock) -> None:
    """They got up at a nudge of another watch, and told both."""
    clock.state = met(clock.state, Quiet(told=(NOON,), still_at=NOON, nudged_at=NOON))
    assert minutes_of(clock.crank(60)) == [30]


@pytest.mark.parametrize(
    ("change", "became"),
    [
        ({"drift_s": 0.0, "doubt": Doubt.TURNED_AWAY}, None),
        ({"drift_s": 0.0, "present": False, "doubt": Doubt.DARK}, None),
        ({"drift_s": 0.0}, Answer.MOVED),
        ({"drift_s": 0.0, "present": False, "doubt": Doubt.NOBODY}, Answer.MOVED),
    ],
    ids=["turned away", "dark", "sat up", "left"],
)
def test_only_what_was_seen_answers_a_drift(clock: Clock, change: dict[str, Any], became: Answer | None) -> None:
    clock.slump()
    assert len(clock.crank(6)) == 1
    state = dataclasses.replace(clock.state, ignored=1)
    went = step(state, dataclasses.replace(clock.moment(), **change), CHOICE, clock.settings)
    assert (went.state.waiting, went.became) == (None, became)
    assert went.state.ignored == (1 if became is None else 0)
