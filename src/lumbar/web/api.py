"""The HTTP interface: each route turns a request into a use case and its result into JSON."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from lumbar.app.house import House
from lumbar.app.record_facts import Draft
from lumbar.app.sessions import Wish
from lumbar.core import figure
from lumbar.core.errors import NotFound
from lumbar.core.record import BODY_MASS_KG
from lumbar.web import schemas, views
from lumbar.web.asking import PROBLEMS, Asker, Clockface, gives
from lumbar.web.measured import TrustOut
from lumbar.web.requests import FactsIn, SessionIn

Answer = dict[str, Any]


def record_routes(house: House, version: str) -> APIRouter:
    """What is about a person."""
    api = APIRouter(default_response_class=JSONResponse)

    @api.get("/healthz", response_model=None, responses={200: {"model": schemas.HealthOut}, 503: PROBLEMS[503]})
    def healthz() -> Answer:
        """Whether the server and its data can be reached."""
        house.store.ping()
        return {"status": "ok", "version": version}

    @api.get("/api/today", response_model=None, responses=gives(schemas.DayOut, 422, 503))
    def today(person: Asker, zone: Clockface = None) -> Answer:
        """What is due now, how much, and why."""
        return house.show_today(person, zone=zone).as_json()

    @api.get("/api/days/{on}", response_model=None, responses=gives(schemas.DayAsShownOut, 404, 422, 503))
    def day(person: Asker, on: date, zone: Clockface = None) -> Answer:
        """A day up to now: as it stands, or as it ended, and what was shown when a session began."""
        return views.past(house.show_day(person, on=on, zone=zone), house.rules.catalogue)

    @api.get("/api/why/{exercise}", response_model=None, responses=gives(schemas.WhyOut, 404, 422, 503))
    def why(person: Asker, exercise: str, on: date | None = None, zone: Clockface = None) -> Answer:
        """Why an exercise's dose is what it is: the reasons, the rule behind each, and the days that were looked at."""
        return views.why(house.show_why(person, exercise, on=on, zone=zone), house.rules.catalogue)

    @api.get("/api/myself", response_model=None, responses=gives(schemas.MyselfOut, 422, 503))
    def myself(person: Asker, zone: Clockface = None) -> Answer:
        """What the person has said of themselves; null where nothing was said."""
        comforts = sorted(house.rules.programme.comforts)
        known = house.show_myself(person, zone=zone).as_json()
        return {**known, "comforts": comforts, "body_mass_limits_kg": list(BODY_MASS_KG)}

    @api.get("/api/screening", response_model=None, responses=gives(dict[str, Any], 422, 503))
    def screening(person: Asker, zone: Clockface = None) -> Answer:
        """The screening's questions, and how the answers stand."""
        return views.screening(house.screening_form(person, zone=zone))

    @api.post("/api/facts", response_model=None, responses=gives(schemas.RecordedOut, 400, 413, 422, 503))
    def facts(person: Asker, sent: FactsIn) -> Answer:
        """Take facts into the record: all or none, and once, however often they are sent."""
        drafts = [Draft(f.id, f.type, f.v, f.at, f.zone, f.device, f.body) for f in sent.facts]
        return views.recorded(house.record_facts(person, drafts, source="page"))

    _told_routes(api, house)
    _session_routes(api, house)
    return api


def _told_routes(api: APIRouter, house: House) -> None:
    @api.get("/api/history", response_model=None, responses=gives(schemas.HistoryOut, 422, 503))
    def history(person: Asker, days: Annotated[int, Query(ge=1, le=366)] = 28, zone: Clockface = None) -> Answer:
        """The last days, and what was held beside the goal."""
        return views.history(house.show_history(person, days, zone=zone))

    @api.get("/api/answers", response_model=None, responses=gives(list[schemas.AnswerOut], 422, 503))
    def answers(person: Asker, zone: Clockface = None) -> Any:
        """What was told in the last days, the latest first. A `retracted` fact that names one takes it back."""
        return JSONResponse([answer.as_json() for answer in house.show_answers(person, zone=zone)])

    @api.get("/api/outcomes", response_model=None, responses=gives(schemas.OutcomesOut, 422, 503))
    def outcomes(person: Asker, request: Request, zone: Clockface = None) -> Answer:
        """The outcome measures: how they are asked, and scores beside the change that matters. Answers are facts."""
        words = house.rules.tongues.of(request.headers.get("accept-language"))
        return views.outcomes(house.show_outcomes(person, zone=zone), words.language)


def _session_routes(api: APIRouter, house: House) -> None:
    @api.post("/api/sessions", response_model=None, responses=gives(schemas.StartedOut, 400, 404, 409, 413, 422, 503))
    def start(person: Asker, wish: SessionIn) -> Answer:
        """Start today's session on this device. The same id again gives the same script, as long as it may go on."""
        only = None if wish.only is None else tuple(wish.only)
        wanted = Wish(wish.id, wish.at, wish.zone, wish.device, only, wish.take_over, wish.length)
        return views.started(house.start_session(person, wanted))

    @api.get("/api/sessions/current", response_model=None, responses=gives(schemas.CurrentOut | None, 503))
    def current(person: Asker) -> Any:
        """The session that began today and may go on; null without one, and for one that may not."""
        return JSONResponse(views.current(house.current_session(person)))


def catalogue_routes(house: House) -> APIRouter:
    """What is the same for everybody."""
    api = APIRouter(default_response_class=JSONResponse)
    catalogue = house.rules.catalogue
    figures: dict[str, bytes] = {}
    held: list[bytes] = []

    @api.get(
        "/api/words/{language}",
        response_model=None,
        responses={200: {"model": schemas.WordsOut}, 404: PROBLEMS[404]},
    )
    def words(language: str) -> Answer:
        """All words of a language by message id."""
        every = house.rules.tongues.words
        if language not in every:
            raise NotFound("error.no-language", language=language, known=", ".join(every))
        return {"languages": list(every), **every[language].as_json()}

    @api.get("/api/exercises", response_model=None, responses=gives(list[schemas.ExerciseOut]))
    def exercises() -> Any:
        """Every exercise."""
        return JSONResponse([views.exercise(it, catalogue) for it in house.rules.exercises])

    @api.get("/api/exercises/{exercise}", response_model=None, responses=gives(schemas.ExerciseOut, 404))
    def one_exercise(exercise: str) -> Answer:
        """One exercise."""
        return views.exercise(catalogue.exercise(exercise), catalogue)

    @api.get("/api/validation", response_model=None, responses=gives(TrustOut))
    def validation() -> Any:
        """How far the coach can be trusted: what was promised, and what was measured, exercise by exercise."""
        return JSONResponse(views.validation(house.rules.measured, catalogue))

    @api.get("/api/figures/{exercise}", response_model=None, responses=gives(dict[str, Any], 404))
    def moving_figure(exercise: str) -> Response:
        """The moving figure of each rung: points in picture heights, frame by frame."""
        if exercise not in figures:
            figures[exercise] = bytes(JSONResponse(figure.asset(catalogue.exercise(exercise))).body)
        return Response(figures[exercise], media_type="application/json")

    @api.get("/api/stills", response_model=None, responses=gives(dict[str, Any]))
    def stills() -> Response:
        """The hold of every rung, for small pictures: by exercise and rung, what a figure has too."""
        if not held:
            held.append(bytes(JSONResponse({it.id: figure.still(it) for it in house.rules.exercises}).body))
        return Response(held[0], media_type="application/json")

    return api
