"""lumbar coaches a home programme for ordinary low back pain.

The public face of the package:

>>> import lumbar
>>> plank = lumbar.exercise("plank")
>>> coach = lumbar.Coach(plank, target_s=60)
"""

from importlib.metadata import PackageNotFoundError, version

from lumbar.catalog import shipped_catalogue
from lumbar.core.assess import Assessment, assess
from lumbar.core.body import Frame, Joint, Landmark, Side
from lumbar.core.coach import Coach
from lumbar.core.errors import BadCatalog, BadFrame, LumbarError, Misuse, NotFound
from lumbar.core.exercise import Exercise
from lumbar.core.judge import Judgement, State, judge

try:
    __version__ = version("lumbar")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"


def exercise(exercise_id: str) -> Exercise:
    """A shipped exercise by id. Raises NotFound, listing the ids there are."""
    return shipped_catalogue().exercise(exercise_id)


__all__ = [
    "Assessment",
    "BadCatalog",
    "BadFrame",
    "Coach",
    "Exercise",
    "Frame",
    "Joint",
    "Judgement",
    "Landmark",
    "LumbarError",
    "Misuse",
    "NotFound",
    "Side",
    "State",
    "__version__",
    "assess",
    "exercise",
    "judge",
]
