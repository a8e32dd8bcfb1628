"""The coaches of running holds, and who watches between them. Frames in, events out; no socket, no clock of its own.

A coach here is disposable. It is kept for a while so that a dropped connection finds it again; when it is gone, the
page sends the running hold's frames once more, and the same frames give the same seconds.

Between holds, and in a pause, nothing is coached and nothing is kept: there only a raised hand is watched for.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from lumbar.app.ports import Clock, Person
from lumbar.catalog import Catalogue
from lumbar.core.body import Frame, Side
from lumbar.core.coach import Coach, Event, HandWatch, Progress
from lumbar.core.errors import BadFrame, Conflict, Misuse

KEPT_S = 900.0
"""A coach that nobody has spoken to for this long is let go."""

MOST = 64
"""Coaches kept at once; the one that was silent longest goes first."""


@dataclass(frozen=True, slots=True)
class Hello:
    """What a page says first: which hold of which session it is about, and the shape of its pictures.

    watch: no hold runs, and only a raised hand is of interest; `exercise` is the one that is about to be done or was
    just done, if there is one.
    """

    session: str
    step: int
    epoch: int
    aspect: float
    exercise: str | None
    rung: str | None
    side: Side | None
    target_s: float
    watch: bool = False

    @property
    def task(self) -> "Task":
        """What the coach is made for."""
        return (self.exercise, self.rung, self.side, self.target_s)


Task = tuple[str | None, str | None, Side | None, float]


@dataclass(slots=True)
class _Seat:
    coach: Coach
    task: Task
    next_seq: int = 0
    used_s: float = 0.0
    line: "LiveLine | None" = field(default=None, repr=False)


class LiveSession:
    """Hands a hold's coach to whoever speaks for it, the newest speaker first."""

    def __init__(self, catalogue: Catalogue, clock: Clock, *, kept_s: float = KEPT_S, most: int = MOST) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._kept_s = kept_s
        self._most = most
        self._seats: OrderedDict[tuple[str, str, int], _Seat] = OrderedDict()

    def open(self, person: Person, hello: Hello) -> "LiveLine | WatchLine":
        """A line to the hold's coach: the one that is there already, when it is for the same task. Where nothing is
        held, to somebody new who watches for a hand.

        Raises NotFound for an unknown exercise or rung, Misuse for a side or target that it cannot have, and for a hold
        of no exercise.
        """
        self._tidy()
        if hello.watch:
            return WatchLine(self._watch(hello), hello)
        if hello.exercise is None:
            raise Misuse("error.live-hello", field="exercise")
        key = (person.id, hello.session, hello.step)
        seat = self._seats.get(key)
        if seat is None or seat.task != hello.task:
            exercise = self._catalogue.exercise(hello.exercise)
            seat = _Seat(Coach(exercise, hello.side, hello.target_s, rung=hello.rung), hello.task)
            self._seats[key] = seat
        self._seats.move_to_end(key)
        while len(self._seats) > self._most:
            self._seats.popitem(last=False)
        seat.used_s = self._clock.monotonic_s()
        seat.line = LiveLine(seat, hello, self._clock)
        return seat.line

    def _watch(self, hello: Hello) -> HandWatch:
        settings = self._catalogue.coach
        if hello.exercise is None:
            return HandWatch(settings, settings.signs.usual)
        exercise = self._catalogue.exercise(hello.exercise)
        return HandWatch(settings, exercise.signs_of(exercise.rung(hello.rung)))

    def __len__(self) -> int:
        return len(self._seats)

    def _tidy(self) -> None:
        limit_s = self._clock.monotonic_s() - self._kept_s
        for key in [key for key, seat in self._seats.items() if seat.used_s < limit_s]:
            del self._seats[key]


class LiveLine:
    """One connection's way to a coach, until a newer connection takes the coach over."""

    __slots__ = ("_clock", "_seat", "hello")

    def __init__(self, seat: _Seat, hello: Hello, clock: Clock) -> None:
        self._seat = seat
        self._clock = clock
        self.hello = hello

    @property
    def next_seq(self) -> int:
        """The first sequence number that has not been seen."""
        return self._seat.next_seq

    @property
    def progress(self) -> Progress:
        """The coach's books."""
        return self._seat.coach.progress

    def feed(self, frames: Sequence[tuple[int, Frame]]) -> list[Event]:
        """Feed frames with their sequence numbers; those seen before are dropped silently.

        Raises Conflict when a newer connection speaks for the hold, BadFrame for time that does not advance: the frames
        before it count, and it is not asked for again.
        """
        seat = self._seat
        if seat.line is not self:
            raise Conflict("error.live-taken-over")
        seat.used_s = self._clock.monotonic_s()
        events: list[Event] = []
        for seq, frame in frames:
            if seq < seat.next_seq:
                continue
            seat.next_seq = seq + 1
            try:
                events += seat.coach.feed(frame)
            except BadFrame as error:
                raise LiveBadFrame(error, tuple(events)) from error
        return events


class WatchLine:
    """One connection's way to somebody who watches for a hand. It ends with the connection, and has no books."""

    __slots__ = ("_next_seq", "_watch", "hello")

    def __init__(self, watch: HandWatch, hello: Hello) -> None:
        self._watch = watch
        self._next_seq = 0
        self.hello = hello

    @property
    def next_seq(self) -> int:
        """The first sequence number that has not been seen."""
        return self._next_seq

    @property
    def progress(self) -> None:
        """No hold, no books."""
        return

    def feed(self, frames: Sequence[tuple[int, Frame]]) -> list[Event]:
        """Feed frames with their sequence numbers. Raises BadFrame for time that does not advance."""
        events: list[Event] = []
        for seq, frame in frames:
            if seq < self._next_seq:
                continue
            self._next_seq = seq + 1
            try:
                events += self._watch.feed(frame)
            except BadFrame as error:
                raise LiveBadFrame(error, tuple(events)) from error
        return events


class LiveBadFrame(BadFrame):
    """A frame that the coach refused, and what it had told before."""

    def __init__(self, error: BadFrame, events: tuple[Event, ...]) -> None:
        super().__init__(error.message.id, **error.message.params)
        self.events = events
