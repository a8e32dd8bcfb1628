"""The exercises' reference, as data."""

from typing import Any, Literal

from lumbar.web.schemas.parts import Out


class SourceOut(Out):
    """Where a number comes from. title: a publication as it is cited, empty for what is ours; what it says, or is, are
    the words `source.<id>`."""

    id: str
    title: str
    status: str
    url: str | None


class ExerciseOut(Out):
    """An exercise's reference page as data. Its words are `<id>.name`, `<id>.why` and so on; those of a form are named
    in `rungs`: what has to lie ready, how to get into it, what to feel and when to stop, where the camera stands (null
    where none looks), what the voice may
    say, and what a picture points at: words, and the number of one landmark or of two with it half way between."""

    id: str
    step: str
    position: str
    sides: Literal["none", "each"]
    judged: bool
    equipment: list[str]
    camera: dict[str, Any]
    dose: dict[str, Any]
    loads: list[dict[str, Any]]
    rungs: list[dict[str, Any]]
    prompts: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    sources: list[SourceOut]
