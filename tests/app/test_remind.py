"""What is reminded of, walked through days by hand: once each, only while nothing is done, and never in silence."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.ports import Person
from lumbar.app.record_facts import Draft
from lumbar.app.reminders import remind
from lumbar.core.errors import NotFound
from lumbar.core.posture.nudge import Choice, Signal, Signals
from lumbar.core.posture.remind import About
from lumbar.store import MemoryStore

ZONE = "Europe/Berlin"
MONDAY = datetime(2026, 3, 16, 7, 0, tzinfo=ZoneInfo(ZONE))
"""Two weeks before the clocks change."""


class Clock:
    def __init__(self) -> None:
        self.at = MONDAY

    def now(self) -> datetime:
        return self.at

    def monotonic_s(self) -> float:
        return self.at.timestamp()


class Home:
    """A house, its one person, and a clock that is set by hand."""

    def __init__(self, house: House, person: Person, clock: Clock) -> None:
        self.house, self.person, self.clock = house, person, clock

    def at(self, hour: int, *, days: int = 0, minute: int = 0) -> None:
        on = (MONDAY + timedelta(days=days)).date()
        self.clock.at = datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZoneInfo(ZONE))

    def tell(self, kind: str, body: dict[str, Any]) -> None:
        draft = Draft(wiring.new_id(), kind, 1, self.clock.now(), ZONE, "test", body)
        self.house.record_facts(self.person, [draft], source="page")

    def screen(self, **answers: str) -> None:
        form = self.house.rules.form
        every = {**dict.fromkeys(form.items, "no"), **answers}
        self.tell("screen-answered", {"kind": "full", "answers": every, "details": {}, "nprs": 3, "pain_now": 2})
        self.tell("acknowledged", {"text": "screen.acknowledge", "version": form.acknowledge_version})

    def review(self, **decided: Any) -> None:
        """What a professional decided today, a minute later."""
        seen_on = self.clock.now().date().isoformat()
        who = {"by_whom": "Jo Park", "profession": "physiotherapist", "reviewed_on": seen_on, "examined": True}
        self.tell("review-recorded", {**who, **decided})
        self.clock.at += timedelta(minutes=1)

    def do(self, *exercises: str) -> None:
        """Hold all that is due of these, each side to its end."""
        session = wiring.new_id()
        step = 0
        for exercise in exercises:
            item = self.house.show_today(self.person).item(exercise)
            assert item is not None
            for side, sets in zip(item.sides, item.side_sets, strict=True):
                for number in range(sets):
                    told = {
                        "session": session, "step": step, "exercise": exercise, "rung": item.rung, "set": number + 1,
                        "side": None if side is None else side.value, "hold": 1, "target_s": float(item.hold_s),
                        "credited_s": float(item.hold_s), "outcome": "done", "measured": False, "faults": [],
                    }  # fmt: skip
                    self.tell("set-done", told)
                    step += 1

    def said(self, signals: Signals | None = None, *, present: bool = True) -> About | None:
        return remind(self.house.desk, self.person, lambda: signals or Signals(), present=present)

    def feed(self, zone: str = ZONE, language: str = "en") -> bytes:
        return self.house.show_calendar(self.person, zone=zone, language=language)

    def entries(self) -> dict[str, Any]:
        """The calendar's entries by what their UID begins with."""
        calendar = icalendar.Calendar.from_ical(self.feed())
        return {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}

    @property
    def core(self) -> list[str]:
        return [item.exercise for item in self.house.show_today(self.person).items if item.exercise in CORE]


CORE = ("plank", "side-plank", "glute-bridge")
STRETCHES = ("hip-flexor-stretch", "hamstring-stretch", "piriformis-stretch", "chest-stretch", "neck-stretch")


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return wiring.build_rules(wiring.read_settings({"LUMBAR_HOME": str(tmp_path_factory.mktemp("home"))}))


def at_home(rules: Any, tmp_path: Path) -> Home:
    clock = Clock()
    settings = wiring.read_settings({"LUMBAR_HOME": str(tmp_path)})
    house = wiring.build_house(rules, MemoryStore(), "secret-token", clock, settings)
    person = house.people.only()
    return Home(house, person, clock)


@pytest.fixture
def home(rules: Any, tmp_path: Path) -> Home:
    return at_home(rules, tmp_path)


@pytest.fixture
def screened(home: Home) -> Home:
    home.screen()
    return home


