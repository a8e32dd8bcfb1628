"""What goes in and out at the desk over HTTP, checked at the rim."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from lumbar.app.desk_page import PageDevice
from lumbar.core.body import POINTS
from lumbar.core.posture.nudge import Signal, Signals
from lumbar.web.requests import Device, Uuid, Zone
from lumbar.web.schemas import MessageOut

Name = Annotated[str, Field(min_length=1, max_length=40)]
Model = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_NUMBERS = POINTS * 4
Points = Annotated[list[float | None], Field(min_length=_NUMBERS, max_length=_NUMBERS)] | None
Told = Literal["yes", "no", "unknown"]
_MOST_FRAMES = 100


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _FromPage(_In):
    device: Device
    zone: Zone | None = None

    @property
    def teller(self) -> PageDevice:
        """Which device asks."""
        return PageDevice(self.device, self.zone)


class SignalsIn(_In):
    """What the page's browser tells; a browser mostly cannot."""

    call: Told = "unknown"
    full_screen: Told = "unknown"
    focus: Told = "unknown"
    locked: Told = "unknown"

    @property
    def signals(self) -> Signals:
        """As core has them."""
        return Signals(Signal(self.call), Signal(self.full_screen), Signal(self.focus), Signal(self.locked))


class LookIn(_FromPage):
    """One look: 33 points of x, y, z and visibility one after another, or null when nobody is seen."""

    run: Uuid
    profile: Name
    model: Model
    aspect: Annotated[float, Field(ge=0.1, le=10.0)]
    points: Points
    light: Annotated[float, Field(ge=0.0, le=1.0)]
    signals: SignalsIn = SignalsIn()


class MomentIn(_FromPage):
    """A moment of a watch without a camera."""

    run: Uuid
    signals: SignalsIn = SignalsIn()


class PosesIn(_FromPage):
    """The three poses of a calibration, frame by frame."""

    profile: Name
    model: Model
    aspect: Annotated[float, Field(ge=0.1, le=10.0)]
    usual: Annotated[list[Points], Field(max_length=_MOST_FRAMES)]
    tall: Annotated[list[Points], Field(max_length=_MOST_FRAMES)]
    slump: Annotated[list[Points], Field(max_length=_MOST_FRAMES)]


class ForgetIn(_FromPage):
    """A profile to forget."""

    profile: Name


class ChoiceIn(_FromPage):
    """Minutes without a change of position, and the quiet hours of the local clock."""

    interval_min: int
    quiet_from_h: Annotated[int, Field(ge=0, le=23)]
    quiet_to_h: Annotated[int, Field(ge=0, le=23)]


class RunIn(_FromPage):
    """A run of the watch in a page."""

    run: Uuid


class SnoozeIn(_FromPage):
    """Be quiet for the usual while, or for today."""

    run: Uuid | None = None
    span: Literal["while", "today"]


class SpeakIn(_FromPage):
    """A device that takes the quiet back."""


class BreakIn(_FromPage):
    """A break that was taken, with this stretch in it."""

    run: Uuid | None = None
    stretch: Annotated[str, Field(max_length=64)] | None = None


class RemindIn(_FromPage):
    """A page that would remind of what is due."""

    signals: SignalsIn = SignalsIn()


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PictureOut(_Out):
    """A day at the desk. shares: of the time that could be judged; percents: the same, whole, a hundred in all."""

    on: str
    watched_s: float
    judged_s: float
    shares: dict[str, float] | None
    percents: dict[str, int] | None
    longest_still_s: float
    changes: int
    breaks: int
    nudges: int


class ProfileOut(_Out):
    """A profile by its name. old: it is offered anew."""

    name: str
    model: str
    view: Literal["front", "side"]
    kept_on: str
    old: bool


class ChoiceOut(_Out):
    """What was chosen, and what is offered."""

    interval_min: int
    quiet_from_h: int
    quiet_to_h: int
    shortest_interval_min: int
    longest_interval_min: int


class DeskOut(_Out):
    """The desk. open: false while breaks and posture rest. snoozed_until: it is quiet by the person's wish;
    snoozed_today: to the end of this day.

    capture_s, get_ready_s: of each pose of a calibration; captures_hz: pictures a second. worth_telling_s: a shorter
    time is told in no share. shades: changes of position, from which a day of the weeks is one shade stronger.
    """

    open: bool
    screened: bool
    days: list[PictureOut]
    profiles: list[ProfileOut]
    choice: ChoiceOut
    snooze_min: int
    snoozed_until: str | None
    snoozed_today: bool
    capture_s: float
    get_ready_s: float
    captures_hz: float
    worth_telling_s: float
    shades: list[int]


class WaitingOut(_Out):
    """What was said, and when."""

    at: str
    kind: Literal["still", "drift"]
    message: MessageOut


class StandingOut(_Out):
    """How the watch stands."""

    present: bool
    still_s: float
    state: Literal["tall", "usual", "slumped", "cannot-judge"]
    doubt: str | None
    silence: str | None
    snoozed_until: str | None
    snoozed_today: bool
    waiting: WaitingOut | None
    rests_s: float | None
    unknown: list[str]


class RestStepOut(_Out):
    """One thing to do in a break."""

    message: MessageOut
    seconds: int
    exercise: str | None
    rung: str | None
    side: Literal["left", "right"] | None


class RestOut(_Out):
    """A break. stretch: the exercise in it that counts as today's."""

    seconds: int
    stretch: str | None
    steps: list[RestStepOut]


class DoneOut(_Out):
    """It was done."""

    done: Literal[True]


class ReminderOut(_Out):
    """What is said now; null for nothing. It is said once, to the page that asked."""

    message: MessageOut | None


class SnoozedOut(_Out):
    """For how long it is quiet, and until when. today: that is to the end of this day."""

    minutes: int
    until: str | None
    today: bool
