"""lumbar coaches a home programme for ordinary low back pain.

The public face of the package:

>>> import lumbar
>>> plank = lumbar.exercise("plank")
>>> coach = lumbar.Coach(plank, target_s=60)
"""

from importlib.metadata import PackageNotFoundError, version

from lumbar.catalog import shipped_catalogue
from lumbar.catalog.programme import load_programme
from lumbar.catalog.screening import load_form
from lumbar.core.assess import Assessment, assess
from lumbar.core.body import Frame, Joint, Landmark, Side
from lumbar.core.coach import Coach
from lumbar.core.errors import BadCatalog, BadFrame, LumbarError, Misuse, NotFound
from lumbar.core.exercise import Exercise
from lumbar.core.judge import Judgement, State, judge
from lumbar.core.plan import Day, Programme, plan
from lumbar.core.record import Fact, Record

try:
    __version__ = version("lumbar")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"


def exercise(exercise_id: str) -> Exercise:
    """A shipped exercise by id. Raises NotFound, listing the ids there are."""
    return shipped_catalogue().exercise(exercise_id)


def programme(programme_id: str = "home") -> Programme:
    """A shipped programme by id. Raises NotFound, listing the ids there are."""
    catalogue = shipped_catalogue()
    return load_programme(programme_id, catalogue, load_form(catalogue))


__all__ = [
    "Assessment",
    "BadCatalog",
    "BadFrame",
    "Coach",
    "Day",
    "Exercise",
    "Fact",
    "Frame",
    "Joint",
    "Judgement",
    "Landmark",
    "LumbarError",
    "Misuse",
    "NotFound",
    "Programme",
    "Record",
    "Side",
    "State",
    "__version__",
    "assess",
    "exercise",
    "judge",
    "plan",
    "programme",
]
