"""Scores, and the change that matters: tables over every boundary, and what must hold for any answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.catalog import shipped_catalogue
from lumbar.catalog.instruments import load_outcomes
from lumbar.core.errors import BadFact
from lumbar.core.outcomes import Blind, Change, Direction, Instrument, Score, change, is_recovered, score

OUTCOMES = load_outcomes(shipped_catalogue())
NPRS, RMDQ, PSFS, PGIC = (OUTCOMES.instruments[name] for name in ("nprs", "rmdq-24", "psfs", "pgic"))

BETTER, WORSE, NOT_CLEAR = Direction.BETTER, Direction.WORSE, Direction.NOT_CLEAR


def between(instrument: Instrument, first: float, now: float) -> Change:
    found = change(instrument, Score(first, {}), Score(now, {}))
    assert found is not None
    return found


def psfs(*ratings: int) -> Score:
    names = [chr(ord("a") + number) for number in range(len(ratings))]
    rows = [{"name": name, "rating": rating} for name, rating in zip(names, ratings, strict=True)]
    return score(PSFS, {"activities": rows})


@pytest.mark.parametrize(
    ("instrument", "body", "value"),
    [
        (NPRS, {"nprs": 0}, 0),
        (NPRS, {"nprs": 10}, 10),
        (RMDQ, {"ticks": []}, 0),
        (RMDQ, {"ticks": [1, 24]}, 2),
        (RMDQ, {"ticks": list(range(1, 25))}, 24),
        (PSFS, {"activities": [{"name": "a", "rating": 4}]}, 4),
        (PSFS, {"activities": [{"name": "a", "rating": 1}, {"name": "b", "rating": 2}]}, 1.5),
        (PSFS, {"activities": [{"name": n, "rating": r} for n, r in (("a", 1), ("b", 1), ("c", 2))]}, 1.333333),
        (PGIC, {"impression": 7}, 7),
    ],
)
def test_scores(instrument: Instrument, body: dict[str, object], value: float) -> None:
    assert score(instrument, body).value == value


@pytest.mark.parametrize(
    ("instrument", "body"),
    [
        (NPRS, {}),
        (NPRS, {"nprs": 11}),
        (NPRS, {"nprs": -1}),
        (NPRS, {"nprs": True}),
        (NPRS, {"nprs": 3.5}),
        (RMDQ, {}),
        (RMDQ, {"ticks": [0]}),
        (RMDQ, {"ticks": [25]}),
        (RMDQ, {"ticks": [2, 2]}),
        (RMDQ, {"ticks": 3}),
        (PSFS, {"activities": []}),
        (PSFS, {"activities": [{"name": str(n), "rating": 1} for n in range(4)]}),
        (PSFS, {"activities": [{"name": "a", "rating": 1}, {"name": "a", "rating": 2}]}),
        (PSFS, {"activities": [{"name": "a", "rating": 11}]}),
        (PSFS, {"activities": [{"name": "a"}]}),
        (PGIC, {"impression": 0}),
        (PGIC, {"impression": 8}),
    ],
)
def test_what_is_no_answer_is_said_in_one_sentence(instrument: Instrument, body: dict[str, object]) -> None:
    with pytest.raises(BadFact) as caught:
        score(instrument, body)
    assert str(caught.value.message.params["field"]).startswith("outcome-answered.")


@pytest.mark.parametrize(
    ("first", "now", "direction", "needed"),
    [
        # two points are 30 % of 6 and less: the points decide
        (6, 5, NOT_CLEAR, 2),
        (6, 4, BETTER, 2),
        (2, 0, BETTER, 2),
        (1, 0, NOT_CLEAR, 2),
        # above, the share decides: 30 % of 7 are 2.1
        (7, 5, NOT_CLEAR, 2.1),
        (7, 4, BETTER, 2.1),
        (10, 8, NOT_CLEAR, 3),
        (10, 7, BETTER, 3),
        # worse needs the points alone
        (7, 8, NOT_CLEAR, 2.1),
        (7, 9, WORSE, 2.1),
        (0, 1, NOT_CLEAR, 2),
        (0, 2, WORSE, 2),
        (5, 5, NOT_CLEAR, 2),
    ],
)
def test_pain_needs_two_points_and_thirty_per_cent(first: int, now: int, direction: Direction, needed: float) -> None:
    found = between(NPRS, first, now)
    assert (found.direction, found.needed, found.needed_worse) == (direction, needed, 2)


@pytest.mark.parametrize(
    ("first", "now", "direction", "needed"),
    [
        (12, 8, NOT_CLEAR, 5),
        (12, 7, BETTER, 5),
        (16, 11, BETTER, 5),
        (17, 12, NOT_CLEAR, 5.1),
        (17, 11, BETTER, 5.1),
        (20, 15, NOT_CLEAR, 6),
        (20, 14, BETTER, 6),
        (24, 17, NOT_CLEAR, 7.2),
        (24, 16, BETTER, 7.2),
        (4, 0, NOT_CLEAR, 5),
        (12, 16, NOT_CLEAR, 5),
        (12, 17, WORSE, 5),
    ],
)
def test_the_questionnaire_needs_five_and_thirty_per_cent(
    first: int, now: int, direction: Direction, needed: float
) -> None:
    found = between(RMDQ, first, now)
    assert (found.direction, found.needed, found.needed_worse) == (direction, needed, 5)


@pytest.mark.parametrize(
    ("first", "now", "direction"),
    [
        (psfs(3, 3, 3), psfs(5, 5, 5), BETTER),
        (psfs(5, 5, 4), psfs(7, 7, 6), BETTER),
        (psfs(3, 3, 3), psfs(5, 5, 4), NOT_CLEAR),
        (psfs(3), psfs(5), NOT_CLEAR),
        (psfs(3), psfs(6), BETTER),
        (psfs(6, 6), psfs(4, 4), WORSE),
        # only what was named both times is compared, and a single activity needs more
        (psfs(3), psfs(5, 10, 10), NOT_CLEAR),
        (psfs(3, 3), psfs(5, 5, 0), BETTER),
    ],
)
def test_activities_need_two_in_the_mean_and_three_alone(first: Score, now: Score, direction: Direction) -> None:
    found = change(PSFS, first, now)
    assert found is not None
    assert found.direction is direction


def test_other_activities_than_at_first_are_no_change() -> None:
    other = score(PSFS, {"activities": [{"name": "other", "rating": 9}]})
    assert change(PSFS, psfs(1, 2), other) is None


def test_an_impression_has_no_change_of_its_own() -> None:
    assert change(PGIC, Score(4, {}), Score(7, {})) is None


@pytest.mark.parametrize(
    ("instrument", "value", "recovered"),
    [(NPRS, 0, True), (NPRS, 1, False), (RMDQ, 2, True), (RMDQ, 3, False), (PSFS, 10, False)],
)
def test_where_people_call_themselves_recovered(instrument: Instrument, value: float, recovered: bool) -> None:
    assert is_recovered(instrument, value) is recovered


def test_recovered_is_told_of_who_came_there() -> None:
    assert between(RMDQ, 8, 2).recovered
    assert not between(RMDQ, 8, 3).recovered
    assert not between(RMDQ, 2, 1).recovered


@pytest.mark.parametrize(("first", "blind"), [(3, Blind.BETTER), (4, None), (20, None), (21, Blind.WORSE)])
def test_where_the_questionnaire_can_hardly_show_a_change(first: int, blind: Blind | None) -> None:
    assert between(RMDQ, first, 10).blind is blind


def test_nothing_of_nothing_is_no_share() -> None:
    assert between(NPRS, 0, 4).share is None
    assert between(NPRS, 8, 6).share == 0.25


SCORES = {"nprs": st.integers(0, 10), "rmdq-24": st.integers(0, 24), "psfs": st.integers(0, 30).map(lambda n: n / 3)}


@given(st.sampled_from(sorted(SCORES)).flatmap(lambda name: st.tuples(st.just(name), SCORES[name], SCORES[name])))
def test_a_better_score_never_reads_worse(case: tuple[str, float, float]) -> None:
    name, first, now = case
    instrument = OUTCOMES.instruments[name]
    found = between(instrument, first, now)
    if found.direction is BETTER:
        assert found.gain >= found.needed >= found.needed_worse > 0
    if found.direction is WORSE:
        assert -found.gain >= found.needed_worse
    step = 1 if instrument.better.value == "higher" else -1
    order = [WORSE, NOT_CLEAR, BETTER]
    if instrument.lowest <= now + step <= instrument.highest:
        assert order.index(between(instrument, first, now + step).direction) >= order.index(found.direction)


@given(st.sets(st.integers(1, 24)), st.integers(1, 24))
def test_one_more_tick_is_one_more(ticks: set[int], more: int) -> None:
    before, after = (score(RMDQ, {"ticks": sorted(found)}).value for found in (ticks, ticks | {more}))
    assert after - before == (0 if more in ticks else 1)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=3))
def test_the_mean_of_activities_lies_among_them_in_any_order(ratings: list[int]) -> None:
    value = psfs(*ratings).value
    assert min(ratings) - 1e-6 <= value <= max(ratings) + 1e-6
    assert value == psfs(*reversed(ratings)).value
