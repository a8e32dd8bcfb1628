"""The coach: its phases drawn from the table that it runs on, and the events that it gives."""

import dataclasses
import typing

from lumbar.core.coach import events, states
from lumbar.core.coach.states import TRANSITIONS, Look, Phase
from reference.markdown import code, doc, page, table


def write() -> str:
    """The essay over the table, the diagram, the moves and the events."""
    _title, _, essay = doc(states).partition("\n")
    return page(
        "# The coach",
        essay,
        "## Phases",
        code(diagram(), "mermaid"),
        "## Moves",
        "All there are; anything else changes nothing.",
        table(
            ["phase", "what happens", "next phase"],
            [(p.value, look.value, to.value) for (p, look), to in TRANSITIONS.items()],
        ),
        "## Events",
        table(["event", "fields", "when"], [_event(kind) for kind in typing.get_args(events.Event)]),
    )


def diagram() -> str:
    """The table as a Mermaid state diagram; moves between the same two phases share one arrow."""
    arrows: dict[tuple[Phase, Phase], list[Look]] = {}
    for (phase, look), to in TRANSITIONS.items():
        arrows.setdefault((phase, to), []).append(look)
    lines = [
        f"    {a.value} --> {b.value}: {', '.join(look.value for look in looks)}" for (a, b), looks in arrows.items()
    ]
    ends = [f"    {phase.value} --> [*]" for phase in Phase if not any(source is phase for source, _ in TRANSITIONS)]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {next(iter(Phase)).value}", *lines, *ends])


def _event(kind: type) -> tuple[str, str, str]:
    fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(kind))
    return f"`{kind.__name__}`", fields, doc(kind)
