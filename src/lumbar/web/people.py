"""The people of the household over HTTP: who there is, who is here now, and being added, renamed or removed."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from lumbar.app.house import House
from lumbar.app.people import LONGEST_NAME
from lumbar.app.ports import Person
from lumbar.app.threshold import Chosen
from lumbar.core.errors import NotAllowed
from lumbar.web.asking import Asker, AtTheComputer, gives
from lumbar.web.data import ErasedOut, erased
from lumbar.web.doors import person_cookie, person_token


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonOut(_Model):
    """A person. name: empty while nobody gave one. mark: which colour. pin: whether there is one."""

    id: str
    name: str
    mark: int
    pin: bool


class PeopleOut(_Model):
    """Everybody, who came first at the beginning. me: who was chosen in this browser; null when nobody was yet."""

    me: str | None
    people: list[PersonOut]


class NameIn(_Model):
    """A name."""

    name: Annotated[str, Field(max_length=4 * LONGEST_NAME)]


class ChooseIn(_Model):
    """The PIN of whoever has one."""

    pin: Annotated[str, Field(max_length=40)] = ""


class PinIn(_Model):
    """Another PIN; null for none any more. old: the one until now, where there is one."""

    pin: Annotated[str, Field(max_length=40)] | None
    old: Annotated[str, Field(max_length=40)] = ""


class LeftOut(_Model):
    """Nobody is chosen in this browser any more."""

    left: bool


class RemoveIn(_Model):
    """The word that somebody has typed; not needed for a person who has told nothing yet."""

    word: Annotated[str, Field(max_length=40)] = ""


Answer = dict[str, Any]
Id = Annotated[str, Path(max_length=64)]


def people_routes(house: House) -> APIRouter:
    """The routes."""
    api = APIRouter(default_response_class=JSONResponse)

    def everybody(request: Request) -> Answer:
        me = house.threshold.chosen(person_token(request))
        return {"me": None if me is None else me.id, "people": [_person(house, one) for one in house.people.all()]}

    @api.get("/api/people", response_model=None, responses=gives(PeopleOut, 503))
    def people(request: Request) -> Answer:
        """Who uses this lumbar, and who of them is here, as far as this browser knows."""
        return everybody(request)

    @api.post("/api/people", response_model=None, responses=gives(PersonOut, 400, 409, 413, 422, 503))
    def add(_person_who_asks: Asker, sent: NameIn) -> Answer:
        """Somebody new. Whoever is here already needs a name first."""
        return _person(house, house.people.add(sent.name))

    @api.post("/api/people/leave", response_model=None, responses=gives(LeftOut))
    def leave(request: Request) -> JSONResponse:
        """Be nobody in this browser: a name with a PIN asks for it again."""
        return _with_cookie({"left": True}, person_cookie(request, None))

    @api.post("/api/people/{person}/choose", response_model=None, responses=gives(PersonOut, 400, 413, 422, 503))
    def choose(request: Request, person: Id, sent: ChooseIn) -> JSONResponse:
        """Be this person in this browser from now on. The cookie that comes with the answer keeps it."""
        return _kept(house, house.threshold.choose(person, sent.pin), request)

    _changing_routes(api, house)
    return api


def _changing_routes(api: APIRouter, house: House) -> None:
    def open_to(request: Request, person: str) -> Person:
        """Somebody whom whoever asks may change: without a PIN anybody of the household may."""
        return house.threshold.who(person, person_token(request))

    @api.post("/api/people/{person}/name", response_model=None, responses=gives(PersonOut, 400, 409, 413, 422, 503))
    def rename(_person_who_asks: Asker, request: Request, person: Id, sent: NameIn) -> Answer:
        """Another name."""
        return _person(house, house.people.rename(open_to(request, person), sent.name))

    @api.post("/api/people/{person}/pin", response_model=None, responses=gives(PersonOut, 400, 413, 422, 503))
    def pin(who_asks: Asker, request: Request, person: Id, sent: PinIn) -> JSONResponse:
        """Another PIN of one's own, or none. Every other browser asks for it anew."""
        if who_asks.id != person:
            raise NotAllowed("error.pin-own")
        house.pins.check(person, sent.old)
        if sent.pin is None:
            house.pins.take_away(person)
        else:
            house.pins.put(person, sent.pin)
        return _kept(house, house.threshold.known(who_asks), request)

    @api.post(
        "/api/people/{person}/remove",
        response_model=None,
        responses=gives(ErasedOut, 400, 409, 413, 422, 503),
        dependencies=AtTheComputer,
    )
    def remove(_person_who_asks: Asker, request: Request, person: Id, typed: RemoveIn) -> Answer:
        """Erase a person with all that belongs to them. Everybody else stays. There is no way back."""
        return erased(house.erase_everything.one(open_to(request, person), typed.word))


def _person(house: House, one: Person) -> Answer:
    return {"id": one.id, "name": one.name, "mark": one.mark, "pin": bool(house.pins.stamp(one.id))}


def _kept(house: House, chosen: Chosen, request: Request) -> JSONResponse:
    cookie = person_cookie(request, chosen.token, lasting=chosen.lasting)
    return _with_cookie(_person(house, chosen.person), cookie)


def _with_cookie(answer: Answer, cookie: str) -> JSONResponse:
    response = JSONResponse(answer)
    response.headers.append("set-cookie", cookie)
    return response
