"""The record out and in over HTTP: export, import, backups and erasing. All of it at the computer alone."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from lumbar.app.erasing import ErasedAll
from lumbar.app.house import House
from lumbar.app.ports import Backup
from lumbar.app.transfer import Brought
from lumbar.web.asking import Asker, AtTheComputer, gives
from lumbar.web.schemas import MessageOut

IMPORT_PATH = "/api/import"
MOST_IMPORT_BYTES = 128 * 1024 * 1024
"""The largest file that the page brings in (design); the command line takes larger ones."""


_FILE = {"schema": {"type": "string", "format": "binary"}}
_OBJECT = {"schema": {"type": "object"}}
_FILES = {"application/json": _OBJECT, "application/zip": _FILE, "application/fhir+json": _OBJECT}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class BroughtOut(_Model):
    """What a file holds beside the record, and whether it came in."""

    facts: int
    new: int
    known: int
    differing: int
    types: dict[str, int]
    first: date | None
    last: date | None
    other_person: bool
    taken: bool


class BackupOut(_Model):
    """A backup."""

    name: str
    at: AwareDatetime
    size: int
    automatic: bool


class BackupsOut(_Model):
    """The backups there are, oldest first."""

    backups: list[BackupOut]


class EraseIn(_Model):
    """The word that somebody has typed."""

    word: Annotated[str, Field(max_length=40)]


class ErasedOut(_Model):
    """What is gone, and what only the person can reach."""

    facts: int
    backups: int
    left: list[MessageOut]


async def _body(request: Request) -> bytes:
    return await request.body()


Answer = dict[str, Any]


def data_routes(house: House) -> APIRouter:
    """The routes. A phone that is lost or lent must not be enough to carry the record away or to erase it."""
    api = APIRouter(default_response_class=JSONResponse, dependencies=AtTheComputer)

    @api.get(
        "/api/export",
        response_class=StreamingResponse,
        response_model=None,
        responses={
            **gives(None, 404, 503),
            200: {"description": "The file.", "content": _FILES},
        },
    )
    def export(
        person: Asker,
        request: Request,
        form: Annotated[Literal["json", "csv", "fhir"], Query(alias="format")] = "json",
        language: Annotated[str | None, Query(max_length=20)] = None,
    ) -> StreamingResponse:
        """The whole record as a file: `json` is complete and can be brought back, `csv` is tables in a zip, `fhir` a
        FHIR R4 bundle, in the language asked for."""
        outgoing = house.export_record(person, form, language=language or request.headers.get("accept-language"))
        headers = {"content-disposition": f'attachment; filename="{outgoing.name}"'}
        return StreamingResponse(outgoing.pieces, media_type=outgoing.media_type, headers=headers)

    @api.post(
        IMPORT_PATH,
        response_model=None,
        responses=gives(BroughtOut, 409, 413, 422, 503),
        openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": _FILE}}},
    )
    def bring_in(
        person: Asker,
        data: Annotated[bytes, Depends(_body)],
        preview: bool = False,
        mine: bool = False,
    ) -> Answer:
        """Bring in an export, packed or not, or a CSV table of past sessions: all of it or nothing, and once."""
        if preview:
            return _brought(house.import_record.look(person, data))
        return _brought(house.import_record.take(person, data, mine=mine))

    @api.get("/api/backups", response_model=None, responses=gives(BackupsOut, 503))
    def backups(_person: Asker) -> Answer:
        """The backups there are."""
        return {"backups": [_backup(one) for one in house.backups.all()]}

    @api.post("/api/backups", response_model=None, responses=gives(BackupOut, 409, 503))
    def back_up(_person: Asker) -> Answer:
        """Make a backup that stays until somebody removes it."""
        return _backup(house.backups.make())

    @api.post("/api/erase", response_model=None, responses=gives(ErasedOut, 400, 413, 422, 503))
    def erase(person: Asker, typed: EraseIn) -> Answer:
        """Erase the record, its backups, the log, and what lets phones in; of several people whoever asks alone, and
        their name too. There is no way back."""
        return erased(house.erase_everything(person, typed.word))

    return api


def _brought(brought: Brought) -> Answer:
    return {
        "facts": brought.facts,
        "new": brought.new,
        "known": brought.known,
        "differing": brought.differing,
        "types": dict(brought.types),
        "first": None if brought.first is None else brought.first.isoformat(),
        "last": None if brought.last is None else brought.last.isoformat(),
        "other_person": brought.other_person,
        "taken": brought.taken,
    }


def _backup(one: Backup) -> Answer:
    return {"name": one.name, "at": one.at.isoformat(), "size": one.size, "automatic": one.automatic}


def erased(gone: ErasedAll) -> Answer:
    """What is gone, and what is left to look after."""
    return {"facts": gone.facts, "backups": gone.backups, "left": [message.as_json() for message in gone.left]}
