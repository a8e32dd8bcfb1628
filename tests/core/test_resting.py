"""A head that is read off level at rest: a coach takes the person's own reading, and credits no rest as a stretch."""

from dataclasses import replace

import pytest

from lumbar.catalog import shipped_catalogue
from lumbar.core import figure
from lumbar.core.body import Frame, Landmark, Part, Side
from lumbar.core.coach import Coach
from lumbar.core.measure import read
from lumbar.core.seen import Seen

NECK = shipped_catalogue().exercise("neck-stretch")
UPRIGHT = figure.sample(NECK, 0.0)
FPS = 15


def crooked(frame: Frame, deg: float) -> Frame:
    """The left ear read higher than it is, by an angle at the other."""
    left, right = frame.points[Part.EAR.on(Side.LEFT)], frame.points[Part.EAR.on(Side.RIGHT)]
    rise = abs((left.x - right.x) * frame.aspect) * deg * 3.14159 / 180
    points = list(frame.points)
    points[Part.EAR.on(Side.LEFT)] = Landmark(left.x, left.y - rise, left.z, left.visibility)
    return replace(frame, points=tuple(points))


def credited_s(*spells: tuple[Frame, float], side: Side | None = None) -> float:
    coach = Coach(NECK, side, target_s=None)
    number = 0
    for frame, seconds in spells:
        for _ in range(round(seconds * FPS)):
            coach.feed(replace(frame, t_s=number / FPS))
            number += 1
    return coach.progress.credited_s


def tilt_deg(frame: Frame) -> float:
    value = read(Seen(frame, 0.6), "head-tilt-deg", Side.LEFT)
    assert value is not None
    return value


def turned_away(frame: Frame) -> Frame:
    """The same head with shoulders that fall together, as from the side: a picture that cannot be judged."""
    middle = (frame.points[11].x + frame.points[12].x) / 2
    points = list(frame.points)
    for number in (11, 12):
        p = points[number]
        points[number] = Landmark(middle + (p.x - middle) * 0.1, p.y, p.z, p.visibility)
    return replace(frame, points=tuple(points))


@pytest.mark.parametrize("side", [None, Side.LEFT])
def test_a_crooked_reading_at_rest_is_no_stretch(side: Side | None) -> None:
    rest = crooked(UPRIGHT, 7.5)
    assert 7 < tilt_deg(rest) < 8
    assert credited_s((rest, 10), side=side) == 0


@pytest.mark.parametrize("before_deg", [-12.0, -9.0, -6.0, -3.0, 3.0, 6.0])
@pytest.mark.parametrize("seconds", [0.3, 0.6, 2.0])
@pytest.mark.parametrize("then_deg", [-4.0, 0.0, 3.0, 5.0])
def test_no_reading_before_makes_a_rest_a_stretch(before_deg: float, seconds: float, then_deg: float) -> None:
    """A head that comes back from the other side's stretch is at no rest, whatever it is read as on its way."""
    assert credited_s((crooked(UPRIGHT, before_deg), seconds), (crooked(UPRIGHT, then_deg), 10), side=Side.LEFT) == 0


def test_a_rest_is_not_learned_from_a_picture_that_cannot_be_judged() -> None:
    away = turned_away(crooked(UPRIGHT, 7.0))
    held = figure.held(NECK, side=Side.LEFT)
    assert credited_s((away, 2.0), (held, 5.0), side=Side.LEFT) == pytest.approx(4.5, abs=0.15)


@pytest.mark.parametrize("off_deg", [-6.0, 0.0, 6.0])
@pytest.mark.parametrize("side", list(Side))
def test_a_stretch_counts_from_the_own_rest_on_either_side(side: Side, off_deg: float) -> None:
    held = figure.held(NECK, side=side)
    spells = ((crooked(UPRIGHT, off_deg), 2.0), (crooked(held, off_deg), 5.0))
    # Upright is in the posture already, so the entry has passed when the stretch begins.
    assert credited_s(*spells) == pytest.approx(4.9, abs=0.15)


def test_somebody_who_begins_in_the_stretch_is_read_as_they_are() -> None:
    assert credited_s((figure.held(NECK, side=Side.LEFT), 5.0)) == pytest.approx(4.5, abs=0.15)
    assert credited_s((crooked(UPRIGHT, 8.6), 5.0), side=Side.LEFT) == pytest.approx(4.5, abs=0.15)
