"""Serves the built page: its files as they are, and `index.html` for every path that is a page, or is none."""

from http import HTTPStatus
from pathlib import Path, PurePosixPath

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response

from lumbar.catalog.words import Tongues, Words
from lumbar.core.message import say
from lumbar.web.methods import Methods
from lumbar.web.problems import Problem, sentence

STATIC = Path(__file__).parent / "static"

PAGES = (
    "/",
    "/welcome",
    "/session",
    "/progress",
    "/exercises",
    "/exercises/{exercise}",
    "/how",
    "/review",
    "/flare",
    "/you",
    "/day",
    "/walk",
    "/told",
    "/outcomes/{instrument}",
    "/settings",
    "/data",
    "/about",
    "/packet",
    "/trust",
    "/desk",
    "/phone",
    "/pair",
    "/who",
    "/people",
)

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".task": "application/octet-stream",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Said here, for a machine's own table may know wasm or mjs by another name, and browsers insist."""

_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


def serve_page(app: FastAPI, tongues: Tongues, methods: Methods, root: Path = STATIC) -> None:
    """Add the page's routes to the app; they come last, so that they answer what nothing else does."""

    def _words(request: Request) -> Words:
        return tongues.of(request.headers.get("accept-language"))

    def page(request: Request) -> Response:
        return _shell(root, HTTPStatus.OK, _words(request))

    def nothing(path: str, request: Request) -> Response:
        if _is_visit(path, request):
            return _shell(root, HTTPStatus.NOT_FOUND, _words(request))
        if methods(request.url.path):  # the interface answers here, though not when it is asked like this
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED)
        return Problem(_words(request), say("error.no-page"), HTTPStatus.NOT_FOUND)

    def file(path: str, request: Request) -> Response:
        found = _find(root, path)
        if found is None:
            return nothing(path, request)
        # Only the names under assets/ change with their content; the models and the runtime keep theirs.
        age = _FOREVER if path.startswith("assets/") else _ASK_AGAIN
        answer = FileResponse(found, media_type=MEDIA_TYPES[found.suffix], headers={"cache-control": age})
        answer.set_stat_headers(found.stat())
        if request.headers.get("if-none-match") == answer.headers["etag"]:
            kept = {name: answer.headers[name] for name in ("etag", "cache-control")}
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)
        return answer

    for path in PAGES:
        app.add_api_route(path, page, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/{path:path}", file, methods=["GET", "HEAD"], include_in_schema=False)


def _is_visit(path: str, request: Request) -> bool:
    """Whether a person came to an address that is none, and not a program or a picture: they are shown the way back."""
    return "text/html" in request.headers.get("accept", "") and not path.startswith("api/") and "." not in path


def _find(root: Path, path: str) -> Path | None:
    """The file that a path names, if it is one of the page's; never one outside of its folder."""
    pure = PurePosixPath(path)
    if "\0" in path or pure.is_absolute() or pure.suffix not in MEDIA_TYPES:
        return None
    try:
        found = (root / pure).resolve()
        return found if found.is_relative_to(root.resolve()) and found.is_file() else None
    except OSError:  # a name that no file system would take
        return None


def _shell(root: Path, status: HTTPStatus, words: Words) -> Response:
    index = root / "index.html"
    if not index.is_file():
        return _not_built(words)
    return FileResponse(index, status, media_type=MEDIA_TYPES[".html"], headers={"cache-control": _ASK_AGAIN})


def _not_built(words: Words) -> HTMLResponse:
    text = sentence(words, say("error.page-not-built"))
    return HTMLResponse(
        f'<!doctype html><html lang="{words.language}"><meta charset="utf-8"><title>lumbar</title><p>{text}</p></html>',
        status_code=HTTPStatus.SERVICE_UNAVAILABLE,
    )
