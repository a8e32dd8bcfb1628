"""The day's picture: shares of what could be judged, and the same in whole percent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.core.posture.picture import Picture

ON = date(2026, 3, 2)
SECONDS = st.floats(0.0, 86_400.0)


@pytest.mark.parametrize(
    ("seconds", "percents"),
    [
        ((628, 56, 316), (63, 5, 32)),
        ((3333, 3333, 3334), (33, 33, 34)),
        ((5, 5, 990), (1, 0, 99)),
        ((60, 0, 0), (100, 0, 0)),
    ],
)
def test_what_is_left_over_goes_to_the_largest_remainder(
    seconds: tuple[float, float, float], percents: tuple[int, int, int]
) -> None:
    assert Picture(ON, *seconds).percents == dict(zip(("tall", "usual", "slumped"), percents, strict=True))


@given(SECONDS, SECONDS, SECONDS)
def test_percents_add_up_and_are_within_one_of_their_shares(tall_s: float, usual_s: float, slumped_s: float) -> None:
    picture = Picture(ON, tall_s, usual_s, slumped_s)
    shares, percents = picture.shares, picture.percents
    if shares is None or percents is None:
        assert shares is percents is None
        return
    assert sum(percents.values()) == 100
    assert all(abs(percents[name] - 100 * share) < 1 + 1e-6 for name, share in shares.items())


def test_of_what_nobody_could_judge_there_is_no_share() -> None:
    assert Picture(ON, unjudged_s=60.0).as_json()["percents"] is None
