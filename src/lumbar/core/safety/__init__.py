"""Safety: what is asked before anybody exercises, what follows from the answers, and the way back."""

from lumbar.core.safety.concern import conclude
from lumbar.core.safety.form import Answer, Card, Daily, Detail, Form, Group, Item, Option, Outcome, Ruling, Tier
from lumbar.core.safety.freed import Freed, freed
from lumbar.core.safety.screen import screen
from lumbar.core.safety.standing import Standing, changed_since, stand, standing
from lumbar.core.safety.verdict import Reason, Verdict, WayBack

__all__ = [
    "Answer",
    "Card",
    "Daily",
    "Detail",
    "Form",
    "Freed",
    "Group",
    "Item",
    "Option",
    "Outcome",
    "Reason",
    "Ruling",
    "Standing",
    "Tier",
    "Verdict",
    "WayBack",
    "changed_since",
    "conclude",
    "freed",
    "screen",
    "stand",
    "standing",
]
