"""One step of a session, and how long several take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lumbar.core.exercise import Step
from lumbar.core.message import Message
from lumbar.core.plan.programme import Programme


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a session: its kind, what is said in order, what is shown, and the fields of its kind."""

    kind: str
    say: tuple[Message, ...] = ()
    show: Message | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def seconds(self) -> int:
        """How long it is planned to take."""
        value = self.fields.get("target_s", self.fields.get("seconds", 0))
        return value if isinstance(value, int) else 0

    def as_json(self, number: int) -> dict[str, object]:
        """The step as plain values, with its place in the session."""
        return {
            "i": number,
            "kind": self.kind,
            "say": [message.as_json() for message in self.say],
            "show": None if self.show is None else self.show.as_json(),
            **self.fields,
        }


def seconds(legs: Iterable[Leg]) -> int:
    """How long they are planned to take."""
    return sum(leg.seconds for leg in legs)


def minutes(legs: Iterable[Leg]) -> int:
    """The same in whole minutes, rounded up."""
    return -(-seconds(legs) // 60)


def step_minutes(legs: Iterable[Leg], programme: Programme) -> dict[Step, int]:
    """The minutes of a session's steps, in the programme's order; they come to those of the session.

    Each has the way to its exercises; what comes before the first and after the last exercise goes with those. Steps
    are rounded so that their sum is right: a step's minutes end where the session's, rounded up, stand after it.
    """
    spent_s: dict[Step, int] = {}
    here: Step | None = None
    before_s = 0
    for leg in legs:
        name = leg.fields.get("exercise")
        here = programme.exercises[name].step if isinstance(name, str) else here
        if here is None:
            before_s += leg.seconds
            continue
        spent_s[here] = spent_s.get(here, 0) + before_s + leg.seconds
        before_s = 0
    found: dict[Step, int] = {}
    so_far_s = 0
    for step in (step for step in Step if step in spent_s):
        began_s, so_far_s = so_far_s, so_far_s + spent_s[step]
        found[step] = -(-so_far_s // 60) - -(-began_s // 60)
    return found
