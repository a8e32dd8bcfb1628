"""Shares, intervals and scores, held to what was worked out by hand and to what must always be so."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.intervals import Figure, clustered, clustered_mean, clustered_share, macro_f1, median, share, wilson

HITS = st.lists(st.booleans(), min_size=1, max_size=60)


def test_wilson_as_in_the_textbook() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


@given(HITS)
def test_an_interval_holds_its_value_and_stays_a_share(hits: list[bool]) -> None:
    figure = share(hits)
    assert figure.low is not None
    assert figure.high is not None
    assert 0.0 <= figure.low <= sum(hits) / len(hits) <= figure.high <= 1.0
    assert figure.n == len(hits)


@given(HITS)
def test_more_of_the_same_makes_surer(hits: list[bool]) -> None:
    few, many = share(hits), share(hits * 4)
    assert many.high - many.low < few.high - few.low  # type: ignore[operator]


def test_nothing_looked_at_is_no_figure() -> None:
    for figure in (share([]), clustered_share([], []), clustered_mean([], []), median([])):
        assert (figure.value, figure.low, figure.high, figure.n) == (None, None, None, 0)


def test_frames_of_two_clips_are_two_things_and_not_two_hundred() -> None:
    hits, clips = [True] * 100 + [False] * 100, ["a"] * 100 + ["b"] * 100
    together, alone = clustered_share(hits, clips), share(hits)
    assert together.value == alone.value == 0.5
    assert (together.low, together.high, together.clusters) == (0.0, 1.0, 2)
    assert alone.high is not None
    assert alone.high < 0.6


def test_clips_that_agree_do_not_make_certain() -> None:
    figure = clustered_share([True] * 300, ["a"] * 150 + ["b"] * 100 + ["c"] * 50)
    assert (figure.low, figure.high) == pytest.approx(wilson(3, 3))


def test_one_clip_tells_nothing_of_others() -> None:
    assert clustered_mean([1.0, 2.0, 4.0], ["a"] * 3) == Figure(pytest.approx(7 / 3), None, None, 3, 1)


@given(st.lists(st.tuples(st.floats(-50, 50), st.integers(0, 4)), min_size=2, max_size=30))
def test_the_draws_are_the_same_every_time(rows: list[tuple[float, int]]) -> None:
    values, people = [value for value, _ in rows], [person for _, person in rows]
    assert clustered_mean(values, people) == clustered_mean(values, people)


def test_a_mean_of_equals_has_no_spread() -> None:
    figure = clustered_mean([2.5] * 6, "aabbcc")
    assert (figure.value, figure.low, figure.high) == (2.5, 2.5, 2.5)


def test_macro_f1_by_hand() -> None:
    labels = np.array(list("CCCCHHLL"))
    answers = np.array(list("CCCHHHL-"))
    # C: 3 right, 3 called, 4 are: 6/7. H: 2 right, 3 called, 2 are: 4/5. L: 1 right, 1 called, 2 are: 2/3.
    assert macro_f1(answers, labels, "CHL") == pytest.approx((6 / 7 + 4 / 5 + 2 / 3) / 3)


def test_no_answer_counts_as_wrong() -> None:
    labels = np.array(list("CCLL"))
    assert macro_f1(np.array(list("----")), labels, "CHL") == 0.0
    assert macro_f1(np.array(list("CCL-")), labels, "CHL") < macro_f1(labels, labels, "CHL") == 1.0


@given(st.lists(st.tuples(st.sampled_from("CHL-"), st.sampled_from("CHL")), min_size=1, max_size=40), st.randoms())
def test_macro_f1_knows_no_order_and_is_one_only_when_all_is_right(pairs: list[tuple[str, str]], dice: object) -> None:
    answers, labels = (np.array(column) for column in zip(*pairs, strict=True))
    score = macro_f1(answers, labels, "CHL")
    mixed = list(pairs)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    again, same = (np.array(column) for column in zip(*mixed, strict=True))
    assert score == pytest.approx(macro_f1(again, same, "CHL"))
    assert (score == 1.0) == bool((answers == labels).all())


def test_a_score_over_draws_without_a_label_is_still_a_number() -> None:
    rows = np.array([["C", "C"], ["H", "H"], ["H", "C"]])
    figure = clustered(rows, ["a", "b", "c"], lambda drawn: macro_f1(drawn[:, 0], drawn[:, 1], "CHL"))
    assert figure.low is not None
    assert not math.isnan(figure.low)


def test_figures_are_rounded_to_what_they_are_worth() -> None:
    assert Figure(-0.00001, None, 0.123456, 7, 2).as_json() == {
        "value": 0.0, "low": None, "high": 0.1235, "n": 7, "clusters": 2,
    }  # fmt: skip
