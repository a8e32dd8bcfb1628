"""A moment against somebody's own baseline: told apart, refused, and the same however a picture is taken."""

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.core.body import Frame, Landmark
from lumbar.core.errors import BadInput
from lumbar.core.posture import Baseline, Doubt, PostureSettings, State, calibrate, read
from lumbar.core.posture.measures import MEASURES
from validation.acts import as_is, changed, moved, nobody, scaled, turned

from .conftest import Person


def told(person: Person, baseline: Baseline, phase: str, how: Callable[[Frame], Frame] = as_is) -> list[State]:
    return [read(how(frame), baseline, person.settings.reading).state for frame in person.moments[phase]]


def share(states: list[State], *wanted: State) -> float:
    return sum(state in wanted for state in states) / len(states)


@pytest.mark.parametrize("slump", ["slouched", "forward"])
def test_upright_is_told_from_slouched_and_forward_whichever_was_calibrated(person: Person, slump: str) -> None:
    baseline = person.baseline(slump)
    upright = told(person, baseline, "upright")
    drifted = told(person, baseline, "slouched") + told(person, baseline, "forward")
    assert share(upright, State.TALL) >= 0.95
    assert (share(drifted, State.SLUMPED) + 1 - share(upright, State.SLUMPED, State.CANNOT_JUDGE)) / 2 >= 0.95


def test_half_way_is_neither_tall_nor_slumped(person: Person) -> None:
    upright, slouched = person.moments["upright"][0], person.moments["slouched"][0]
    between = Frame(
        0.0,
        upright.aspect,
        tuple(
            Landmark(*(a + 0.32 * (b - a) for a, b in zip(one, other, strict=True)))
            for one, other in zip(upright.points, slouched.points, strict=True)
        ),
    )
    assert read(between, person.baseline(), person.settings.reading).state is State.USUAL


@pytest.mark.parametrize(
    ("how", "doubt"),
    [
        (nobody, Doubt.NOBODY),
        (lambda frame: turned(frame, 60.0), Doubt.TURNED_AWAY),
        (lambda frame: turned(frame, -60.0), Doubt.TURNED_AWAY),
        (lambda frame: turned(frame, 180.0), Doubt.TURNED_AWAY),
        (lambda frame: moved(frame, right=0.6), Doubt.ANOTHER),
        (lambda frame: scaled(frame, 0.5), Doubt.ANOTHER),
        (lambda frame: scaled(frame, 1.8), Doubt.ANOTHER),
        (lambda frame: changed(frame, lambda p: p._replace(visibility=0.3)), Doubt.UNSEEN),
    ],
    ids=["nobody", "turned-left", "turned-right", "from-behind", "elsewhere", "far", "near", "dim"],
)
def test_what_cannot_be_judged_says_why(person: Person, how: Callable[[Frame], Frame], doubt: Doubt) -> None:
    baseline = person.baseline()
    for phase in ("upright", "slouched"):
        for frame in person.moments[phase]:
            reading = read(how(frame), baseline, person.settings.reading)
            assert (reading.state, reading.position, reading.doubt) == (State.CANNOT_JUDGE, None, doubt)


def test_somebody_of_another_build_at_the_same_place_is_not_judged(person: Person) -> None:
    def broad(frame: Frame) -> Frame:
        """The same face over much broader shoulders."""
        points = list(frame.points)
        for one, other in ((11, 12), (12, 11)):
            x = (points[11].x + points[12].x) / 2
            points[one] = frame.points[one]._replace(x=x + 1.5 * (frame.points[one].x - x))
            assert other != one
        return Frame(frame.t_s, frame.aspect, tuple(points))

    reading = read(broad(person.moments["upright"][0]), person.baseline(), person.settings.reading)
    assert reading.doubt is Doubt.ANOTHER


@given(right=st.floats(-0.15, 0.15), up=st.floats(-0.1, 0.1), phase=st.sampled_from(["upright", "slouched", "forward"]))
def test_a_little_beside_reads_alike(person: Person, right: float, up: float, phase: str) -> None:
    baseline = person.baseline()
    frame = person.moments[phase][0]
    one, other = (read(f, baseline, person.settings.reading) for f in (frame, moved(frame, right, up)))
    assert one.state is other.state
    assert other.position == pytest.approx(one.position, abs=1e-6)


@pytest.mark.parametrize("phase", ["upright", "slouched", "forward"])
def test_a_mirrored_camera_reads_alike(person: Person, phase: str) -> None:
    mirrored = calibrate(
        [frame.mirrored() for frame in person.moments["upright"]],
        [frame.mirrored() for frame in person.moments["slouched"]],
        person.settings,
    )
    for frame in person.moments[phase]:
        straight = read(frame, person.baseline(), person.settings.reading)
        assert read(frame.mirrored(), mirrored, person.settings.reading).state is straight.state


def test_poses_that_look_alike_are_refused(person: Person) -> None:
    upright = person.moments["upright"]
    with pytest.raises(BadInput, match="posture-alike"):
        calibrate(upright[::2], upright[1::2], person.settings)


def test_a_slump_above_tall_is_no_slump(person: Person) -> None:
    with pytest.raises(BadInput, match="posture-alike"):
        calibrate(person.moments["slouched"], person.moments["upright"], person.settings)


@pytest.mark.parametrize("empty", ["tall", "slump"])
def test_a_pose_that_was_not_seen_is_named(person: Person, empty: str) -> None:
    poses = {"tall": person.moments["upright"], "slump": person.moments["slouched"]}
    poses[empty] = tuple(nobody(frame) for frame in poses[empty])
    with pytest.raises(BadInput) as refused:
        calibrate(poses["tall"], poses["slump"], person.settings)
    assert refused.value.message.params["pose"] == f"@posture.pose.{empty}"


def test_no_limit_lies_further_from_tall_than_the_catalogue_allows(person: Person) -> None:
    baseline = person.baseline()
    for span in baseline.spans:
        furthest = person.settings.gauge(span.measure).limit(span.tall)
        assert 0 < (span.limit - span.tall) / furthest <= 1


def test_a_measure_that_cannot_tell_the_poses_apart_is_left_out_unless_its_limit_stands_alone(person: Person) -> None:
    deaf = dataclasses.replace(
        person.settings,
        gauges=tuple(
            dataclasses.replace(g, smallest_sd=g.smallest_sd * 30, alone=False) for g in person.settings.gauges
        ),
    )
    with pytest.raises(BadInput, match="posture-alike"):
        calibrate(person.moments["upright"], person.moments["slouched"], deaf)


def test_a_baseline_survives_being_written_down(person: Person) -> None:
    baseline = person.baseline()
    assert Baseline.from_json(baseline.as_json()) == baseline


numbers = st.floats(allow_nan=True, allow_infinity=True, width=32) | st.floats(-2, 2)


@given(points=st.lists(st.tuples(numbers, numbers, numbers, st.floats(0, 1)), min_size=33, max_size=33))
def test_any_rubbish_gives_a_reading(person: Person, points: list[tuple[float, float, float, float]]) -> None:
    frame = Frame.from_landmarks(points, aspect=1.5, t_s=0.0)
    reading = read(frame, person.baseline(), person.settings.reading)
    assert (reading.position is None) == (reading.state is State.CANNOT_JUDGE) == (reading.doubt is not None)
    assert set(reading.measures) <= set(MEASURES)


def test_every_measure_of_the_catalogue_is_there(settings: PostureSettings) -> None:
    assert {gauge.id for gauge in settings.gauges} == set(MEASURES)
