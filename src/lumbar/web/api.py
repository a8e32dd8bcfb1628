"""The HTTP interface: each route turns a request into a use case and its result into JSON."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse

from lumbar.app.house import House
from lumbar.app.ports import Person
from lumbar.app.record_facts import Draft
from lumbar.app.sessions import Wish
from lumbar.core import figure
from lumbar.core.errors import NotFound
from lumbar.web import schemas, views
from lumbar.web.measured import TrustOut
from lumbar.web.requests import FactsIn, SessionIn, Zone

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": schemas.ProblemOut, "description": text}
    for status, text in {
        400: "This is no JSON.",
        401: "The page's cookie is missing.",
        403: "Another origin sent this.",
        404: "There is no such thing.",
        409: "This cannot be done now; the detail says why.",
        413: "Too large.",
        422: "This cannot be used; the detail says why.",
        503: "The data cannot be reached.",
    }.items()
}


def _person(request: Request) -> Person:
    person: Person = request.state.person
    return person


Asker = Annotated[Person, Depends(_person)]
Clockface = Annotated[Zone | None, Query(description="The IANA zone whose wall clock counts; else the server's.")]
Answer = dict[str, Any]


def _gives(model: Any, *problems: int) -> dict[int | str, dict[str, Any]]:
    return {200: {"model": model}, **{status: PROBLEMS[status] for status in (401, 403, *problems)}}


def record_routes(house: House, version: str) -> APIRouter:
    """What is about a person."""
    api = APIRouter(default_response_class=JSONResponse)

    @api.get("/healthz", response_model=None, responses={200: {"model": schemas.HealthOut}, 503: PROBLEMS[503]})
    def healthz() -> Answer:
        """Whether the server and its data can be reached."""
        house.store.ping()
        return {"status": "ok", "version": version}

    @api.get("/api/today", response_model=None, responses=_gives(schemas.DayOut, 422, 503))
    def today(person: Asker, zone: Clockface = None) -> Answer:
        """What is due now, how much, and why."""
        return house.show_today(person, zone=zone).as_json()

    @api.get("/api/days/{on}", response_model=None, responses=_gives(schemas.DayAsShownOut, 404, 422, 503))
    def day(person: Asker, on: date, zone: Clockface = None) -> Answer:
        """A day up to now: as it stands, or as it ended, and what was shown when a session began."""
        return views.past(house.show_day(person, on=on, zone=zone))

    @api.get("/api/why/{exercise}", response_model=None, responses=_gives(schemas.WhyOut, 404, 422, 503))
    def why(person: Asker, exercise: str, on: date | None = None, zone: Clockface = None) -> Answer:
        """Why an exercise's dose is what it is: the reasons, the rule behind each, and the days that were looked at."""
        return views.why(house.show_why(person, exercise, on=on, zone=zone), house.rules.catalogue)

    @api.get("/api/myself", response_model=None, responses=_gives(schemas.MyselfOut, 422, 503))
    def myself(person: Asker, zone: Clockface = None) -> Answer:
        """What the person has said of themselves; null where nothing was said."""
        comforts = sorted(house.rules.programme.comforts)
        return {**house.show_myself(person, zone=zone).as_json(), "comforts": comforts}

    @api.get("/api/screening", response_model=None, responses=_gives(dict[str, Any], 422, 503))
    def screening(person: Asker, zone: Clockface = None) -> Answer:
        """The screening's questions, and how the answers stand."""
        return views.screening(house.screening_form(person, zone=zone))

    @api.post("/api/facts", response_model=None, responses=_gives(schemas.RecordedOut, 400, 413, 422, 503))
    def facts(person: Asker, sent: FactsIn) -> Answer:
        """Take facts into the record: all or none, and once, however often they are sent."""
        drafts = [Draft(f.id, f.type, f.v, f.at, f.zone, f.device, f.body) for f in sent.facts]
        return views.recorded(house.record_facts(person, drafts, source="page"))

    @api.get("/api/history", response_model=None, responses=_gives(schemas.HistoryOut, 422, 503))
    def history(person: Asker, days: Annotated[int, Query(ge=1, le=366)] = 28, zone: Clockface = None) -> Answer:
        """The last days, and what was held beside the goal."""
        return views.history(house.show_history(person, days, zone=zone))

    @api.get("/api/outcomes", response_model=None, responses=_gives(schemas.OutcomesOut, 422, 503))
    def outcomes(person: Asker, zone: Clockface = None) -> Answer:
        """The outcome measures: how they are asked, and scores beside the change that matters. Answers are facts."""
        return views.outcomes(house.show_outcomes(person, zone=zone), house.rules.words.language)

    _session_routes(api, house)
    return api


def _session_routes(api: APIRouter, house: House) -> None:
    @api.post("/api/sessions", response_model=None, responses=_gives(schemas.StartedOut, 400, 404, 409, 413, 422, 503))
    def start(person: Asker, wish: SessionIn) -> Answer:
        """Start today's session on this device. The same id again gives the same script, as long as it may go on."""
        only = None if wish.only is None else tuple(wish.only)
        wanted = Wish(wish.id, wish.at, wish.zone, wish.device, only, wish.take_over, wish.length)
        return views.started(house.start_session(person, wanted))

    @api.get("/api/sessions/current", response_model=None, responses=_gives(schemas.CurrentOut | None, 503))
    def current(person: Asker) -> Any:
        """The session that began today and may go on; null without one, and for one that may not."""
        return JSONResponse(views.current(house.current_session(person)))


def catalogue_routes(house: House) -> APIRouter:
    """What is the same for everybody."""
    api = APIRouter(default_response_class=JSONResponse)
    catalogue = house.rules.catalogue
    figures: dict[str, JSONResponse] = {}

    @api.get(
        "/api/words/{language}",
        response_model=None,
        responses={200: {"model": schemas.WordsOut}, 404: PROBLEMS[404]},
    )
    def words(language: str) -> Answer:
        """All words of a language by message id."""
        ours = house.rules.words
        if language != ours.language:
            raise NotFound("error.no-language", language=language, known=ours.language)
        return {"language": ours.language, **ours.flat()}

    @api.get("/api/exercises", response_model=None, responses=_gives(list[schemas.ExerciseOut]))
    def exercises() -> Any:
        """Every exercise."""
        return JSONResponse([views.exercise(it, catalogue) for it in house.rules.exercises])

    @api.get("/api/exercises/{exercise}", response_model=None, responses=_gives(schemas.ExerciseOut, 404))
    def one_exercise(exercise: str) -> Answer:
        """One exercise."""
        return views.exercise(catalogue.exercise(exercise), catalogue)

    @api.get("/api/validation", response_model=None, responses=_gives(TrustOut))
    def validation() -> Any:
        """How far the coach can be trusted: what was promised, and what was measured, exercise by exercise."""
        return JSONResponse(views.validation(house.rules.measured, catalogue))

    @api.get("/api/figures/{exercise}", response_model=None, responses=_gives(dict[str, Any], 404))
    def moving_figure(exercise: str) -> JSONResponse:
        """The moving figure of each rung: points in picture heights, frame by frame."""
        if exercise not in figures:
            figures[exercise] = JSONResponse(figure.asset(catalogue.exercise(exercise)))
        return figures[exercise]

    return api
