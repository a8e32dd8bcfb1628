"""What an expert is given and what they answer, over HTTP."""

from typing import Any

from fastapi import APIRouter, Request, Response

from lumbar.app.approval import By
from lumbar.app.house import House
from lumbar.core.packet import as_json
from lumbar.web import schemas, views
from lumbar.web.asking import Asker, Clockface, gives
from lumbar.web.requests import AnswerIn, ApprovalIn, PrintIn

_FILE = {"schema": {"type": "string", "format": "binary"}}
_PRINTS = {"application/pdf": _FILE, "text/html": {"schema": {"type": "string"}}}


def expert_routes(house: House) -> APIRouter:
    """The packet, its prints, and the answers to it."""
    api = APIRouter()

    @api.get("/api/packet", response_model=None, responses=gives(dict[str, Any], 422, 503))
    def packet(person: Asker, request: Request, zone: Clockface = None) -> dict[str, Any]:
        """What an expert is shown, as it stands now; `sheet` has the same in words. Nothing is taken down."""
        made, sheet = house.packets.read(person, zone=zone, language=request.headers.get("accept-language"))
        return {**as_json(made), "sheet": sheet}

    @api.post(
        "/api/packets",
        response_class=Response,
        response_model=None,
        responses={**gives(None, 400, 413, 422, 503), 200: {"description": "The file.", "content": _PRINTS}},
    )
    def print_packet(person: Asker, request: Request, wish: PrintIn) -> Response:
        """A file to hand out. A packet is taken down, so that an answer to it can be known again."""
        language = request.headers.get("accept-language")
        if wish.what == "html":
            made = house.packets.html(person, zone=wish.zone, language=language)
        elif wish.what == "pdf":
            made = house.packets.pdf(person, size=wish.size, zone=wish.zone, language=language)
        else:
            made = house.packets.handout(person, size=wish.size, zone=wish.zone, language=language)
        named = {"content-disposition": f'attachment; filename="{made.name}"'}
        return Response(made.content, media_type=made.media_type, headers=named)

    @api.post("/api/reviews", response_model=None, responses=gives(schemas.TakenOut, 400, 409, 413, 422, 503))
    def take(person: Asker, answer: AnswerIn) -> dict[str, Any]:
        """Take in an expert's answer to a packet: once, unchanged, and of this person."""
        return views.taken(house.take_answer(person, answer.content, zone=answer.zone))

    @api.post("/api/approvals", response_model=None, responses=gives(schemas.RecordedOut, 400, 413, 422, 503))
    def want(person: Asker, told: ApprovalIn) -> dict[str, Any]:
        """Let new forms, first weights and new exercises wait for an expert's word, or wait no longer."""
        by = None if told.by is None else By(told.by.name, told.by.profession)
        return views.recorded(house.want_approval(person, wanted=told.wanted, by=by, zone=told.zone))

    return api
