"""What the reference pages say is what the code does."""

import re

from lumbar.core.coach.states import TRANSITIONS, Look, Phase
from lumbar.core.measure import MEASURES
from lumbar.core.record import TYPES
from reference import coach, facts, measures


def test_the_diagram_holds_every_move_and_no_other() -> None:
    arrows = re.findall(r"^ +([a-z-]+) --> ([a-z-]+): (.+)$", coach.diagram(), re.MULTILINE)
    drawn = {(Phase(a), Look(look)): Phase(b) for a, b, looks in arrows for look in looks.split(", ")}
    assert drawn == dict(TRANSITIONS)


def test_every_phase_is_drawn() -> None:
    diagram = coach.diagram()
    assert all(re.search(rf"\b{phase.value}\b", diagram) for phase in Phase)


def test_every_type_of_fact_has_its_fields() -> None:
    parts = re.split(r"^## ", facts.write(), flags=re.MULTILINE)
    tables = {part.split("`")[1]: part for part in parts if part.startswith("`")}
    assert set(tables) == set(TYPES)
    assert "`credited_s` | a number of seconds, 0 to 86400 |" in tables["set-done"]
    assert "`side` | one of left, right; may be missing |" in tables["set-done"]
    assert "`how` | one of finished, stopped, hurt |" in tables["session-ended"]


def test_every_measure_is_listed() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \|", measures.write(), re.MULTILINE) == list(MEASURES)
