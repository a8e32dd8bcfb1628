"""A watch without a camera: nothing is judged. A spell lasts until somebody says that they moved, or was away."""

from dataclasses import replace

from lumbar.core.body import Frame
from lumbar.core.posture.baseline import Baseline, View
from lumbar.core.posture.measures import Build
from lumbar.core.posture.settings import PostureSettings
from lumbar.core.posture.watch import Watch

WITHOUT_CAMERA = "no camera"
"""What the record has in the place of a profile."""

_NOTHING = Baseline(View.FRONT, Build(0.0, (0.0, 0.0), 1.0, 1.0, 1.0), ())
"""Against which nothing is ever held."""


def timed(settings: PostureSettings) -> Watch:
    """A watch that goes by the clock alone; feed it `unseen` frames, in the dark.

    A page in the background is woken about once a minute: only a longer silence than the settings' is an absence.
    """
    asleep_s = settings.live.asleep_s
    by_the_clock = replace(settings.watch, away_s=asleep_s, max_gap_s=asleep_s)
    return Watch(_NOTHING, replace(settings, watch=by_the_clock), blind=True)


def unseen(t_s: float) -> Frame:
    """A frame that shows nothing at all."""
    return Frame.from_landmarks(None, aspect=1.0, t_s=t_s)
