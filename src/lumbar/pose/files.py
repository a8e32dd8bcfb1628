"""What a file is, told apart without any of the libraries that read pictures."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from lumbar.core.errors import BadMedia

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})
VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".3gp", ".wmv"})
TRACES = (".jsonl", ".jsonl.gz")
_PICTURE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n")
_HEAD_BYTES = 16

Told = Callable[[int, int | None], None]
"""Progress: frames done, and how many there are when that is known."""


class Kind(StrEnum):
    """What a file is."""

    PICTURE = "picture"
    VIDEO = "video"
    TRACE = "trace"


def kind_of(path: Path) -> Kind:
    """Picture, trace, or else a video, by name and by first bytes. Raises BadMedia when there is nothing to read."""
    if not path.exists():
        raise BadMedia("error.media-missing", file=path.name)
    if path.is_dir():
        raise BadMedia("error.media-folder", file=path.name)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        raise BadMedia("error.media-unreadable", file=path.name) from None
    if not head:
        raise BadMedia("error.media-empty", file=path.name)
    if path.name.lower().endswith(TRACES) or head.lstrip().startswith(b"{"):
        return Kind.TRACE
    is_picture = path.suffix.lower() in PICTURES or head.startswith(_PICTURE_HEADS)
    return Kind.PICTURE if is_picture else Kind.VIDEO
