"""Virtual people who live with the plan, and the rules that it must keep whatever they do."""

from lumbar.core.simulate.live import Lived, live
from lumbar.core.simulate.people import Chance, Kind, Person, born
from lumbar.core.simulate.report import Report, Tally, report
from lumbar.core.simulate.rules import RULES
from lumbar.core.simulate.walk_judge import WALK
from lumbar.core.simulate.whole import live_whole

__all__ = [
    "RULES",
    "WALK",
    "Chance",
    "Kind",
    "Lived",
    "Person",
    "Report",
    "Tally",
    "born",
    "live",
    "live_whole",
    "report",
]
