"""What comes in over HTTP, checked at the rim."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StrictBool
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

SHAPE = "shape"
"""The kind of mistake that a text of another shape is."""


class _Shape:
    """A text of a certain shape. wanted: the catalogue's words for it, after `error.wanted.`; the pattern is for
    machines."""

    def __init__(self, pattern: str, wanted: str, longest: int) -> None:
        self._pattern = re.compile(pattern)
        self._wanted = wanted
        self._longest = longest
        self.described: JsonDict = {"pattern": f"^{pattern}$", "maxLength": longest}

    def check(self, text: str) -> str:
        """The text, when it has the shape."""
        if len(text) > self._longest or not self._pattern.fullmatch(text):
            told = {"wanted": self._wanted, "longest": self._longest}
            raise PydanticCustomError(SHAPE, "another shape is wanted: {wanted}", told)
        return text


_UUID = _Shape(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "uuid", 36)
_KIND = _Shape(r"[a-z0-9]+(-[a-z0-9]+)*", "type", 64)
_ZONE = _Shape(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", "zone", 64)
_DEVICE = _Shape(r"[A-Za-z0-9._:-]+", "device", 100)

Uuid = Annotated[str, AfterValidator(_UUID.check), Field(json_schema_extra=_UUID.described)]
Kind = Annotated[str, AfterValidator(_KIND.check), Field(json_schema_extra=_KIND.described)]
Zone = Annotated[str, AfterValidator(_ZONE.check), Field(json_schema_extra=_ZONE.described)]
Device = Annotated[str, AfterValidator(_DEVICE.check), Field(json_schema_extra=_DEVICE.described)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FactIn(_In):
    """A fact, as the device that saw it happen tells it."""

    id: Uuid
    type: Kind
    v: Annotated[int, Field(ge=1, le=1_000)] = 1
    at: AwareDatetime
    zone: Zone
    device: Device
    body: dict[str, Any]


class FactsIn(_In):
    """Facts to take into the record, all of them or none."""

    facts: Annotated[list[FactIn], Field(max_length=500)]


class PrintIn(_In):
    """What is to be handed out: a packet to answer (html), a packet to sign (pdf), or the plan for the person."""

    what: Literal["html", "pdf", "handout"]
    size: Literal["a4", "letter"] = "a4"
    zone: Zone | None = None


class AnswerIn(_In):
    """The file that an expert saved, as text. What is longer than any answer is told to be none."""

    content: str
    zone: Zone | None = None


class ExpertIn(_In):
    """An expert, as the person names them."""

    name: Annotated[str, Field(min_length=1, max_length=400)]
    profession: Annotated[str, Field(min_length=1, max_length=400)]


class ApprovalIn(_In):
    """Whether changes that matter wait for an expert's word. by: the expert who asked for that; null for the person."""

    wanted: StrictBool
    by: ExpertIn | None = None
    zone: Zone | None = None


class SessionIn(_In):
    """A device that wants to start today's session."""

    id: Uuid
    at: AwareDatetime
    zone: Zone
    device: Device
    only: Annotated[list[Kind], Field(max_length=100)] | None = None
    take_over: bool = False
    length: Literal["whole", "short"] = "whole"


class PairIn(_In):
    """A device that wants to be let in. name: what its owner calls it."""

    code: Annotated[str, Field(max_length=40)]
    name: Annotated[str, Field(max_length=200)]
