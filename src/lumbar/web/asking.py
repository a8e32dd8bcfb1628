"""What all routes about a person share: who asks, by which wall clock, and the problems that there may be."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.requests import HTTPConnection

from lumbar.app.ports import Person
from lumbar.app.threshold import Threshold
from lumbar.core.errors import NotAllowed
from lumbar.web.doors import person_token
from lumbar.web.requests import Zone

PERSON_HEADER = "lumbar-person"
PERSON_QUERY = "person"
"""Where a page says for whom it speaks, by id; the query is for what cannot send a header: downloads and sockets."""

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": text}
    for status, text in {
        400: "This is no JSON.",
        401: "The page's cookie is missing.",
        403: "Another origin sent this, or whoever asks may not; the detail says why.",
        404: "There is no such thing.",
        409: "This cannot be done now; the detail says why.",
        413: "Too large.",
        422: "This cannot be used; the detail says why.",
        503: "The data cannot be reached.",
    }.items()
}


def who_asks(connection: HTTPConnection) -> Person:
    """Whose record a request is about. Raises NotAllowed."""
    threshold: Threshold = connection.app.state.threshold
    named = connection.headers.get(PERSON_HEADER) or connection.query_params.get(PERSON_QUERY)
    return threshold.who(named, person_token(connection))


def _person(request: Request) -> Person:
    return who_asks(request)


def _at_the_computer(request: Request) -> None:
    """A device that was let in lets in no other, and neither carries the whole record away nor changes or erases it."""
    if request.state.device is not None:
        raise NotAllowed("error.only-at-computer")


AtTheComputer = [Depends(_at_the_computer)]
"""For what only whoever sits at the computer may do."""

Asker = Annotated[Person, Depends(_person)]
Clockface = Annotated[Zone | None, Query(description="The IANA zone whose wall clock counts; else the server's.")]


def gives(model: Any, *problems: int) -> dict[int | str, dict[str, Any]]:
    """What a route about a person answers with: its model, and these problems."""
    return {200: {"model": model}, **{status: PROBLEMS[status] for status in (401, 403, *problems)}}