class TestReminders:
    def test_each_in_its_own_hour_and_once_a_day(self, screened: Home) -> None:
        said = []
        for minute in range(0, 24 * 60, 5):
            screened.clock.at = MONDAY + timedelta(minutes=minute)
            if (about := screened.said()) is not None:
                said.append((screened.clock.at.hour, about))
        assert said == [(9, About.STRETCHES), (17, About.STRENGTH)]

    def test_of_stretches_alone_once_more_in_the_evening(self, screened: Home) -> None:
        screened.at(10)
        screened.do(*CORE)
        screened.at(9, days=1)
        assert screened.said() is About.STRETCHES
        screened.at(17, days=1)
        assert screened.said() is None
        screened.at(18, days=1)
        assert screened.said() is About.EVENING
        assert screened.said() is None

    @pytest.mark.parametrize(("first", "again"), [((17, 50), (20, 50)), ((15, 30), (18, 30)), ((9, 0), (18, 0))])
    def test_the_evenings_comes_some_hours_after_the_first(
        self, screened: Home, first: tuple[int, int], again: tuple[int, int]
    ) -> None:
        """Whoever opens a page late in the afternoon is not reminded of the same twice within half an hour."""
        screened.house.desk.choose(screened.person, Choice(30, 22, 8))
        screened.at(10)
        screened.do(*CORE)
        said = []
        screened.at(first[0], days=1, minute=first[1])
        while screened.clock.at.hour < 22:
            if (about := screened.said()) is not None:
                said.append(((screened.clock.at.hour, screened.clock.at.minute), about))
            screened.clock.at += timedelta(minutes=5)
        assert said == [(first, About.STRETCHES), (again, About.EVENING)]

    def test_a_stretch_in_a_break_at_the_desk_says_nothing_of_the_hips(self, screened: Home) -> None:
        screened.at(8)
        desk = screened.house.desk
        rest = desk.rest(screened.person)
        assert rest.stretch == "chest-stretch"
        desk.rested(screened.person, rest)
        assert "stretches-2026-03-16" in screened.entries()
        screened.at(9)
        assert screened.said() is About.STRETCHES

    def test_not_of_what_is_done_or_begun(self, screened: Home) -> None:
        screened.do("hip-flexor-stretch", "chest-stretch")
        screened.at(9)
        assert screened.said() is None
        screened.do(*CORE)
        screened.at(17)
        assert screened.said() is None

    @pytest.mark.parametrize("signal", ["call", "full_screen", "focus", "locked"])
    def test_what_silence_holds_back_is_said_after_it(self, screened: Home, signal: str) -> None:
        screened.at(9)
        assert screened.said(Signals(**{signal: Signal.YES})) is None
        assert screened.said(present=False) is None
        assert screened.said() is About.STRETCHES

    def test_not_in_quiet_hours_nor_in_a_snooze(self, screened: Home) -> None:
        screened.house.desk.choose(screened.person, Choice(30, 20, 11))
        screened.at(10)
        assert screened.said() is None
        screened.at(11)
        screened.house.desk.snooze(screened.person, 60)
        assert screened.said() is None
        screened.at(12)
        assert screened.said() is About.STRETCHES

    def test_not_before_the_first_questions_nor_in_a_pause_for_safety(self, home: Home) -> None:
        home.at(9)
        assert home.said() is None
        home.screen(A1="yes")
        home.at(17)
        assert home.said() is None

    def test_a_machine_that_was_down_for_days_catches_up_on_nothing(self, screened: Home) -> None:
        screened.at(9, days=4)
        assert [screened.said() for _ in range(5)] == [About.STRETCHES, None, None, None, None]


