"""The parts that every shape is made of, and what any request may be answered with."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Out(BaseModel):
    """What goes out, with no field more than is described."""

    model_config = ConfigDict(extra="forbid")


class MessageOut(Out):
    """A message to put into words: `GET /api/words/{language}` has them."""

    id: str
    params: dict[str, str | int | float]


class ReasonOut(BaseModel):
    """A reason, and the id of the source that it rests on."""

    message: MessageOut
    source: str | None = None


class ProblemOut(Out):
    """What went wrong: `detail` is one sentence for people."""

    type: str
    title: str
    status: int
    detail: str
    message: MessageOut


class HealthOut(Out):
    """The server and its data can be reached."""

    status: Literal["ok"]
    version: str


class WordsOut(Out):
    """All words of a language by message id. What is not under `spoken` is spoken as it is written. languages: every
    one that there are words in; decimal: the sign between whole and parts."""

    languages: list[str]
    language: str
    decimal: str
    written: dict[str, str]
    spoken: dict[str, str]
