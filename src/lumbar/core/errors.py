"""All that can go wrong outside the mind, as one small tree.

LumbarError
 ├── Misuse              the caller broke a contract (a side for an exercise without sides)
 ├── NotFound            no such exercise, programme, word
 ├── BadInput            what was given cannot be used
 │    ├── BadCatalog       an exercise, programme, screening or words file
 │    ├── BadFrame         time that does not advance; points of the wrong shape
 │    ├── BadMedia         a file that is no video or picture, or is cut short
 │    ├── BadTrace         a recording of landmarks that breaks its format
 │    ├── BadFact          a fact that its type does not allow
 │    └── BadImport        a file to take in that is cut short, too large, newer than we are, or something else
 ├── NotAllowed          whoever asks may not: no code, a wrong one, or not from here
 ├── Conflict            another device runs the session; nothing is due; safety closed it
 └── StoreUnavailable    the data cannot be opened or written
      ├── NewerDatabase    written by a newer lumbar
      └── StoreFull        there is no room left to write in
           └── NotOverwritten   nor to erase in

Outcomes that a person can meet in an ordinary session (tracking lost, see a clinician) are values and not errors.
Each error carries a Message; ``str(error)`` is plain for developers, and the rim renders it for people.
"""

from lumbar.core.message import Message, Param, say


class LumbarError(Exception):
    """The root. `message` names what happened; its words live in the catalogue."""

    def __init__(self, message_id: str, **params: Param) -> None:
        self.message: Message = say(message_id, **params)
        details = ", ".join(f"{key}={value}" for key, value in params.items())
        super().__init__(f"{message_id}: {details}" if details else message_id)


class Misuse(LumbarError):
    """The caller broke a contract."""


class NotFound(LumbarError):
    """No such thing; the message lists what there is."""


class BadInput(LumbarError):
    """What was given cannot be used."""


class BadCatalog(BadInput):
    """A catalogue file is wrong. `mistakes` holds every one of them, each with its place."""

    def __init__(self, place: str, mistakes: tuple[str, ...]) -> None:
        self.place = place
        self.mistakes = mistakes
        super().__init__("error.bad-catalog", place=place, mistakes="; ".join(mistakes))


class BadFrame(BadInput):
    """A frame whose time does not advance, or whose points have the wrong shape."""


class BadMedia(BadInput):
    """A file that is no picture or video, or is cut short."""


class BadTrace(BadInput):
    """A trace that breaks its format."""


class BadFact(BadInput):
    """A fact that its type does not allow."""


class BadImport(BadInput):
    """A file to take in that is cut short, too large, newer than this lumbar, or something else altogether."""


class NotAllowed(LumbarError):
    """Whoever asks may not do this; the message says what lets them."""


class Conflict(LumbarError):
    """The wish cannot be met now; the message says why."""


class StoreUnavailable(LumbarError):
    """The data cannot be opened or written."""


class StoreFull(StoreUnavailable):
    """There is no room left where the data is: it can be read, and nothing can be written."""


class NotOverwritten(StoreFull):
    """There is no room to erase in: what is deleted is overwritten as well.

    facts: how many were deleted all the same, for whoever goes on. short_bytes: that much must be freed at the very
    least; 0 where that is not known.
    """

    facts: int = 0
    short_bytes: int = 0


class NewerDatabase(StoreUnavailable):
    """The data was written by a newer lumbar and is left untouched."""
