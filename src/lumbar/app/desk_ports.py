"""What a watch at the desk needs from the world, as protocols."""

from dataclasses import dataclass
from typing import Protocol

from lumbar.core.body import Frame
from lumbar.core.message import Message
from lumbar.core.posture.nudge import Signals
from lumbar.core.posture.timed import unseen


@dataclass(frozen=True, slots=True)
class Look:
    """What one look through a camera showed. light: of full light, on average over the picture."""

    frame: Frame
    light: float


class Eyes(Protocol):
    """A camera, and the landmarks of whoever is before it. No picture of it outlives a look."""

    @property
    def model(self) -> str:
        """The fingerprint of the landmark model."""

    @property
    def comes_back(self) -> bool:
        """Whether one that is gone, or that another program has, may be there again later. A recording is over."""

    def open(self) -> None:
        """Switch the camera on. Raises BadMedia when there is none."""

    def close(self) -> None:
        """Switch it off."""

    def look(self, t_s: float) -> Look:
        """Who is there now. Raises BadMedia when nothing comes of it."""


class NoEyes:
    """In the place of a camera, for whoever wants breaks and no camera: nothing is opened, and nothing seen."""

    model = ""
    comes_back = False

    def open(self) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to close."""

    def look(self, t_s: float) -> Look:
        """Darkness."""
        return Look(unseen(t_s), 0.0)


class Platform(Protocol):
    """What the machine tells of itself."""

    def now(self) -> Signals:
        """What is known at this moment."""


class Notifier(Protocol):
    """Shows a notification."""

    def tell(self, title: str, text: str) -> bool:
        """Whether it was shown."""


class Screen(Protocol):
    """Where the person sees what goes on, and answers with a key."""

    def tell(self, message: Message) -> None:
        """A line."""

    def nudge(self, message: Message) -> None:
        """Something said that wants an answer."""

    def key(self, wait_s: float) -> str | None:
        """The next key, waiting no longer than that; None without one. It is also how time passes."""


class Voice(Protocol):
    """Speaks."""

    def speak(self, text: str) -> bool:
        """Whether there is a voice."""
