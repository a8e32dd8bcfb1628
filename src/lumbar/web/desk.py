"""The desk over HTTP: its day, its profiles, what the page's camera sees as points, breaks, and being quiet.

No picture comes in here. Points of a look are judged and forgotten.
"""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from lumbar.app.desk_page import CapturedPoses, PageDesk, PageDevice, PageLook, PageMoment, Standing
from lumbar.core.body import Frame
from lumbar.core.posture.nudge import Choice, Signal, Signals
from lumbar.core.posture.rest import Rest
from lumbar.web.asking import Asker, Clockface, gives
from lumbar.web.desk_shapes import (
    BreakIn,
    ChoiceIn,
    DeskOut,
    DoneOut,
    ForgetIn,
    LookIn,
    MomentIn,
    Points,
    PosesIn,
    ReminderOut,
    RemindIn,
    RestOut,
    RunIn,
    SnoozedOut,
    SnoozeIn,
    SpeakIn,
    StandingOut,
)

Answer = dict[str, Any]
DONE: Answer = {"done": True}


def desk_routes(pages: PageDesk) -> APIRouter:
    """The routes."""
    api = APIRouter(default_response_class=JSONResponse, prefix="/api/desk")

    @api.get("", response_model=None, responses=gives(DeskOut, 422, 503))
    def desk(person: Asker, days: Annotated[int, Query(ge=1, le=366)] = 56, zone: Clockface = None) -> Answer:
        """The day's picture and those before it, the profiles, and what was chosen."""
        return _desk(pages, PageDevice("page", zone), person, days)

    @api.post("/choice", response_model=None, responses=gives(DoneOut, 400, 413, 422, 503))
    def choose(person: Asker, sent: ChoiceIn) -> Answer:
        """Choose the interval and the quiet hours."""
        pages.of(sent.teller).choose(person, Choice(sent.interval_min, sent.quiet_from_h, sent.quiet_to_h))
        return DONE

    @api.post("/profiles", response_model=None, responses=gives(DoneOut, 400, 409, 413, 422, 503))
    def calibrate(person: Asker, sent: PosesIn) -> Answer:
        """Take a baseline from three poses; only averages of a few measures are kept."""
        usual, tall, slump = (_frames(points, sent.aspect) for points in (sent.usual, sent.tall, sent.slump))
        pages.calibrate(person, sent.teller, sent.profile, sent.model, CapturedPoses(usual, tall, slump))
        return DONE

    @api.post("/profiles/forget", response_model=None, responses=gives(DoneOut, 400, 404, 413, 422, 503))
    def forget(person: Asker, sent: ForgetIn) -> Answer:
        """Forget a profile."""
        pages.of(sent.teller).forget(person, sent.profile)
        return DONE

    _watch_routes(api, pages)
    _quiet_routes(api, pages)
    _break_routes(api, pages)
    return api


def _watch_routes(api: APIRouter, pages: PageDesk) -> None:
    @api.post("/look", response_model=None, responses=gives(StandingOut, 400, 404, 409, 413, 422, 503))
    def look(person: Asker, sent: LookIn) -> Answer:
        """What the page's camera sees now, as points; gives how the watch stands, and what is said."""
        signals = sent.signals.signals
        frame = _frame(sent.points, sent.aspect, 0.0)
        seen = PageLook(sent.run, sent.profile, sent.model, frame, sent.light, signals)
        return _standing(pages.look(person, sent.teller, seen), signals)

    @api.post("/go-on", response_model=None, responses=gives(StandingOut, 400, 409, 413, 422, 503))
    def go_on(person: Asker, sent: MomentIn) -> Answer:
        """A moment of a watch without a camera; gives how it stands, and what is said."""
        signals = sent.signals.signals
        return _standing(pages.go_on(person, sent.teller, PageMoment(sent.run, signals)), signals)

    @api.post("/moved", response_model=None, responses=gives(DoneOut, 400, 413, 422, 503))
    def moved(person: Asker, sent: RunIn) -> Answer:
        """They say that they changed their position."""
        pages.moved(person, sent.teller, sent.run)
        return DONE

    @api.post("/dismiss", response_model=None, responses=gives(DoneOut, 400, 413, 422, 503))
    def dismiss(person: Asker, sent: RunIn) -> Answer:
        """Not now."""
        pages.dismiss(person, sent.run)
        return DONE

    @api.post("/end", response_model=None, responses=gives(DoneOut, 400, 413, 422, 503))
    def end(person: Asker, sent: RunIn) -> Answer:
        """The watch in the page is over."""
        pages.end(person, sent.run)
        return DONE


