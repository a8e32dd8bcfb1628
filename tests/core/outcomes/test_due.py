"""What is asked on which day: the table of the schedule, day by day, and lives of many habits."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.catalog import shipped_catalogue
from lumbar.catalog.instruments import load_outcomes
from lumbar.core.errors import BadCatalog
from lumbar.core.outcomes import Answer, Answers, Occasion, due

OUTCOMES = load_outcomes(shipped_catalogue())
FIRST = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)


def day(number: int) -> date:
    """Day one is that of the first screen."""
    return FIRST + (number - 1) * ONE_DAY


def answers(given: dict[str, list[int]], put_off: dict[str, list[int]] | None = None) -> Answers:
    """Answers and refusals by instrument, as numbers of days. The screen of day one was told the week's pain."""
    days = {"nprs": [1], **given}
    return Answers(
        {
            name: tuple(Answer(name, datetime.combine(day(n), time(8), UTC), day(n), {}) for n in sorted(numbers))
            for name, numbers in days.items()
        },
        {name: tuple(day(n) for n in numbers) for name, numbers in (put_off or {}).items()},
    )


def asked(number: int, known: Answers) -> list[str]:
    found = due(tuple(OUTCOMES.instruments.values()), OUTCOMES.schedule, known, FIRST, day(number))
    return [wanted.instrument for wanted in found]


def test_day_one_asks_nothing_but_what_the_screen_did() -> None:
    assert asked(1, answers({})) == []


@pytest.mark.parametrize("number", range(2, 8))
def test_the_first_week_asks_for_one_first_answer_a_day(number: int) -> None:
    assert asked(number, answers({})) == ["rmdq-24"]
    assert asked(number, answers({"rmdq-24": [number]})) == []
    assert asked(number, answers({"psfs": [number]})) == []


def test_the_other_one_is_asked_on_another_day() -> None:
    assert asked(3, answers({"rmdq-24": [2]})) == ["psfs"]
    assert asked(4, answers({"rmdq-24": [2], "psfs": [3]})) == []


def test_who_puts_one_off_is_left_alone_that_day_and_asked_for_the_other_the_next() -> None:
    known = answers({}, {"rmdq-24": [2]})
    assert asked(2, known) == []
    assert asked(3, known) == ["psfs"]
    assert asked(3, answers({}, {"rmdq-24": [2], "psfs": [3]})) == []
    assert asked(4, answers({}, {"rmdq-24": [2], "psfs": [3]})) == ["rmdq-24"]


@pytest.mark.parametrize(("number", "due_then"), [(7, True), (10, True), (11, False), (25, False), (26, True)])
def test_a_first_answer_is_asked_for_until_day_seven_and_three_more(number: int, due_then: bool) -> None:
    assert ("rmdq-24" in asked(number, answers({"nprs": [1, 8, 15, 22]}))) is due_then


@pytest.mark.parametrize(("number", "due_then"), [(7, False), (8, True), (9, True), (14, True)])
def test_the_pain_of_the_week_is_asked_a_week_after_the_last_answer(number: int, due_then: bool) -> None:
    assert ("nprs" in asked(number, answers({}))) is due_then


def test_an_answer_starts_the_week_anew() -> None:
    known = answers({"nprs": [1, 10]})
    assert "nprs" not in asked(16, known)
    assert "nprs" in asked(17, known)


WEEKS = [(week, offset) for week in (4, 8, 12) for offset in (-4, -3, 0, 3, 4)]


@pytest.mark.parametrize(("week", "offset"), WEEKS)
def test_weeks_four_eight_and_twelve_ask_for_all_three(week: int, offset: int) -> None:
    found = asked(1 + 7 * week + offset, answers({"rmdq-24": [2], "psfs": [3]}))
    assert [name for name in found if name != "nprs"] == (["rmdq-24", "psfs", "pgic"] if abs(offset) <= 3 else [])


@pytest.mark.parametrize("week", [24, 36, 48, 60])
def test_then_every_twelve_weeks_ask_for_two_of_them(week: int) -> None:
    known = answers({"nprs": [1, 7 * week], "rmdq-24": [2], "psfs": [3]})
    assert asked(1 + 7 * week, known) == ["rmdq-24", "psfs"]
    assert asked(1 + 7 * week + 4, known) == []


@pytest.mark.parametrize("week", [16, 20, 28])
def test_no_other_week_does(week: int) -> None:
    known = answers({"nprs": [1, 7 * week], "rmdq-24": [2], "psfs": [3]})
    assert asked(1 + 7 * week, known) == []


def test_an_answer_within_the_window_is_the_answer() -> None:
    known = answers({"nprs": [1, 26], "rmdq-24": [2, 26], "psfs": [3], "pgic": [26]})
    assert asked(29, known) == ["psfs"]


def test_answers_of_days_to_come_are_none_yet() -> None:
    known = answers({"rmdq-24": [5]})
    assert asked(2, known) == ["rmdq-24"]


def test_before_day_one_nothing_is_asked() -> None:
    assert asked(-3, answers({})) == []


@given(st.lists(st.integers(1, 13), min_size=1, max_size=60), st.booleans())
def test_whoever_answers_what_is_asked_is_asked_in_measure(gaps: list[int], eager: bool) -> None:
    """However seldom somebody looks in: pain at most weekly, the others at most once in a window, and never on day one.

    eager: answers all that is asked; otherwise the first of it alone.
    """
    number, told = 1, {"nprs": [1]}
    for gap in gaps:
        number += gap
        wanted = asked(number, answers(told))
        assert len(wanted) == len(set(wanted))
        for name in wanted if eager else wanted[:1]:
            told.setdefault(name, []).append(number)
    pains = told["nprs"]
    assert all(b - a >= 7 for a, b in pairwise(pains))
    for name in ("rmdq-24", "psfs", "pgic"):
        days = told.get(name, [])
        assert all(2 <= n <= 10 or any(abs(n - 1 - 7 * week) <= 3 for week in range(4, 900, 4)) for n in days)
        assert all(b - a > 6 for a, b in pairwise(days))
    starts = [n for name in ("rmdq-24", "psfs") for n in told.get(name, []) if n <= 10]
    assert len(starts) == len(set(starts))


@pytest.mark.parametrize(
    "change",
    [{"from_day": 0}, {"to_day": 1}, {"weeks": (8, 4)}, {"weeks": ()}, {"a_day": 0}, {"window_days": 4}],
)
def test_a_schedule_that_does_not_hold_together_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadCatalog):
        replace(OUTCOMES.schedule, **change)  # type: ignore[arg-type]


def test_a_first_answer_says_so() -> None:
    (wanted,) = due(tuple(OUTCOMES.instruments.values()), OUTCOMES.schedule, answers({}), FIRST, day(2))
    assert (wanted.occasion, wanted.week, wanted.until) == (Occasion.START, 0, day(10))
