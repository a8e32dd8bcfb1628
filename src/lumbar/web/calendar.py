"""The calendar over HTTP: the feed itself, which a key in its address opens, and that key."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict

from lumbar.app.house import House
from lumbar.core.errors import NotFound
from lumbar.web.asking import PROBLEMS, Asker, Clockface, gives
from lumbar.web.doors import CALENDAR_FEED

_MEDIA_TYPE = "text/calendar; charset=utf-8"


class CalendarOut(BaseModel):
    """The path of the feed with its key; null while there is none."""

    model_config = ConfigDict(extra="forbid")

    path: str | None


Answer = dict[str, Any]


def calendar_routes(house: House) -> APIRouter:
    """The routes."""
    api = APIRouter(default_response_class=JSONResponse)
    feed = house.show_calendar

    @api.head(CALENDAR_FEED, include_in_schema=False)
    @api.get(
        CALENDAR_FEED,
        response_class=Response,
        response_model=None,
        responses={
            200: {"description": "The calendar.", "content": {"text/calendar": {"schema": {"type": "string"}}}},
            **{status: PROBLEMS[status] for status in (404, 422, 503)},
        },
    )
    def calendar(
        request: Request,
        key: Annotated[str, Query(max_length=200)],
        zone: Clockface = None,
        language: Annotated[str | None, Query(max_length=20)] = None,
    ) -> Response:
        """The next weeks as iCalendar, read only. Whoever has the key can read it; it names no more than the kind of
        session."""
        person = house.people.find(feed.opens(key))
        if person is None:
            raise NotFound("error.calendar-key")
        wanted = language or request.headers.get("accept-language")
        content = feed(person, zone=zone, language=wanted)
        headers = {"content-disposition": 'inline; filename="lumbar.ics"'}
        return Response(content, media_type=_MEDIA_TYPE, headers=headers)

    @api.get("/api/calendar", response_model=None, responses=gives(CalendarOut, 503))
    def address(person: Asker) -> Answer:
        """Where the feed is."""
        return _address(feed.keys.read(person.id))

    @api.post("/api/calendar/key", response_model=None, responses=gives(CalendarOut, 503))
    def renew(person: Asker) -> Answer:
        """A new address; the one before opens nothing any more."""
        return _address(feed.keys.renew(person.id))

    @api.post("/api/calendar/off", response_model=None, responses=gives(CalendarOut, 503))
    def off(person: Asker) -> Answer:
        """No address at all."""
        feed.keys.forget(person.id)
        return _address(None)

    return api


def _address(key: str | None) -> Answer:
    return {"path": None if key is None else f"{CALENDAR_FEED}?key={key}"}
