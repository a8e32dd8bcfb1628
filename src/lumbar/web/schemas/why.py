"""What is behind a reason: its source, its rule and the numbers of that."""

from datetime import date
from typing import Any

from lumbar.web.schemas.day import ItemOut, WalkOut
from lumbar.web.schemas.parts import MessageOut, Out


class NumberOut(Out):
    """A number of a rule. label: what it is called; says: it with its unit, or each of several."""

    name: str
    value: Any
    label: MessageOut
    says: list[MessageOut]


class RuleOut(Out):
    """A rule behind a reason, `rule.<id>`, and its numbers: in one row, or in one for each case that it tells apart."""

    id: str
    numbers: list[list[NumberOut]]


class BecauseOut(Out):
    """A reason, where it comes from, the rule that gives it with its numbers, and who has signed that off."""

    message: MessageOut
    source: dict[str, Any]
    rule: RuleOut | None
    signed_off: dict[str, str] | None


class WhyOut(Out):
    """Why a dose is what it is, of an exercise or of the walk. looked and walks: the last days that it looked at, the
    latest first."""

    on: date
    item: ItemOut | None
    walk: WalkOut | None
    because: list[BecauseOut]
    looked: list[dict[str, Any]]
    walks: list[dict[str, Any]]
