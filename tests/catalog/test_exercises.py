"""The eight exercises of the brief, with exactly its doses, and ours."""

import pytest

from lumbar.catalog import Catalogue, shipped_catalogue
from lumbar.core.exercise import Exercise, Step

STRETCH_TWICE = (Step.HIPS, True, 30, (1, 2), 1, 4)
CORE_EVERY_OTHER_DAY = (1, 1), 2, 0
POSTURE_ONCE = (1, 1), 1, 0
BRIEF = {
    "hip-flexor-stretch": STRETCH_TWICE,
    "hamstring-stretch": STRETCH_TWICE,
    "piriformis-stretch": STRETCH_TWICE,
    "plank": (Step.CORE, False, 60, *CORE_EVERY_OTHER_DAY),
    "side-plank": (Step.CORE, True, 45, *CORE_EVERY_OTHER_DAY),
    "glute-bridge": (Step.CORE, False, 60, *CORE_EVERY_OTHER_DAY),
    "chest-stretch": (Step.POSTURE, True, 30, *POSTURE_ONCE),
    "neck-stretch": (Step.POSTURE, True, 30, *POSTURE_ONCE),
}
OURS = {"hip-hinge"}
FAULTS_OTHERS_RELY_ON = {
    "plank": {"hips-sagging", "hips-piked", "knees-bent"},
    "side-plank": {"hips-dropped"},
    "glute-bridge": {"hips-low"},
    "hip-flexor-stretch": {"leaning-forward"},
    "hamstring-stretch": {"knee-bent"},
    "neck-stretch": {"no-tilt"},
    "chest-stretch": {"arm-low"},
    "piriformis-stretch": set(),
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shipped_catalogue()


def test_there_are_the_eight_of_the_brief_and_ours(catalogue: Catalogue) -> None:
    assert set(catalogue.exercises) == set(BRIEF) | OURS
    assert {name for name, exercise in catalogue.exercises.items() if exercise.step.ours} == OURS


def test_nothing_of_ours_claims_to_be_the_briefs(catalogue: Catalogue) -> None:
    for name in OURS:
        exercise = catalogue.exercise(name)
        assert "brief" not in {exercise.dose.source, *(rung.source for rung in exercise.rungs)}


@pytest.mark.parametrize("name", BRIEF)
def test_the_dose_is_the_briefs(catalogue: Catalogue, name: str) -> None:
    exercise = catalogue.exercise(name)
    dose = exercise.dose
    assert BRIEF[name] == (
        exercise.step, exercise.two_sided, dose.target_s, dose.times_per_day, dose.every_days, dose.gap_h
    )  # fmt: skip
    assert dose.source == "brief"


def test_the_loads_are_the_briefs_and_only_they(catalogue: Catalogue) -> None:
    loads = {name: catalogue.exercise(name).loads for name in BRIEF if catalogue.exercise(name).loads}
    assert {name: [(load.id, load.first_lb) for load in found] for name, found in loads.items()} == {
        "plank": [("plate", 25)],
        "glute-bridge": [("barbell", None)],
    }


@pytest.mark.parametrize("name", FAULTS_OTHERS_RELY_ON)
def test_the_faults_that_others_rely_on_are_there(catalogue: Catalogue, name: str) -> None:
    found = {check.id for check in catalogue.exercise(name).checks}
    assert found >= FAULTS_OTHERS_RELY_ON[name]


def test_what_no_view_reads_well_is_never_faulted(catalogue: Catalogue) -> None:
    piriformis = catalogue.exercise("piriformis-stretch")
    assert not piriformis.judged
    assert piriformis.checks == ()


@pytest.mark.parametrize("exercise", shipped_catalogue().exercises.values(), ids=lambda e: e.id)
def test_the_ladder_ends_in_the_goals_form_and_begins_below(exercise: Exercise) -> None:
    source = "design" if exercise.id in OURS else "brief"
    assert any(rung.goal_form and rung.source == source for rung in exercise.rungs)
    assert exercise.first_rung in exercise.rungs
    assert exercise.rung(None) is exercise.first_rung
    assert exercise.rungs[0].modifications, "the easiest rung is there for somebody who cannot do the others"


def test_side_planks_begin_on_the_short_lever(catalogue: Catalogue) -> None:
    assert catalogue.exercise("side-plank").first_rung.id == "short-lever"


@pytest.mark.parametrize("exercise", shipped_catalogue().exercises.values(), ids=lambda e: e.id)
def test_every_number_has_a_source(exercise: Exercise) -> None:
    known = shipped_catalogue().sources
    named = [exercise.dose.source, exercise.camera.source, exercise.settings.source]
    named += [part.source for part in (*exercise.checks, *exercise.presence, *exercise.sight, *exercise.loads)]
    named += [rung.source for rung in exercise.rungs]
    assert set(named) <= set(known)
