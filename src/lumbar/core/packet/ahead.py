"""The rules that the plan will follow next: those by which more comes, and those by which it gets less."""

from collections.abc import Iterable

from lumbar.core.message import Message, say
from lumbar.core.packet.packet import Row, WalkRow

_BY_NEXT = {
    "packet.next.same": "stretch-days",
    "packet.next.rests": "review",
    "packet.next.left-out": "review",
    "packet.next.back": "ease-back",
    "packet.next.load": "load",
    "packet.next.weight-waits": "load",
    "packet.next.gentle": "gentle",
    "packet.next.measured": "test",
    "packet.next.rung": "rung",
    "packet.next.more": "step-up",
    "packet.next.waits": "approval",
    "packet.next.form-waits": "review",
    "packet.next.refused": "approval",
}
_ORDER = ("gentle", "test", "step-up", "rung", "approval", "load", "ease-back", "stay", "flare", "gap", "stretch-days",
          "review", "walk")  # fmt: skip


def rules_ahead(rows: Iterable[Row], walk: WalkRow | None) -> tuple[Message, ...]:
    """Each once. What makes a plan smaller is always among them, while any of it is open."""
    every = list(rows)
    found = {_BY_NEXT[row.next.id] for row in every if row.next.id in _BY_NEXT}
    if any(not row.closed for row in every):
        found |= {"ease-back", "stay", "flare", "gap"}
    if walk is not None and not walk.closed:
        found.add("walk")
    return tuple(say(f"rule.{name}") for name in _ORDER if name in found)
