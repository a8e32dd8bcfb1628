"""The watch in the page, run by a hand-cranked clock: every rule of quietness, and what is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from desk_house import MODEL, NOBODY, SLUMP, TALL, Clock, Household, rules_of

from lumbar.app.desk_page import CapturedPoses, PageDesk, PageDevice, PageLook, PageMoment, Standing
from lumbar.app.rules import Rules
from lumbar.core.errors import BadInput, Conflict, Misuse, NotFound
from lumbar.core.posture import Doubt, State
from lumbar.core.posture.nudge import Choice, Signal, Signals, Silence
from lumbar.core.posture.remind import About

RUN = "01890000-0000-7000-8000-000000000001"
DEVICE = PageDevice("laptop", "UTC")

DOING = {"tall": TALL, "slump": SLUMP, "nobody": NOBODY}


@dataclass
class Paged(Household):
    """A household, and a page before a camera."""

    doing: str = "tall"
    signals: Signals = field(default_factory=Signals)
    run: str = RUN
    looks: int = 0

    @property
    def pages(self) -> PageDesk:
        return self.house.page_desk

    def look(self, light: float = 0.5, profile: str = "desk") -> Standing:
        frames = DOING[self.doing]
        self.looks += 1
        frame = frames[self.looks % len(frames)]
        look = PageLook(self.run, profile, MODEL, frame, light, self.signals)
        return self.pages.look(self.person, DEVICE, look)

    def sit(self, minutes: float, every_s: float = 1.0) -> Standing:
        """Sit there for so long; gives how it stands at the end."""
        ends_s = self.clock.s + minutes * 60
        while True:
            standing = self.look()
            if self.clock.s >= ends_s:
                return standing
            self.clock.s += every_s

    @property
    def said_min(self) -> list[float]:
        """The minutes in which something was said."""
        return [round((fact.at - self.clock.began).total_seconds() / 60) for fact in self.facts("nudge-given")]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    return rules_of(tmp_path_factory.mktemp("home"))


@pytest.fixture
def paged(rules: Rules, tmp_path: Path) -> Paged:
    return Paged.over(rules, tmp_path, Clock())


@pytest.fixture
def ready(paged: Paged) -> Paged:
    """Screened, calibrated, and without quiet hours in the way."""
    paged.screen()
    paged.pages.calibrate(paged.person, DEVICE, "desk", MODEL, CapturedPoses(TALL, TALL, SLUMP))
    return paged


def test_half_an_hour_still_is_said_once_and_waits_for_an_answer(ready: Paged) -> None:
    standing = ready.sit(31)
    assert ready.said_min == [30]
    assert standing.waiting is not None
    assert standing.waiting.message.id == "posture.nudge.still"
    later = ready.sit(5)
    assert later.waiting is None
    assert [fact.body["answer"] for fact in ready.facts("nudge-answered")] == ["ignored"]
    assert ready.facts("nudge-given")[0].device == "laptop"


def test_sitting_slumped_is_said_after_a_while_with_a_cue_for_comfort(ready: Paged) -> None:
    ready.doing = "slump"
    standing = ready.sit(8)
    assert standing.state is State.SLUMPED
    assert standing.waiting is not None
    assert standing.waiting.message.id == "posture.nudge.drift"


@pytest.mark.parametrize(
    ("signals", "why"),
    [
        (Signals(call=Signal.YES), Silence.CALL),
        (Signals(full_screen=Signal.YES), Silence.FULL_SCREEN),
        (Signals(focus=Signal.YES), Silence.FOCUS),
        (Signals(locked=Signal.YES), Silence.LOCKED),
    ],
)
def test_what_the_page_does_know_silences_and_is_said_afterwards(ready: Paged, signals: Signals, why: Silence) -> None:
    ready.signals = signals
    assert ready.sit(40).silence is why
    assert ready.said_min == []
    ready.signals = Signals()
    ready.sit(1)
    assert ready.said_min == [40]


def test_what_the_page_cannot_know_silences_nothing(ready: Paged) -> None:
    assert ready.signals == Signals(Signal.UNKNOWN, Signal.UNKNOWN, Signal.UNKNOWN, Signal.UNKNOWN)
    assert ready.sit(31).waiting is not None


def test_quiet_hours_are_those_of_the_clock_on_the_wall_of_the_page(ready: Paged) -> None:
    zone = PageDevice("laptop", "America/New_York")  # 4:00 there, and 9:00 in UTC
    look = PageLook(RUN, "desk", MODEL, TALL[0], 0.5, Signals())
    assert ready.pages.look(ready.person, zone, look).silence is Silence.QUIET_HOURS
    ready.pages.end(ready.person, RUN)
    assert ready.look().silence is None


def test_quiet_hours_that_are_chosen_meanwhile_hold_within_a_minute(ready: Paged) -> None:
    ready.sit(5)
    ready.pages.of(DEVICE).choose(ready.person, Choice(20, 9, 10))
    assert ready.sit(2).silence is Silence.QUIET_HOURS
    ready.sit(52.5)
    assert ready.said_min == []
    ready.sit(3)  # it is past ten, and the spell still lasts
    assert ready.said_min == [60]


@pytest.mark.parametrize(("minutes", "said"), [(60, [30, 90]), (None, [30])])
def test_a_snooze_is_kept(ready: Paged, minutes: int | None, said: list[int]) -> None:
    ready.sit(30)
    ready.pages.snooze(ready.person, DEVICE, RUN, minutes)
    ready.doing = "slump"
    assert ready.sit(1).silence is Silence.SNOOZED
    ready.sit(70)
    assert len(ready.said_min) == len(said)
    assert [fact.body["answer"] for fact in ready.facts("nudge-answered")][:1] == ["dismissed"]


def test_nobody_there_is_told_nothing_and_the_camera_may_rest(ready: Paged) -> None:
    ready.sit(1)
    ready.doing = "nobody"
    gone = ready.sit(2)
    assert (gone.silence, gone.doubt) == (Silence.AWAY, Doubt.NOBODY)
    assert gone.rests_s == ready.house.desk.settings.live.look_again_s
    ready.sit(40, every_s=30.0)
    assert ready.said_min == []
    ready.doing = "tall"
    ready.clock.s += 1
    back = ready.look()
    assert back.rests_s is None
    assert back.seen.still_s == 0.0


def test_a_gap_between_two_and_few_in_an_hour_and_in_a_day(ready: Paged) -> None:
    limits = ready.house.desk.settings.nudges
    quick = replace(Choice(limits.shortest_interval_min, 0, 0))
    ready.pages.of(DEVICE).choose(ready.person, quick)
    reasons = set()
    for _ in range(60):  # back from a minute away each time, so that every spell is a new one, and never ignored twice
        standing = ready.sit(12, every_s=4.0)
        ready.doing = "slump"
        standing = ready.sit(9, every_s=4.0)
        ready.pages.dismiss(ready.person, RUN)
        reasons.add(standing.silence)
        ready.doing = "nobody"
        ready.sit(1.5, every_s=4.0)
        ready.doing = "tall"
        if ready.clock.now().hour >= 23:
            break
    said = ready.said_min
    assert len(said) == limits.a_day
    assert min(later - before for before, later in pairwise(said)) >= limits.gap_min
    assert all(sum(0 <= one - since < 60 for one in said) <= limits.an_hour for since in said)
    assert {Silence.GAP, Silence.DAY_FULL} <= reasons


def test_two_that_were_ignored_double_the_interval_for_the_day(ready: Paged) -> None:
    for _ in range(2):
        ready.sit(37)
        ready.doing = "nobody"
        ready.sit(1.5)
        ready.doing = "tall"
    assert len(ready.said_min) == 2
    began_min = ready.clock.s / 60
    ready.sit(50)
    assert len(ready.said_min) == 2
    ready.sit(12)
    assert ready.said_min[-1] - began_min == pytest.approx(60, abs=1)


def test_a_restart_forgets_neither_what_was_said_nor_what_was_ignored(ready: Paged) -> None:
    ready.sit(37)
    anew = replace(ready, house=replace(ready.house, page_desk=PageDesk(ready.house.desk)))
    anew.doing = "slump"
    standing = anew.sit(9)
    assert standing.silence is Silence.GAP
    assert len(ready.said_min) == 1


def test_a_pause_for_safety_ends_it_and_what_was_seen_is_kept(ready: Paged) -> None:
    ready.sit(5)
    ready.screen(A1="yes")
    with pytest.raises(Conflict):
        ready.sit(2)
    with pytest.raises(Conflict):
        ready.look()
    assert ready.said_min == []
    (watched,) = ready.facts("posture-watched")
    assert watched.body["tall_s"] == pytest.approx(300, abs=70)


def test_before_the_first_questions_nothing_is_watched(paged: Paged) -> None:
    with pytest.raises(Conflict):
        paged.look()
    with pytest.raises(Conflict):
        paged.pages.calibrate(paged.person, DEVICE, "desk", MODEL, CapturedPoses(TALL, TALL, SLUMP))


def test_poses_that_look_alike_keep_no_profile(paged: Paged) -> None:
    paged.screen()
    with pytest.raises(BadInput):
        paged.pages.calibrate(paged.person, DEVICE, "desk", MODEL, CapturedPoses(TALL, NOBODY * 9, NOBODY * 9))
    assert paged.facts("posture-profile-kept") == []


def test_an_unknown_profile_and_another_model_are_refused(ready: Paged) -> None:
    with pytest.raises(NotFound):
        ready.look(profile="kitchen")
    other = PageLook(RUN, "desk", "0" * 64, TALL[0], 0.5, Signals())
    with pytest.raises(Misuse):
        ready.pages.look(ready.person, DEVICE, other)


def test_too_dark_is_no_judgement(ready: Paged) -> None:
    assert ready.look(light=0.01).doubt is Doubt.DARK


def test_another_page_takes_the_watch_over_and_the_first_run_is_kept(ready: Paged) -> None:
    ready.sit(3)
    ready.run = RUN.replace("1", "2")
    assert ready.look().seen.still_s == 0.0
    (watched,) = ready.facts("posture-watched")
    assert watched.body["tall_s"] == pytest.approx(180, abs=2)
    ready.pages.end(ready.person, RUN)  # says nothing of the run that is
    assert len(ready.facts("posture-watched")) == 1


def test_of_two_pages_that_look_the_newer_one_watches_and_the_other_is_told_so(ready: Paged) -> None:
    """They do not take it from one another with every look: then nothing would ever be counted or said."""
    ready.sit(3)
    newer = RUN.replace("1", "2")
    ready.run = newer
    ready.look()
    for _ in range(31 * 60):
        ready.clock.s += 1
        ready.run = newer
        standing = ready.look()
        ready.run = RUN
        with pytest.raises(Conflict, match="posture-elsewhere"):
            ready.look()
    assert standing.seen.tall_s == pytest.approx(31 * 60, abs=2)
    assert ready.said_min == [33]
    with pytest.raises(Conflict, match="posture-elsewhere"):
        ready.pages.go_on(ready.person, DEVICE, PageMoment(RUN, Signals()))
    ready.run = RUN.replace("1", "3")  # whoever starts it again there has it back
    assert ready.look().seen.present


def test_a_page_that_changes_its_profile_goes_on(ready: Paged) -> None:
    ready.keep("standing")
    ready.sit(1)
    assert ready.look(profile="standing").seen.present
    ready.clock.s += 1
    assert ready.look().seen.present


def test_two_looks_at_one_moment_are_one(ready: Paged) -> None:
    ready.look()
    ready.look()
    ready.clock.s += 1
    assert ready.look().seen.tall_s == pytest.approx(1.0)


@pytest.mark.parametrize("how", ["alone", "in a run"])
def test_a_break_counts_and_answers_what_was_said(ready: Paged, how: str) -> None:
    if how == "in a run":
        ready.sit(31)
    rest = ready.pages.of(DEVICE).rest(ready.person)
    ready.pages.rested(ready.person, DEVICE, RUN, rest.stretch)
    (taken,) = ready.facts("break-taken")
    assert taken.body["stretch"] == rest.stretch
    assert [fact.body["answer"] for fact in ready.facts("nudge-answered")] == (["break"] if how != "alone" else [])


def test_a_stretch_that_is_no_longer_due_counts_as_a_break_alone(ready: Paged) -> None:
    ready.pages.rested(ready.person, DEVICE, None, "piriformis-stretch")
    (taken,) = ready.facts("break-taken")
    assert taken.body["stretch"] is None
    assert ready.facts("set-done") == []


def test_days_are_shown_with_their_pictures(ready: Paged) -> None:
    ready.sit(10)
    ready.pages.end(ready.person, RUN)
    days = ready.pages.of(DEVICE).pictures(ready.person, 7)
    assert [day.on.day for day in days] == [24, 25, 26, 27, 28, 1, 2]
    assert days[-1].tall_s == pytest.approx(600, abs=2)
    assert days[0].watched_s == 0.0


def test_a_reminder_counts_as_something_said_and_so_does_what_another_window_said(ready: Paged) -> None:
    """It is nine: the stretches are reminded of in the page, and no nudge follows at once."""
    ready.doing = "slump"
    ready.sit(1)
    assert ready.pages.remind(ready.person, DEVICE, Signals()) is About.STRETCHES
    assert ready.look().silence is Silence.GAP
    ready.sit(18)
    assert ready.said_min == []
    ready.sit(3)
    assert ready.said_min == [21]


def test_nobody_is_reminded_who_is_not_there_and_it_is_said_to_whoever_comes_back(ready: Paged) -> None:
    ready.sit(1)
    ready.doing = "nobody"
    assert ready.sit(3).silence is Silence.AWAY
    assert ready.pages.remind(ready.person, DEVICE, Signals()) is None
    assert ready.facts("reminder-given") == []
    ready.doing = "tall"
    ready.sit(1)
    assert ready.pages.remind(ready.person, DEVICE, Signals()) is About.STRETCHES


def test_a_page_that_is_heard_of_no_more_holds_no_reminder_back(ready: Paged) -> None:
    """It saw nobody and was gone without a word; another page reminds."""
    ready.sit(1)
    ready.doing = "nobody"
    ready.sit(3)
    ready.clock.s += ready.house.desk.settings.live.asleep_s - 1
    assert ready.pages.remind(ready.person, DEVICE, Signals()) is None
    ready.clock.s += 2
    assert ready.pages.remind(ready.person, DEVICE, Signals()) is About.STRETCHES


def test_a_snooze_elsewhere_holds_within_a_minute(ready: Paged) -> None:
    ready.sit(5)
    ready.house.desk.snooze(ready.person, 60)  # in a terminal
    assert ready.sit(1.5).silence is Silence.SNOOZED
    ready.sit(30)
    assert ready.said_min == []


def go_on(ready: Paged, minutes: float) -> Standing:
    """A page without a camera, in the background: it is woken once a minute."""
    for _ in range(round(minutes)):
        standing = ready.pages.go_on(ready.person, DEVICE, PageMoment(RUN, ready.signals))
        ready.clock.s += 60.5
    return standing


def test_without_a_camera_a_page_needs_no_profile_and_says_when_it_is_time(paged: Paged) -> None:
    paged.screen()
    assert go_on(paged, 30).waiting is None
    assert go_on(paged, 2).waiting is not None
    paged.pages.moved(paged.person, DEVICE, RUN)
    standing = go_on(paged, 2)
    assert (standing.waiting, standing.silence) == (None, Silence.GAP)
    assert standing.seen.still_s == pytest.approx(60.5)
    assert [fact.body["answer"] for fact in paged.facts("nudge-answered")] == ["moved"]
    paged.signals = Signals(full_screen=Signal.YES)
    assert go_on(paged, 40).silence is Silence.FULL_SCREEN
    paged.pages.end(paged.person, RUN)
    assert [fact.body["profile"] for fact in paged.facts("nudge-given")] == ["no camera"]
    assert paged.facts("posture-watched")[-1].body["slumped_s"] == 0.0


def test_a_move_that_is_told_after_the_server_began_anew_is_kept(paged: Paged) -> None:
    paged.screen()
    go_on(paged, 5)
    PageDesk(paged.house.desk).moved(paged.person, DEVICE, RUN)
    assert [fact.device for fact in paged.facts("move-told")] == ["laptop"]
    assert paged.house.desk.picture(paged.person).changes == 1


def test_the_days_picture_on_the_page_is_no_shorter_than_the_time_that_stands_beside_it(paged: Paged) -> None:
    paged.screen()
    still_s = go_on(paged, 10).seen.still_s  # the next entry is minutes away

    def longest_s() -> float:
        *_, today = paged.pages.pictures(paged.person, DEVICE, 7)
        return today.longest_still_s

    assert longest_s() == pytest.approx(still_s)
    paged.pages.moved(paged.person, DEVICE, RUN)
    assert longest_s() == pytest.approx(still_s, abs=1)
    paged.clock.s += 24 * 3600
    assert longest_s() == 0.0


@pytest.mark.parametrize("told", ["moved", "break"])
def test_what_a_told_move_ends_is_in_the_days_picture_at_once(paged: Paged, told: str) -> None:
    """And not a quarter of an hour later, with the next entry: the page has just said how long it was."""
    paged.screen()
    still_s = go_on(paged, 21).seen.still_s
    assert still_s == pytest.approx(20 * 60.5)
    if told == "moved":
        paged.pages.moved(paged.person, DEVICE, RUN)
    else:
        paged.pages.rested(paged.person, DEVICE, RUN, None)
    picture = paged.house.desk.picture(paged.person)
    assert (picture.changes, picture.longest_still_s) == (1, pytest.approx(still_s, abs=1))
    go_on(paged, 3)
    paged.pages.end(paged.person, RUN)
    picture = paged.house.desk.picture(paged.person)
    assert (picture.changes, picture.longest_still_s) == (1, pytest.approx(still_s, abs=1))
    assert picture.watched_s == pytest.approx(22 * 60.5, abs=61)


def test_without_a_camera_a_pause_for_safety_ends_it_too(paged: Paged) -> None:
    with pytest.raises(Conflict):
        go_on(paged, 1)
    paged.screen()
    go_on(paged, 3)
    paged.screen(A1="yes")
    with pytest.raises(Conflict):
        go_on(paged, 2)


def test_behind_a_hidden_page_nobody_is_told_to_have_moved(ready: Paged) -> None:
    """Its camera is off then: they may have sat on. Their time in one position begins anew, for nothing is known."""
    ready.sit(31)
    ready.clock.s += 120
    standing = ready.sit(10)
    ready.pages.end(ready.person, ready.run)
    picture = ready.house.desk.picture(ready.person)
    assert standing.seen.still_s == pytest.approx(600, abs=2)
    assert (picture.changes, picture.longest_still_s) == (0, pytest.approx(31 * 60, abs=2))
    assert ready.said_min == [30]
    assert ready.facts("nudge-answered") == []
    assert standing.waiting is None


# The nights in which the clocks change: hours of the wall's clock are left out, or come twice.

BERLIN = PageDevice("laptop", "Europe/Berlin")


def through_the_change(
    ready: Paged, began: datetime, ends_s: float, meanwhile: Callable[[], object] | None = None
) -> Standing:
    """Sit there from a moment on, before a page on a wall in Berlin; something is done after forty minutes."""
    ready.clock.began, ready.clock.s = began, 0.0
    while True:
        ready.clock.s += 5.0
        ready.looks += 1
        look = PageLook(ready.run, "desk", MODEL, TALL[ready.looks % len(TALL)], 0.5, Signals())
        standing = ready.pages.look(ready.person, BERLIN, look)
        if ready.clock.s >= ends_s:
            return standing
        if ready.clock.s == 40 * 60 and meanwhile is not None:
            meanwhile()


@pytest.mark.parametrize("began", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_a_change_of_the_clocks_is_no_absence_and_no_time(ready: Paged, began: datetime) -> None:
    ready.pages.of(BERLIN).choose(ready.person, Choice(60, 0, 0))
    standing = through_the_change(ready, began, 2.5 * 3600)
    ready.pages.end(ready.person, ready.run)
    assert (standing.seen.still_s, standing.seen.changes) == (2.5 * 3600 - 5.0, 0)
    assert ready.said_min == [60]
    for fact in ready.facts("posture-watched"):
        assert fact.body["over_s"] == fact.body["tall_s"], fact.at


def test_a_quiet_through_the_hour_that_comes_twice_is_quiet_to_its_end(ready: Paged) -> None:
    """Asked for at 2:40 for an hour: until 2:40 by the same wall."""
    ready.pages.of(BERLIN).choose(ready.person, Choice(60, 0, 0))
    began = datetime(2026, 10, 25, tzinfo=UTC)
    ask = partial(ready.pages.snooze, ready.person, BERLIN, ready.run, 60)
    standing = through_the_change(ready, began, 50 * 60, ask)
    assert standing.silence is Silence.SNOOZED
    assert standing.snoozed_until is not None
    assert standing.snoozed_until.astimezone(UTC) == datetime(2026, 10, 25, 1, 40, tzinfo=UTC)
