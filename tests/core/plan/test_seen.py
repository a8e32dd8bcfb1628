"""What a camera saw of a session speaks for all of it only where it saw as much as has to be well held."""

from typing import Any

import pytest
from tests.core.plan.test_baseline import Trainee

from lumbar.core.plan import Programme


def seen_for(person: Trainee, share: float, *, word: bool, faulty: bool = False) -> Trainee:
    """From now on a camera sees this share of every hold, and the person says that the shape was kept, or nothing."""
    life, plain, add = person.life, person.life.hold, person.life.add

    def held(at: Any, exercise: str, side: Any = None, outcome: str = "done", **more: Any) -> Any:
        held_s = more.get("credited_s", 5)
        seen_s = held_s * share
        faults = [{"id": "hips-sagging", "from_s": 0.0, "to_s": seen_s / 2}] if faulty else []
        told = {"measured": True, "in_position_s": seen_s, "unjudged_s": held_s - seen_s, "faults": faults}
        return plain(at, exercise, side, outcome, **{**more, **told})

    life.hold = held
    if not word:
        life.add = lambda type_, at, **body: None if type_ == "shape-reported" else add(type_, at, **body)
    return person


def at_the_target(person: Trainee) -> Trainee:
    for _ in range(22):
        person.train(60)
    assert person.dose() == ("forearm", 2, 60)
    return person


def waits_for(person: Trainee) -> set[str]:
    ids = [why.message.id for why in person.item().reasons]
    return {name.removeprefix("plan.load.") for name in ids if name.startswith("plan.load.")}


@pytest.mark.parametrize(("share", "seen"), [(2 / 60, False), (0.5, False), (0.94, False), (0.96, True), (1.0, True)])
def test_a_weight_waits_for_a_session_that_was_seen(programme: Programme, life: Any, share: float, seen: bool) -> None:
    person = at_the_target(seen_for(Trainee(programme, life), share, word=True))
    assert ("seen" not in waits_for(person)) is seen


@pytest.mark.parametrize("share", [2 / 60, 0.5, 0.85])
def test_a_few_seconds_that_were_seen_count_for_no_session(programme: Programme, life: Any, share: float) -> None:
    person = Trainee(programme, life).train(20).train(20)
    before = person.dose()
    seen_for(person, share, word=False)
    for _ in range(4):
        person.train(20)
    assert person.dose() == before


def test_with_the_persons_word_they_count(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life).train(20).train(20)
    before = person.dose()
    seen_for(person, 0.5, word=True)
    for _ in range(4):
        person.train(20)
    assert person.dose() > before


def test_what_was_seen_badly_held_is_not_well_held_by_their_word(programme: Programme, life: Any) -> None:
    person = Trainee(programme, life).train(20).train(20)
    before = person.dose()
    seen_for(person, 0.5, word=True, faulty=True)
    for _ in range(4):
        person.train(20)
    assert person.dose() == before
