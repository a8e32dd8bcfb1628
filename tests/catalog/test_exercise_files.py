"""The exercise files say what the programme prescribes, and everything they name has words."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from lumbar.catalog import Catalogue, shipped_catalogue
from lumbar.catalog.load import HERE, load_catalogue
from lumbar.catalog.screening import load_form
from lumbar.catalog.words import Words, load_words
from lumbar.core.errors import BadCatalog
from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import say
from lumbar.core.plan.load import in_kg
from lumbar.core.position import Position
from lumbar.core.rung import Rung

CATALOGUE = shipped_catalogue()
EXERCISES = tuple(CATALOGUE.exercises.values())
RUNGS = [(exercise, rung) for exercise in EXERCISES for rung in exercise.rungs]

# The programme: step, both sides, seconds to work up to, every so many days, times a day.
PRESCRIBED = {
    "hip-flexor-stretch": (Step.HIPS, True, 30, 1, (1, 2)),
    "hamstring-stretch": (Step.HIPS, True, 30, 1, (1, 2)),
    "piriformis-stretch": (Step.HIPS, True, 30, 1, (1, 2)),
    "plank": (Step.CORE, False, 60, 2, (1, 1)),
    "side-plank": (Step.CORE, True, 45, 2, (1, 1)),
    "glute-bridge": (Step.CORE, False, 60, 2, (1, 1)),
    "chest-stretch": (Step.POSTURE, True, 30, 1, (1, 1)),
    "neck-stretch": (Step.POSTURE, True, 30, 1, (1, 1)),
    "hip-hinge": (Step.MOVE, False, 2, 1, (1, 1)),
}
LADDERS = {
    "hip-flexor-stretch": ["standing", "half-kneeling", "arm-up"],
    "hamstring-stretch": ["step", "ninety-ninety", "strap"],
    "piriformis-stretch": ["chair", "wall", "lying"],
    "plank": ["wall", "table", "knee", "forearm", "straight-arm"],
    "side-plank": ["wall-lean", "hip-lift", "short-lever", "long-legs"],
    "glute-bridge": ["standing-squeeze", "squeeze", "partial", "padded", "full"],
    "chest-stretch": ["low-elbow", "doorway"],
    "neck-stretch": ["upright", "no-hand", "with-hand"],
    "hip-hinge": ["wall", "dowel", "hands"],
}
FIRST = {
    "hip-flexor-stretch": "half-kneeling",
    "hamstring-stretch": "strap",
    "piriformis-stretch": "lying",
    "plank": "forearm",
    "side-plank": "short-lever",
    "glute-bridge": "full",
    "chest-stretch": "doorway",
    "neck-stretch": "no-hand",
    "hip-hinge": "dowel",
}
GOAL_FORMS = {
    "hip-flexor-stretch": {"half-kneeling", "arm-up"},
    "hamstring-stretch": {"strap"},
    "piriformis-stretch": {"lying"},
    "plank": {"forearm", "straight-arm"},
    "side-plank": {"long-legs"},
    "glute-bridge": {"padded", "full"},
    "chest-stretch": {"doorway"},
    "neck-stretch": {"with-hand"},
    "hip-hinge": {"hands"},
}
AVOIDED = {
    "hip-flexor-stretch": {"B8"},
    "hamstring-stretch": {"B7"},
    "piriformis-stretch": {"B7"},
    "plank": {"B9", "B10", "B11", "B12"},
    "side-plank": {"B9", "B10", "B11", "B12"},
    "glute-bridge": {"B9", "B10", "B11", "B12"},
    "chest-stretch": set(),
    "neck-stretch": {"B13", "B15"},
    "hip-hinge": set(),
}
VARIANTS = {
    "C2": {
        "hip-flexor-stretch": "standing", "hamstring-stretch": "step", "piriformis-stretch": "chair", "plank": "wall",
        "side-plank": "wall-lean", "glute-bridge": "standing-squeeze",
    },
    "C3": {"plank": "table", "side-plank": "wall-lean", "chest-stretch": "low-elbow", "hip-hinge": "wall"},
    "C4": {"hip-flexor-stretch": "standing"},
    "C6": {"neck-stretch": "upright", "hip-hinge": "dowel"},
    "C7": {"plank": "table", "glute-bridge": "padded"},
    "C8": {"neck-stretch": "upright"},
    "C10": {
        "hamstring-stretch": "step", "piriformis-stretch": "chair", "plank": "table", "side-plank": "wall-lean",
        "glute-bridge": "standing-squeeze",
    },
    "B12": {"plank": "table"},
    "B13": {"neck-stretch": "upright"},
    "B15": {"neck-stretch": "upright"},
}  # fmt: skip
"""Screening flags, and the rung that each chooses instead."""

each = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
each_rung = pytest.mark.parametrize(("exercise", "rung"), RUNGS, ids=lambda v: v.id)


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words()


def test_these_are_the_exercises() -> None:
    assert set(CATALOGUE.exercises) == set(PRESCRIBED)


@each
def test_the_dose_is_the_programmes(exercise: Exercise) -> None:
    dose = exercise.dose
    said = (exercise.step, exercise.two_sided, dose.target_s, dose.every_days, dose.times_per_day)
    assert said == PRESCRIBED[exercise.id]
    assert dose.source == ("design" if exercise.step.ours else "brief")
    if dose.times_per_day[1] > 1:
        assert (dose.gap_h, dose.gap_source) == (4, "design")


@each
def test_the_ladder(exercise: Exercise) -> None:
    assert [rung.id for rung in exercise.rungs] == LADDERS[exercise.id]
    assert exercise.first_rung.id == FIRST[exercise.id]
    assert {rung.id for rung in exercise.rungs if rung.goal_form} == GOAL_FORMS[exercise.id]
    assert exercise.avoid == AVOIDED[exercise.id]


def test_flags_choose_variants() -> None:
    chosen: dict[str, dict[str, str]] = {}
    for exercise, rung in RUNGS:
        for flag in rung.modifications:
            assert exercise.id not in chosen.setdefault(flag, {}), "a flag chooses one rung of an exercise"
            chosen[flag][exercise.id] = rung.id
    assert chosen == VARIANTS
    assert set(chosen) <= {flag for item in load_form(CATALOGUE).items.values() for flag in item.flags}


def test_who_cannot_get_down_to_the_floor_stays_off_it() -> None:
    for name, rung_id in VARIANTS["C2"].items():
        exercise = CATALOGUE.exercise(name)
        assert exercise.rung(rung_id).position in (Position.STANDING, Position.SITTING)


@pytest.mark.parametrize(("name", "load", "first_lb"), [("plank", "plate", 25), ("glute-bridge", "barbell", None)])
def test_loads_are_described(name: str, load: str, first_lb: float | None, words: Words) -> None:
    (stage,) = CATALOGUE.exercise(name).loads
    assert (stage.id, stage.first_lb, stage.source) == (load, first_lb, "brief")
    text = words.written(say(f"{name}.load.{load}", kg=in_kg(first_lb or 0)))
    assert "expert" not in text, "who must agree is said by the day, which knows whether somebody did"
    assert "shut until an expert has agreed" in words.written(say("ui.exercise.load.later"))
    if first_lb:
        assert "11.3\u00a0kg to begin with or, by your own weight, less" in text, (
            "pounds are for the page, and for who prefers them"
        )
        assert "between the shoulder blades" in text
        assert "never in the hollow of the low back" in text


def test_no_load_elsewhere() -> None:
    assert [e.id for e in EXERCISES if e.loads] == ["glute-bridge", "plank"]


def test_the_hinge_is_a_drill_of_two_sets_of_eight_twice_a_week(words: Words) -> None:
    hinge = CATALOGUE.exercise("hip-hinge")
    assert hinge.repetition is not None
    assert (hinge.dose.sets, hinge.repetition.count, hinge.holds) == (2, 8, 16)
    assert (hinge.dose.days_per_week, hinge.dose.gap_days) == (2, 3)
    assert hinge.loads == (), "no weight comes with it, and none is promised"
    assert words.written(say("hip-hinge.goal", sets=2, repetitions=8)) == "2 sets of 8 slow repetitions."
    bands = {check.id: (check.good.low, check.good.high) for check in hinge.checks}
    assert (bands["knees-bent"][0], bands["knees-locked"][1]) == (140, 165)
    assert (bands["leaning-little"][0], bands["leaning-deep"][1]) == (40, 70)
    assert bands["head-hanging"][0] == 150
    assert bands["hands-far"][1] == 0.25


# What only a drill has, and what it cannot be without. Each takes the hinge's text and spoils it.
NO_DRILL: dict[str, tuple[Callable[[str], str], str]] = {
    "no repetition": (lambda s: s[: s.index("[repetition]")] + s[s.index("[[perspective]]") :], "has a repetition"),
    "another step": (lambda s: s.replace('step = "move"', 'step = "hips"', 1), "has a repetition"),
    "every day": (lambda s: s.replace("days_per_week = 2, ", "", 1), "how many days of the week"),
    "nine days a week": (lambda s: s.replace("days_per_week = 2", "days_per_week = 9", 1), "the seven days"),
    "no gap": (lambda s: s.replace("gap_days = 3", "gap_days = 0", 1), "gap_days must be at least 1"),
    "no time": (lambda s: s.replace("down_s = 3", "down_s = 0", 1), "seconds must be positive"),
    "no beginning": (lambda s: re.sub(r"begins = \[.*\]\n", "begins = []\n", s, count=1), "where it begins"),
}


@pytest.mark.parametrize("name", NO_DRILL)
def test_a_drill_is_whole_or_is_told_what_it_lacks(name: str, tmp_path: Path) -> None:
    spoil, told = NO_DRILL[name]
    sound = (HERE / "exercises/hip-hinge.toml").read_text(encoding="utf-8")
    assert spoil(sound) != sound
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises/hip-hinge.toml").write_text(spoil(sound), encoding="utf-8")
    with pytest.raises(BadCatalog, match=re.escape(told)):
        load_catalogue(tmp_path)


def test_only_what_a_camera_reads_well_is_judged() -> None:
    assert [exercise.id for exercise in EXERCISES if not exercise.judged] == ["piriformis-stretch"]
    assert CATALOGUE.exercise("piriformis-stretch").checks == ()


@each_rung
def test_a_rung_off_the_camera_has_nothing_to_judge(exercise: Exercise, rung: Rung) -> None:
    if not rung.camera_sees:
        assert exercise.checks_of(rung) == ()


@each
def test_the_camera_stands_as_it_should(exercise: Exercise) -> None:
    height, distance = exercise.camera.height_m, exercise.camera.distance_m
    if exercise.step.ours:
        assert (exercise.camera.view, height.low) == ("side", 0.6)
    elif exercise.position is Position.STANDING:
        assert exercise.camera.view == "front"
        assert height.low >= 0.9
    else:
        assert (height.low, height.high, distance.low, distance.high) == (0.3, 0.5, 2.0, 3.0)


@each
def test_every_hold_asks_for_breath(exercise: Exercise, words: Words) -> None:
    if exercise.repetition is not None:  # its own words breathe in and out
        ways = [words.written(say(f"{exercise.id}.{way}")) for way in ("way-down", "way-up")]
        assert [way.split(",")[0] for way in ways] == ["Breathe in", "Breathe out"]
        return
    assert words.spoken(say("prompt.breathe")) == "Count your breaths aloud."
    assert any(prompt.message == "prompt.breathe" and prompt.at_s <= 15 for prompt in exercise.prompts)
    at_s = [prompt.at_s for prompt in exercise.prompts]
    assert at_s == sorted(at_s)
    assert at_s[-1] < exercise.dose.target_s


def test_every_source_says_how_sure_it_is(words: Words) -> None:
    for source in CATALOGUE.sources.values():
        assert source.status in {"brief", "checked", "from-memory", "design", "calculated", "review"}, source.id
        assert words.of_source(source.id, source.title), source.id


@each
def test_everything_has_words(exercise: Exercise, words: Words) -> None:
    for part in ("name", "why", "goal", "feel", "not-feel", "camera", "set-up.1", "set-up.2", "set-up.3"):
        assert words.has(f"{exercise.id}.{part}"), part
    assert words.has(f"{exercise.id}.start", spoken=True)
    for side in ("left", "right") if exercise.two_sided else ():
        assert words.has(f"{exercise.id}.side.{side}")
    for thing in {thing for rung in exercise.rungs for thing in exercise.equipment_of(rung)} | {*exercise.equipment}:
        assert words.has(f"equipment.{thing}")
    assert words.has(f"step.{exercise.step}")


@each_rung
def test_every_rung_has_a_name_and_a_way_in(exercise: Exercise, rung: Rung, words: Words) -> None:
    assert words.has(f"{exercise.id}.rung.{rung.id}")
    assert words.has(f"position.{rung.position or exercise.position}")
    if not rung.first:
        assert words.has(f"{exercise.id}.rung.{rung.id}.set-up")


@each
def test_a_cue_is_an_action_and_has_other_words_for_the_second_time(exercise: Exercise, words: Words) -> None:
    for check in exercise.checks:
        first, again = check.cues
        assert again == f"{first}-again"
        said = [words.spoken(say(cue)) for cue in check.cues]
        assert said[0] != said[1]
        assert all(text[0].isupper() and text.endswith(".") and len(text) <= 70 for text in said)


@each_rung
def test_a_forms_own_cue_is_an_action_in_two_wordings(exercise: Exercise, rung: Rung, words: Words) -> None:
    for cues in rung.cues.values():
        said = [words.spoken(say(cue)) for cue in cues]
        assert len({*said}) == 2
        assert all(text[0].isupper() and text.endswith(".") and len(text) <= 70 for text in said)


@each_rung
def test_what_is_to_lie_ready_for_a_form_is_what_its_figure_shows(exercise: Exercise, rung: Rung) -> None:
    """A chair is drawn as one, whether somebody holds it or sits on it; a cushion is drawn as the pad that it is."""
    names = {"seat": "chair", "cushion": "pad"}
    ready = {names.get(thing, thing) for thing in exercise.equipment_of(rung)}
    assert {prop.id for prop in rung.props} <= ready


@each
def test_spoken_lines_are_short(exercise: Exercise, words: Words) -> None:
    lines = ["start", "set-up.1", "set-up.2", "set-up.3", "camera"]
    for line in (f"{exercise.id}.{part}" for part in lines):
        text = words.spoken(say(line))
        assert len(text) <= 110, f"{line}: {text}"
        assert " cm" not in text


def test_steps_are_named_as_in_the_programme(words: Words) -> None:
    names = [words.written(say(f"step.{step}")) for step in ("hips", "core", "posture", "move")]
    assert names == ["Stretch the hips", "Strengthen the core", "Improve the posture", "Keep moving"]
    assert words.written(say("step.move.ours")) == "our addition"


def test_posture_through_the_day(words: Words) -> None:
    crown, shoulders, slouch = (words.written(say(f"posture.{cue}")) for cue in ("crown", "shoulders", "slouch"))
    assert "crown of your head high" in crown
    assert "shoulders back" in shoulders
    assert "rolling forward" in shoulders
    assert "slouch" in slouch


# What a file must not say. Each takes a sound file's text and spoils it.
BROKEN: dict[str, tuple[Callable[[str], str], str]] = {
    "a joint that nobody has": (lambda s: s.replace('pin = "right-elbow"', 'pin = "right-toe"', 1), "right-toe"),
    "a knee that reaches": (
        lambda s: s.replace('"left-ankle" = [0.435', '"left-knee" = [0.435', 1),
        "ankles and wrists",
    ),
    "time that stands still": (lambda s: s.replace("at_s = 3, phase", "at_s = 0, phase", 1), "come after"),
    "one picture only": (
        lambda s: _without_line(s, 'at_s = 3, phase = "hold", trunk = 69'),
        "needs a start and a hold",
    ),
    "a source that nobody knows": (lambda s: s.replace('source = "brief"', 'source = "hearsay"', 1), "hearsay"),
    "a measure that nobody knows": (lambda s: s.replace('"knee-deg"', '"knee-mood"', 1), "knee-mood"),
    "a band upside down": (lambda s: s.replace("good = [165, 180]", "good = [180, 165]", 1), "low end"),
    "a good band outside the acceptable": (lambda s: s.replace("good = [165, 180]", "good = [150, 180]", 1), "inside"),
    "no first rung": (lambda s: s.replace("first = true\n", "", 1), "exactly one rung must be the first"),
    "a field that nobody reads": (lambda s: s.replace("[dose]", "[dose]\nmood = 3", 1), "mood"),
    "no TOML": (lambda s: s + "\n[[", "plank.toml"),
}


def _without_line(text: str, part: str) -> str:
    return "\n".join(line for line in text.splitlines() if part not in line)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_with_its_place(name: str, tmp_path: Path) -> None:
    spoil, told = BROKEN[name]
    sound = (HERE / "exercises/plank.toml").read_text(encoding="utf-8")
    broken = spoil(sound)
    assert broken != sound
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises/plank.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(BadCatalog) as caught:
        load_catalogue(tmp_path)
    assert "plank.toml" in str(caught.value)
    assert told in str(caught.value)


def test_an_own_file_of_the_same_name_replaces_ours(tmp_path: Path) -> None:
    text = (HERE / "exercises/plank.toml").read_text(encoding="utf-8").replace("target_s = 60", "target_s = 40", 1)
    assert tomllib.loads(text)["dose"]["target_s"] == 40
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises/plank.toml").write_text(text, encoding="utf-8")
    own: Catalogue = load_catalogue(tmp_path)
    assert own.exercise("plank").dose.target_s == 40
    assert own.exercise("side-plank") == CATALOGUE.exercise("side-plank")
    assert own.hash != CATALOGUE.hash


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_every_fault_of_hips_is_shown_at_the_hip_and_the_way_that_mends_it(exercise: Exercise) -> None:
    ways = {"hips-sagging": "up", "hips-dropped": "up", "hips-low": "up", "hips-piked": "down"}
    for check in exercise.checks:
        if check.id in ways:
            assert check.mend is not None
            assert (check.mend.joint.name, check.mend.towards) == ("HIP", ways[check.id])


def test_a_mend_names_a_joint(tmp_path: Path) -> None:
    text = (HERE / "exercises/plank.toml").read_text()
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises/plank.toml").write_text(text.replace('joint = "hip"', 'joint = "spine"'))
    with pytest.raises(BadCatalog, match=r"no joint is called spine; there are eye, ear"):
        load_catalogue(tmp_path)


# An arm that hangs is no stretch of the chest at all: there the family and the grade look at one thing.
BOTH = {("chest-stretch", "arm-elevation-deg")}


@pytest.mark.parametrize(("exercise", "rung"), RUNGS, ids=lambda it: it.id)
def test_the_family_of_a_posture_does_not_depend_on_what_is_graded(exercise: Exercise, rung: Rung) -> None:
    graded = {rung.measures.get(check.id, check.measure) for check in exercise.checks_of(rung)}
    family = {condition.measure for condition in exercise.presence_of(rung)}
    assert {(exercise.id, measure) for measure in graded & family} <= BOTH
