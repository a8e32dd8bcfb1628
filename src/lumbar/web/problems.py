"""Turns what went wrong into `application/problem+json`: one clear sentence, its message id, and nothing else."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from lumbar.catalog.words import Tongues, Words
from lumbar.core.errors import (
    BadCatalog,
    BadInput,
    Conflict,
    LumbarError,
    Misuse,
    NotAllowed,
    NotFound,
    StoreUnavailable,
)
from lumbar.core.message import Message, say
from lumbar.web.methods import Methods
from lumbar.web.requests import SHAPE
from lumbar.web.schemas import ProblemOut

STATUS: tuple[tuple[type[LumbarError], HTTPStatus], ...] = (
    (Misuse, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotFound, HTTPStatus.NOT_FOUND),
    (BadCatalog, HTTPStatus.INTERNAL_SERVER_ERROR),
    (BadInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (Conflict, HTTPStatus.CONFLICT),
    (StoreUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""The first type that an error belongs to gives its status."""

_HTTP: Mapping[int, str] = {
    400: "error.body",
    401: "error.no-session",
    404: "error.no-page",
    405: "error.method",
    413: "error.too-large",
}


class Problem(JSONResponse):
    """One problem."""

    media_type = "application/problem+json"

    def __init__(self, words: Words, message: Message, status: int, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem_json(words, message, status), status_code=status, headers=headers)


def problem_json(words: Words, message: Message, status: int) -> dict[str, Any]:
    """A problem as plain values."""
    return {
        "type": f"urn:lumbar:{message.id.replace('.', ':')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence(words, message),
        "message": message.as_json(),
    }


def sentence(words: Words, message: Message) -> str:
    """The message in words; its id, should the words be missing: a problem must not hide behind another one."""
    try:
        return words.written(message)
    except NotFound:
        return message.id


def status_of(error: LumbarError) -> HTTPStatus:
    """The status of an error's type."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def handle_problems(app: FastAPI, tongues: Tongues, methods: Methods) -> None:
    """Answer every error that has a name with a problem, in the language asked for; the guard answers the others."""

    def words(request: Request) -> Words:
        return tongues.of(request.headers.get("accept-language"))

    async def known(request: Request, error: Exception) -> Problem:
        assert isinstance(error, LumbarError)
        return Problem(words(request), error.message, status_of(error))

    async def invalid(request: Request, error: Exception) -> Problem:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return Problem(words(request), say("error.body"), HTTPStatus.BAD_REQUEST)
        return Problem(words(request), _mistake(first), HTTPStatus.UNPROCESSABLE_ENTITY)

    async def refused(request: Request, error: Exception) -> Problem:
        assert isinstance(error, HTTPException)
        headers = error.headers
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and (allowed := methods(request.url.path)):
            # Whoever routes knows each way of asking alone, and would name only the first.
            headers = {"allow": ", ".join(allowed)}
        return Problem(
            words(request), say(_HTTP.get(error.status_code, "error.unexpected")), error.status_code, headers
        )

    app.add_exception_handler(LumbarError, known)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, refused)


def describe_problems(described: dict[str, Any]) -> dict[str, Any]:
    """The interface's description, in which whatever goes wrong is a problem.

    FastAPI would call it plain JSON, and make a validator for each problem of each route: most of what a server costs
    to begin.
    """
    content = {Problem.media_type: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    for operations in described["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= HTTPStatus.BAD_REQUEST:
                    response["content"] = content
    schemas = described["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = ProblemOut.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["ProblemOut"] = problem
    return described


def _mistake(first: Mapping[str, Any]) -> Message:
    place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path")) or "body"
    kind, told = str(first["type"]), first.get("ctx") or {}
    if kind == SHAPE:
        return say(
            "error.request-shape", place=place, wanted=f"@error.wanted.{told['wanted']}", longest=told["longest"]
        )
    reason = next((name for begins, name in _REASONS.items() if kind.startswith(begins)), "other")
    numbers = {name: str(told[name]) for name in _NUMBERS if name in told}
    options = re.findall(r"'([^']*)'", str(told.get("expected", "")))
    return say("error.request", place=place, reason=f"@error.reason.{reason}", options=", ".join(options), **numbers)


_NUMBERS = ("ge", "gt", "le", "lt", "min_length", "max_length")
_REASONS = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "json": "json",
    "string_too_short": "too-short",
    "string_too_long": "too-long",
    "string_pattern": "pattern",
    "string": "text",
    "int": "whole",
    "float": "number",
    "bool": "flag",
    "greater_than_equal": "at-least",
    "greater_than": "above",
    "less_than_equal": "at-most",
    "less_than": "below",
    "literal": "one-of",
    "enum": "one-of",
    "timezone": "time",
    "datetime": "time",
    "date": "day",
    "too_long": "list-too-long",
    "too_short": "list-too-short",
    "list": "list",
    "dict": "table",
    "model": "table",
}
"""How the kinds of mistakes that the rim finds are told, by how their names begin."""
