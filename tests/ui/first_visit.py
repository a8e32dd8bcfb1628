"""What the page fetches by itself when somebody with a plan comes to Today, or anybody to the welcome page."""

import re
from collections.abc import Iterator
from pathlib import Path

MOST_KB = 200
"""What a first visit may bring over the line, squeezed, with the words, the figures and all that is fetched ahead. The
models come later, with a camera."""

LATIN = re.compile(r"-latin-(?!ext).*\.woff2$")
AHEAD = ("others", "speaker")
"""The other pages, and what they share with a session: fetched as soon as the first one stands."""

ASKED = {
    "/": ("/api/people", "/api/words/{}", "/api/today", "/api/sessions/current", "/api/stills"),
    "/welcome": ("/api/people", "/api/words/{}", "/api/today", "/api/screening"),
}
"""Of the server, by the page that is shown."""


def first_files(root: Path) -> Iterator[str]:
    """What `index.html` names, the pages that are fetched ahead, and the fonts of most of our readers."""
    yield from re.findall(r'(?:src|href)="(/[^"]+)"', (root / "index.html").read_text())
    for path in sorted((root / "assets").iterdir()):
        if LATIN.search(path.name) or any(path.match(f"{name}-*.js") for name in AHEAD):
            yield f"/assets/{path.name}"
