"""What the record knows of somebody's desk, and what is added to it: profiles, choices, nudges, breaks, the day.

Nothing here holds a picture or a landmark. A profile is a few averages, and the newest fact of its name counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lumbar.app.desk_books import Entry
from lumbar.app.moment import ZonedClock, in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.record_facts import Draft, RecordFacts
from lumbar.app.records import Records
from lumbar.app.today import ShowToday
from lumbar.core.errors import Conflict, Misuse, NotFound
from lumbar.core.plan import Day
from lumbar.core.posture import Baseline, Picture, PostureSettings, Span, View, picture
from lumbar.core.posture import pictures as pictures_of
from lumbar.core.posture.known import moved_at, quiet_of, snoozed_until
from lumbar.core.posture.measures import Build
from lumbar.core.posture.nudge import Answer, Choice, Nudge, Quiet, is_for_today
from lumbar.core.posture.remind import About
from lumbar.core.posture.rest import Rest, guided, is_paused, may_cue
from lumbar.core.record import VERSION, Fact, day_of
from lumbar.core.record.posture_bodies import LONGEST_NAME

DEVICE = "terminal"

_TRIES = 5
"""Others write seldom. Whoever is too late so often in a row says nothing now, and decides with the next picture."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A place, a way to sit or stand, and a camera, by the name that somebody gave it.

    model: the fingerprint of the landmark model that it was taken with.
    """

    name: str
    model: str
    baseline: Baseline
    kept_on: date


class Desk:
    """One household's desks, as the record has them."""

    def __init__(
        self,
        records: Records,
        record_facts: RecordFacts,
        show_today: ShowToday,
        clock: Clock,
        settings: PostureSettings,
        new_id: Callable[[], str],
        zone: str,
        device: str = DEVICE,
        source: str = "cli",
    ) -> None:
        self._records = records
        self._record_facts = record_facts
        self._show_today = show_today
        self._clock = clock
        self.settings = settings
        self._new_id = new_id
        self._zone = zone
        self._device = device
        self._source = source

    def seen_from(self, zone: str | None, device: str) -> "Desk":
        """The same desks as a page sees them: by the clock on its wall, and told by its device."""
        clock = self._clock if zone is None else ZonedClock(self._clock, zone)
        use = (self._records, self._record_facts, self._show_today, clock, self.settings, self._new_id)
        return Desk(*use, zone or self._zone, device, "page")

    @property
    def clock(self) -> Clock:
        """The clock that days and hours are read from."""
        return self._clock

    @property
    def zone(self) -> str:
        """The name of the zone in which the desk stands."""
        return self._zone

    def on_the_wall(self) -> datetime:
        """Now, by the clock on the wall, which knows when the clocks change next: a machine's own tells only the offset
        of today. Where the two do not agree the machine's counts."""
        now = self._clock.now()
        there = in_zone(now, self._zone)
        return there if there.utcoffset() == now.utcoffset() else now

    def profiles(self, person: Person) -> dict[str, Profile]:
        """Every profile by its name, the one that was kept last at the end."""
        found: dict[str, Profile] = {}
        for fact in self._records.of(person).of("posture-profile-kept", "posture-profile-forgotten"):
            found.pop(fact.body["profile"], None)
            if fact.type == "posture-profile-kept":
                found[fact.body["profile"]] = _profile(fact)
        return found

    def profile(self, person: Person, name: str | None, model: str) -> Profile:
        """A profile by name, or the one that was kept last. Raises NotFound, and Misuse for another model's."""
        known = self.profiles(person)
        wanted = name if name is not None else next(reversed(known), "desk")
        found = known.get(wanted)
        if found is None:
            raise _unknown(wanted, known)
        if found.model != model:
            raise Misuse("error.posture-model", profile=wanted)
        return found

    def keep(self, person: Person, name: str, baseline: Baseline, model: str) -> None:
        """Keep a profile under a name; an older one of that name counts no more. Raises BadFact, and Misuse for a name
        that is none."""
        name = profile_name(name)
        of = baseline.build
        body = {
            "profile": name,
            "pose_model": model,
            "view": baseline.view.value,
            "turn_deg": of.turn_deg % 360.0,
            "place": list(of.place),
            "shoulders": of.shoulders,
            "neck": of.neck,
            "face": of.face,
            "spans": [
                {"measure": one.measure, "tall": one.tall, "limit": one.limit, "usual": one.usual}
                for one in baseline.spans
            ],
        }
        self._tell(person, "posture-profile-kept", body)

    def forget(self, person: Person, name: str) -> None:
        """Forget a profile. Raises NotFound."""
        known = self.profiles(person)
        if name not in known:
            raise _unknown(name, known)
        self._tell(person, "posture-profile-forgotten", {"profile": name})

    def choice(self, person: Person) -> Choice:
        """What the person chose last; the usual without a choice."""
        usual = self.settings.nudges
        chosen = self._records.of(person).of("posture-settings-chosen")
        if not chosen:
            return Choice(usual.interval_min, usual.quiet_from_h, usual.quiet_to_h)
        body = chosen[-1].body
        # A choice of another version, or an import, may lie outside of what is offered here.
        interval = min(max(body["interval_min"], usual.shortest_interval_min), usual.longest_interval_min)
        return Choice(interval, body["quiet_from_h"], body["quiet_to_h"])

    def choose(self, person: Person, choice: Choice) -> None:
        """Keep a choice. Raises Misuse for an interval that is not offered."""
        low, high = self.settings.nudges.shortest_interval_min, self.settings.nudges.longest_interval_min
        if not low <= choice.interval_min <= high:
            raise Misuse("error.posture-interval", low=low, high=high)
        body = {
            "interval_min": choice.interval_min,
            "quiet_from_h": choice.quiet_from_h,
            "quiet_to_h": choice.quiet_to_h,
        }
        self._tell(person, "posture-settings-chosen", body)

    def quiet(self, person: Person) -> Quiet:
        """How the machine of nudges stands, from what the record knows of today. A reminder is something said, too."""
        return quiet_of(self._records.of(person), self._clock.now(), self.settings.nudges)

    def today(self, person: Person) -> Day:
        """The day as it stands on this desk's clock."""
        return self._show_today(person, at=self._clock.now())

    def reminded(self, person: Person) -> Mapping[About, datetime]:
        """What was reminded of today, and when."""
        on = day_of(self._clock.now())
        told = self._records.of(person).of("reminder-given")
        return {About(fact.body["about"]): fact.happened_at for fact in told if fact.happened_on == on}

    def remind(self, person: Person, decide: Callable[[], About | None]) -> About | None:
        """What is decided to be reminded of, kept as said; None for nothing."""
        about: About | None = None

        def wanted() -> tuple[str, Mapping[str, Any]] | None:
            nonlocal about
            about = decide()
            return None if about is None else ("reminder-given", {"about": about.value})

        return about if self._say(person, wanted) is not None else None

    def is_paused(self, person: Person) -> bool:
        """Whether breaks and posture rest now."""
        return is_paused(self._opened(person))

    def is_held(self, person: Person) -> bool:
        """Whether an expert's hold leaves getting up alone now."""
        opened = self._opened(person)
        return not is_paused(opened) and not may_cue(opened)

    def _opened(self, person: Person) -> frozenset[str]:
        return self._show_today.opened(person, at=self._clock.now())

    def is_screened(self, person: Person) -> bool:
        """Whether the first questions are answered."""
        return self._show_today.is_screened(person, at=self._clock.now())

    def need_open(self, person: Person) -> None:
        """Raises Conflict when breaks and posture rest: for safety, or until the first questions are answered."""
        day = self.today(person)
        if day.verdict is None:
            raise Conflict("error.posture-screen")
        if is_paused(day.open):
            raise Conflict("error.posture-paused")

    def rest(self, person: Person) -> Rest:
        """The break that fits now. Raises Conflict when breaks rest."""
        self.need_open(person)
        return guided(self.today(person), self.settings.pause)

    def rested(self, person: Person, rest: Rest) -> None:
        """A break was taken; a stretch in it counts as today's, as the person told it."""
        told: list[tuple[str, dict[str, Any]]] = [
            ("break-taken", {"seconds": float(rest.seconds), "stretch": rest.stretch})
        ]
        session = self._new_id()
        for number, one in enumerate(step for step in rest.steps if step.exercise is not None):
            told.append(
                (
                    "set-done",
                    {
                        "session": session,
                        "step": number,
                        "exercise": one.exercise,
                        "rung": one.rung,
                        "side": None if one.side is None else one.side.value,
                        "set": 1,
                        "hold": 1,
                        "target_s": float(one.seconds),
                        "credited_s": float(one.seconds),
                        "outcome": "done",
                        "measured": False,
                        "faults": [],
                    },
                )
            )
        self._record_facts(person, [self._draft(name, body) for name, body in told], source=self._source)

    def nudge(self, person: Person, profile: str, decide: Callable[[], Nudge | None]) -> str | None:
        """Keep the nudge that is decided to be given; gives its id, None for none."""

        def wanted() -> tuple[str, Mapping[str, Any]] | None:
            nudge = decide()
            return None if nudge is None else ("nudge-given", {"kind": nudge.kind.value, "profile": profile})

        return self._say(person, wanted)

    def answered(self, person: Person, nudge_id: str, answer: Answer) -> None:
        """What became of a nudge."""
        self._tell(person, "nudge-answered", {"nudge": nudge_id, "answer": answer.value})

    def moved(self, person: Person, profile: str) -> None:
        """They said that they changed their position, for every watch of theirs to hear."""
        self._tell(person, "move-told", {"profile": profile})

    def moved_at(self, person: Person, *, seen: bool = False) -> datetime | None:
        """When they last moved, as far as the record knows; seen: by a watch with a camera as well."""
        return moved_at(self._records.of(person), self._clock.now(), self.settings.nudges, seen=seen)

    def snooze(self, person: Person, minutes: int) -> datetime:
        """Say nothing for so long; gives until when."""
        self._tell(person, "nudges-snoozed", {"minutes": minutes})
        return self.snoozed_until(person) or self._clock.now()

    def speak_again(self, person: Person) -> bool:
        """Take the quiet back that was asked for; whether there was any."""
        if self.snoozed_until(person) is None:
            return False
        self._tell(person, "nudges-snoozed", {"minutes": 0})
        return True

    def snoozed_until(self, person: Person) -> datetime | None:
        """Until when it is quiet by their wish; None when it is not."""
        return snoozed_until(self._records.of(person), self._clock.now(), self.settings.nudges)

    def is_for_today(self, until: datetime | None) -> bool:
        """Whether a quiet lasts to the end of this day; it does not where there is none."""
        return until is not None and is_for_today(until, self.on_the_wall())

    def watched(self, person: Person, profile: str, entry: Entry) -> None:
        """What a watch saw; nothing where nothing was."""
        if not entry.is_empty:
            self._tell(person, "posture-watched", entry.body(profile), entry.at)

    def pictures(self, person: Person, days: int) -> list[Picture]:
        """The pictures of the last so many days, today's at the end."""
        return pictures_of(self._records.of(person), day_of(self._clock.now()), days, self.settings.watch)

    def picture(self, person: Person, on: date | None = None) -> Picture:
        """A day's picture; today's without a day. Raises Misuse for a day to come."""
        today = day_of(self._clock.now())
        if on is not None and on > today:
            raise Misuse("error.day-to-come", on=on.isoformat())
        return picture(self._records.of(person), today if on is None else on, self.settings.watch)

    def _say(self, person: Person, wanted: Callable[[], tuple[str, Mapping[str, Any]] | None]) -> str | None:
        """Keep what is wanted to be said; gives the fact's id, None for nothing.

        Another window or another terminal may be about to speak as well. So nothing is kept that was decided on a
        record which has news by the time of writing: it is decided once more, on those.
        """
        for _ in range(_TRIES):
            known = self._records.mark(person)
            told = wanted()
            if told is None:
                return None
            draft = self._draft(*told)
            if self._record_facts.unless_news(person, draft, known, source=self._source):
                return draft.id
        return None

    def _tell(self, person: Person, fact_type: str, body: Mapping[str, Any], at: datetime | None = None) -> str:
        draft = self._draft(fact_type, body, at)
        self._record_facts(person, [draft], source=self._source)
        return draft.id

    def _draft(self, fact_type: str, body: Mapping[str, Any], at: datetime | None = None) -> Draft:
        return Draft(self._new_id(), fact_type, VERSION, at or self._clock.now(), self._zone, self._device, body)


def profile_name(text: str) -> str:
    """The name of a profile as it is kept: one line, without the space around it. Raises Misuse for none."""
    name = text.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise Misuse("error.posture-name", most=LONGEST_NAME)
    return name


def _unknown(name: str, known: Mapping[str, Profile]) -> NotFound:
    if not known:
        return NotFound("error.posture-no-profile", profile=name)
    return NotFound("error.posture-other-profile", profile=name, known=", ".join(known))


def _profile(fact: Fact) -> Profile:
    body = fact.body
    turn_deg = body["turn_deg"] if body["turn_deg"] <= 180.0 else body["turn_deg"] - 360.0
    x, y = body["place"]
    of = Build(turn_deg, (x, y), body["shoulders"], body["neck"], body["face"])
    spans = tuple(Span(row["measure"], row["tall"], row["limit"], row["usual"]) for row in body["spans"])
    return Profile(body["profile"], body["pose_model"], Baseline(View(body["view"]), of, spans), fact.happened_on)