class TestCalendar:
    def test_two_independent_readers_read_the_same(self, screened: Home) -> None:
        content = screened.feed()
        one = {
            (str(event["UID"]), event["DTSTART"].dt, str(event["SUMMARY"]))
            for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
        }
        other = {
            (event.uid.value, event.dtstart.value, event.summary.value)
            for event in vobject.readOne(content.decode()).vevent_list
        }
        assert {(uid, at.timestamp(), name) for uid, at, name in one} == {
            (uid, at.timestamp(), name) for uid, at, name in other
        }
        assert len(one) == 28 + 14
        vobject.readOne(content.decode()).validate(raiseException=True)
        assert not [part.errors for part in icalendar.Calendar.from_ical(content).walk() if part.errors]

    def test_lines_end_and_fold_as_they_must(self, screened: Home) -> None:
        content = screened.feed(language="es")
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert max(len(line) for line in content.split(b"\r\n")) <= 75
        assert "SUMMARY:Día de fuerza".encode() in content

    def test_it_is_no_message_that_needs_an_organizer(self, screened: Home) -> None:
        """RFC 5546 asks a METHOD:PUBLISH for one, and strict readers (libical) refuse it without."""
        calendar = icalendar.Calendar.from_ical(screened.feed())
        assert "METHOD" not in calendar
        assert not [event for event in calendar.walk("VEVENT") if "ORGANIZER" in event]

    def test_an_hour_stays_the_same_on_the_wall_across_the_change_of_the_clocks(self, screened: Home) -> None:
        zone = ZoneInfo(ZONE)
        begins = [event["DTSTART"].dt for name, event in screened.entries().items() if name.startswith("stretches")]
        assert {one.astimezone(zone).hour for one in begins} == {9}
        assert {one.hour for one in begins} == {7, 8}  # in universal time

    def test_without_a_zone_it_is_the_wall_clock_of_the_machine_across_the_change(
        self, rules: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The machine's clock tells the offset of today alone, as a file and a feed without a zone are given it."""
        monkeypatch.setenv("TZ", ZONE)
        home = at_home(rules, tmp_path)
        home.screen()
        home.clock.at = MONDAY.astimezone(timezone(timedelta(hours=1)))
        content = home.house.show_calendar(home.person)
        begins = [event["DTSTART"].dt for event in icalendar.Calendar.from_ical(content).walk("VEVENT")]
        assert {one.astimezone(ZoneInfo(ZONE)).hour for one in begins} == {9, 17}

    def test_the_strength_day_of_today_stays_where_it_is_until_it_goes_to_the_evening(self, screened: Home) -> None:
        begins = []
        for hour, minute in ((8, 0), (12, 0), (17, 30), (18, 30), (22, 0)):
            screened.at(hour, minute=minute)
            begins.append(screened.entries()["strength-1"]["DTSTART"].dt.astimezone(ZoneInfo(ZONE)).hour)
        assert begins == [17, 17, 18, 18, 18]

    def test_an_entry_that_moves_within_a_day_is_newer_by_every_count(self, screened: Home) -> None:
        """And by no count where nothing moved."""

        def stamp(days: int, hour: int) -> tuple[int, datetime]:
            screened.at(hour, days=days)
            event = screened.entries()[f"stretches-{screened.clock.at.date().isoformat()}"]
            return int(event["SEQUENCE"]), event["LAST-MODIFIED"].dt

        hours = [(0, 8), (0, 10), (0, 17), (0, 18), (0, 19), (1, 4)]
        stamps = {when: stamp(*when) for when in hours}
        assert stamps[0, 10] == stamps[0, 17]
        moved = [stamps[when] for when in ((0, 8), (0, 10), (0, 18), (0, 19), (1, 4))]
        assert all(a < b for one, other in pairwise(moved) for a, b in zip(one, other, strict=True))

    def test_every_second_day_from_the_next_and_it_follows_one_that_slips(self, screened: Home) -> None:
        zone = ZoneInfo(ZONE)

        def days() -> dict[str, int]:
            found = screened.entries().items()
            return {name: event["DTSTART"].dt.astimezone(zone).day for name, event in found if "strength" in name}

        before = days()
        assert list(before.values())[:3] == [16, 18, 20]
        screened.at(7, days=1)  # nothing was done on Monday
        slipped = days()
        assert list(slipped.values())[:3] == [17, 19, 21]
        assert list(slipped)[:3] == list(before)[:3]  # the same entries, a day later
        screened.at(10, days=1)
        screened.do(*CORE)
        after = days()
        assert list(after.values())[:2] == [19, 21]
        assert next(iter(after)) == "strength-2"

    def test_what_changes_is_newer_by_every_count(self, screened: Home) -> None:
        def stamp() -> tuple[int, datetime, datetime]:
            event = screened.entries()["strength-1"]
            return int(event["SEQUENCE"]), event["LAST-MODIFIED"].dt, event["DTSTAMP"].dt

        stamps = [stamp()]
        for days in (1, 2):
            screened.at(8, days=days)
            stamps.append(stamp())
        screened.tell("walk-logged", {"minutes": 10})
        screened.clock.at += timedelta(minutes=1)
        stamps.append(stamp())
        assert all(a < b for one, other in pairwise(stamps) for a, b in zip(one, other, strict=True))

    def test_what_is_done_today_is_gone_and_what_began_does_not_ring(self, screened: Home) -> None:
        screened.at(10)
        screened.do(*CORE)
        today = screened.entries()["stretches-2026-03-16"]
        assert today["DTSTART"].dt.astimezone(ZoneInfo(ZONE)).hour == 18
        assert today.walk("VALARM")
        screened.at(19)
        assert not screened.entries()["stretches-2026-03-16"].walk("VALARM")
        screened.do("hip-flexor-stretch")
        assert "stretches-2026-03-16" in screened.entries()  # chest and neck are still to come
        screened.do("neck-stretch")
        assert "stretches-2026-03-16" not in screened.entries()

    @pytest.mark.parametrize(("hour", "rings_at"), [(7, [9, 17]), (12, [17]), (17, [17]), (17.5, [18]), (19, [])])
    def test_a_day_of_core_work_rings_in_the_evening_for_its_stretches_as_well(
        self, screened: Home, hour: float, rings_at: list[int]
    ) -> None:
        """Both wait for the evening, and one alarm is enough."""
        screened.at(int(hour), minute=int(60 * (hour % 1)))
        begins = {name: event for name, event in screened.entries().items() if event["DTSTART"].dt.day == 16}
        assert {name.split("-")[0] for name in begins} == {"stretches", "strength"}
        rings = [event["DTSTART"].dt for event in begins.values() if event.walk("VALARM")]
        assert sorted(at.astimezone(ZoneInfo(ZONE)).hour for at in rings) == rings_at

    def test_core_work_in_quiet_hours_speaks_for_no_stretches(self, screened: Home) -> None:
        screened.house.desk.choose(screened.person, Choice(30, 12, 18))
        screened.at(12)
        of_today = {name: event for name, event in screened.entries().items() if event["DTSTART"].dt.day == 16}
        rings = {name.split("-")[0]: bool(event.walk("VALARM")) for name, event in of_today.items()}
        assert rings == {"strength": False, "stretches": True}

    def test_nothing_rings_in_quiet_hours(self, screened: Home) -> None:
        screened.house.desk.choose(screened.person, Choice(30, 16, 8))
        for name, event in screened.entries().items():
            assert bool(event.walk("VALARM")) == name.startswith("stretches"), name

    def test_in_a_pause_it_is_empty_and_still_whole(self, home: Home) -> None:
        assert home.entries() == {}
        home.screen(A1="yes")
        assert home.entries() == {}
        vobject.readOne(home.feed().decode())

    def test_while_a_professional_is_to_be_asked_first_it_announces_no_session(self, home: Home) -> None:
        """Breaks stay open then, and every exercise is closed, tomorrow's stretches as well as today's."""
        home.screen(B1="yes")
        assert home.house.show_today(home.person).open >= {"breaks"}
        assert home.entries() == {}

    def test_under_an_experts_hold_it_announces_no_session(self, screened: Home) -> None:
        assert screened.entries()
        screened.review(decision="stop", changes={})
        assert screened.entries() == {}

    def test_with_every_stretch_left_out_by_an_expert_strength_days_alone_stand_in_it(self, screened: Home) -> None:
        screened.review(decision="with-changes", changes={name: {"stop": True} for name in STRETCHES})
        assert {name.split("-")[0] for name in screened.entries()} == {"strength"}

    def test_it_tells_nothing_of_anybodys_health(self, screened: Home) -> None:
        text = screened.feed().decode()
        names = {str(event["SUMMARY"]) for event in screened.entries().values()}
        assert names == {"Stretches", "Strength day"}
        assert not [word for word in ("pain", "back", "plank", "lumbar spine") if word in text.lower()]

    def test_its_key_opens_it_until_there_is_another(self, screened: Home) -> None:
        calendar = screened.house.show_calendar
        for wrong in ("", "x"):
            with pytest.raises(NotFound):
                calendar.opens(wrong)
        key = calendar.keys.renew(screened.person.id)
        calendar.opens(key)
        assert len(key) >= 43
        another = calendar.keys.renew(screened.person.id)
        with pytest.raises(NotFound):
            calendar.opens(key)
        calendar.opens(another)
        screened.house.erase_everything(screened.person, "erase")
        with pytest.raises(NotFound):
            calendar.opens(another)
