"""Why nobody can be judged, when moving the camera or the person would mend it; and when that is said.

The most basic thing comes first: somebody in the picture, near enough, whole, and seen from the right view. One thing
is asked at a time, only after it has lasted a while, and not for ever: whoever cannot mend it goes on by the clock.
"""

from lumbar.core.body import Frame, Side
from lumbar.core.coach.events import Event, PlacementAsked
from lumbar.core.exercise import Camera, CoachSettings
from lumbar.core.judge import Judgement, State
from lumbar.core.message import Message, say
from lumbar.core.view import Near, cut_off, torso_share

_MOST_NAMED = 2
"""When more parts of the body than this are out of the picture, they are not named one by one."""


def unseen_because(
    frame: Frame, now: Judgement, camera: Camera, working: Side | None, near: Side, smallest_share: float
) -> Message | None:
    """What to change so that this frame could be judged; None for one that can be, and where nothing is known.

    working: the side that works, where it is known; near: the one nearer to the camera. smallest_share: of the
    picture's height, the smallest torso that is read well.
    """
    side = working or near
    if now.state is not State.CANNOT_JUDGE:
        return None
    if frame.nobody:
        return say("placement.nobody")
    cut = cut_off(frame, camera.sees, side)
    if len(cut) > _MOST_NAMED:
        return say("placement.too-near")
    if cut:
        return say(f"placement.cut.{cut[-1]}")
    share = torso_share(frame, side)
    if share is not None and share < smallest_share:
        return say("placement.too-far")
    if now.hint is not None:
        return say(now.hint)
    wrong_way = camera.near is Near.WORKING and working is not None and near is not working
    return say(f"placement.turn.{working}") if wrong_way else None


class Placement:
    """Asks for what would let the camera judge: one thing at a time, and each a few times at most."""

    __slots__ = ("_asked", "_asked_s", "_camera", "_other_s", "_reason", "_settings", "_since_s")

    def __init__(self, camera: Camera, settings: CoachSettings) -> None:
        self._camera = camera
        self._settings = settings
        self._reason: Message | None = None
        self._since_s = 0.0
        self._other_s: float | None = None
        self._asked_s: float | None = None
        self._asked: dict[str, int] = {}

    def reason(self, frame: Frame, now: Judgement, working: Side | None, near: Side) -> Message | None:
        """What would mend this frame."""
        return unseen_because(frame, now, self._camera, working, near, self._settings.smallest_torso_ratio)

    def note(self, t_s: float, reason: Message | None) -> None:
        """What stands in the way at t_s, in seconds; None when nothing does.

        Points at the edge of a picture come and go: another reason takes over only when it has stayed for a moment.
        """
        if reason == self._reason:
            self._other_s = None
            return
        if self._other_s is None:
            self._other_s = t_s
        if t_s - self._other_s >= self._settings.max_gap_s or self._reason is None:
            self._reason, self._since_s, self._other_s = reason, self._other_s, None

    def ask(self, t_s: float) -> list[Event]:
        """What to ask for at t_s, in seconds, of somebody who is not in a hold."""
        reason = self._reason
        if reason is None or t_s - self._since_s < self._settings.placement_after_s or not self._free(t_s):
            return []
        asked = self._asked.get(reason.id, 0)
        if asked >= self._settings.placement_patience:
            return []
        self._asked[reason.id] = asked + 1
        self._asked_s = t_s
        return [PlacementAsked(t_s, reason)]

    def _free(self, t_s: float) -> bool:
        return self._asked_s is None or t_s - self._asked_s >= self._settings.placement_gap_s