def _quiet_routes(api: APIRouter, pages: PageDesk) -> None:
    @api.post("/snooze", response_model=None, responses=gives(SnoozedOut, 400, 413, 422, 503))
    def snooze(person: Asker, sent: SnoozeIn) -> Answer:
        """Be quiet for a while, or for today."""
        desk = pages.of(sent.teller)
        minutes = desk.settings.nudges.snooze_min if sent.span == "while" else None
        minutes = pages.snooze(person, sent.teller, sent.run, minutes)
        until = desk.snoozed_until(person)
        return {"minutes": minutes, "until": _moment(until), "today": desk.is_for_today(until)}

    @api.post("/speak-again", response_model=None, responses=gives(DoneOut, 400, 413, 422, 503))
    def speak_again(person: Asker, sent: SpeakIn) -> Answer:
        """Take the quiet back that was asked for, on whichever device."""
        pages.speak_again(person, sent.teller)
        return DONE

    @api.post("/remind", response_model=None, responses=gives(ReminderOut, 400, 413, 422, 503))
    def remind(person: Asker, sent: RemindIn) -> Answer:
        """What of the programme is to be reminded of now, if anything."""
        about = pages.remind(person, sent.teller, sent.signals.signals)
        return {"message": None if about is None else about.message.as_json()}


def _break_routes(api: APIRouter, pages: PageDesk) -> None:
    @api.get("/break", response_model=None, responses=gives(RestOut, 409, 422, 503))
    def rest(person: Asker, zone: Clockface = None) -> Answer:
        """The break that fits now."""
        return _rest(pages.of(PageDevice("page", zone)).rest(person))

    @api.post("/break", response_model=None, responses=gives(RestOut, 400, 409, 413, 422, 503))
    def rested(person: Asker, sent: BreakIn) -> Answer:
        """A break was taken."""
        return _rest(pages.rested(person, sent.teller, sent.run, sent.stretch))


def _desk(pages: PageDesk, device: PageDevice, person: Asker, days: int) -> Answer:
    desk = pages.of(device)
    choice, nudges, calibration = desk.choice(person), desk.settings.nudges, desk.settings.calibration
    today, snoozed_until = desk.clock.now().date(), desk.snoozed_until(person)
    return {
        "open": not desk.is_paused(person),
        "screened": desk.is_screened(person),
        "days": [one.as_json() for one in pages.pictures(person, device, days)],
        "profiles": [
            {
                "name": one.name,
                "model": one.model,
                "view": one.baseline.view.value,
                "kept_on": one.kept_on.isoformat(),
                "old": (today - one.kept_on).days >= calibration.stale_days,
            }
            for one in desk.profiles(person).values()
        ],
        "choice": {
            "interval_min": choice.interval_min,
            "quiet_from_h": choice.quiet_from_h,
            "quiet_to_h": choice.quiet_to_h,
            "shortest_interval_min": nudges.shortest_interval_min,
            "longest_interval_min": nudges.longest_interval_min,
        },
        "snooze_min": nudges.snooze_min,
        "snoozed_until": _moment(snoozed_until),
        "snoozed_today": desk.is_for_today(snoozed_until),
        "capture_s": calibration.capture_s,
        "get_ready_s": calibration.get_ready_s,
        "captures_hz": calibration.captures_hz,
        "worth_telling_s": desk.settings.picture.worth_telling_s,
        "shades": list(desk.settings.picture.shades),
    }


def _standing(now: Standing, signals: Signals) -> Answer:
    waiting = now.waiting
    return {
        "present": now.seen.present,
        "still_s": round(now.seen.still_s, 1),
        "state": now.state.value,
        "doubt": None if now.doubt is None else now.doubt.value,
        "silence": None if now.silence is None else now.silence.value,
        "snoozed_until": _moment(now.snoozed_until),
        "snoozed_today": now.snoozed_today,
        "waiting": None
        if waiting is None
        else {"at": waiting.at.isoformat(), "kind": waiting.kind.value, "message": waiting.message.as_json()},
        "rests_s": now.rests_s,
        "unknown": [
            name for name in ("call", "full_screen", "focus", "locked") if getattr(signals, name) is Signal.UNKNOWN
        ],
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _rest(rest: Rest) -> Answer:
    return {
        "seconds": rest.seconds,
        "stretch": rest.stretch,
        "steps": [
            {
                "message": step.message.as_json(),
                "seconds": step.seconds,
                "exercise": step.exercise,
                "rung": step.rung,
                "side": None if step.side is None else step.side.value,
            }
            for step in rest.steps
        ],
    }


def _frames(points: list[Points], aspect: float) -> list[Frame]:
    return [_frame(one, aspect, float(number)) for number, one in enumerate(points)]


def _frame(points: list[float | None] | None, aspect: float, t_s: float) -> Frame:
    if points is None:
        return Frame.from_landmarks(None, aspect=aspect, t_s=t_s)
    numbers = [float("nan") if value is None else value for value in points]
    rows = [numbers[start : start + 4] for start in range(0, len(numbers), 4)]
    return Frame.from_landmarks(rows, aspect=aspect, t_s=t_s)
