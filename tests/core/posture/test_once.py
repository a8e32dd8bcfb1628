"""What several watches, windows or presses tell of one moment counts once: properties over days told in any order."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.catalog.posture import shipped_posture
from lumbar.core.posture import Picture, picture
from lumbar.core.posture.once import Looked, apart, own_shares, told_apart
from lumbar.core.posture.timed import WITHOUT_CAMERA
from lumbar.core.record import Fact, Record, new_fact

ON = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
WATCH = shipped_posture().watch
Seconds = tuple[float, float]
_ids = itertools.count()


def fact(kind: str, ends_s: float, **body: object) -> Fact:
    return new_fact(kind, body, fact_id=f"{next(_ids):06}", person="p", at=NINE + timedelta(seconds=ends_s))


def watched(
    begins_s: float,
    ends_s: float,
    *,
    tall_s: float = 0.0,
    unjudged_s: float = 0.0,
    changes: int = 0,
    changed_at_s: Sequence[float] | None = None,
    still_s: float = 0.0,
    profile: str = "desk",
) -> Fact:
    """changed_at_s: when each change was; an older lumbar told their number alone."""
    ago_s = None if changed_at_s is None else [ends_s - at_s for at_s in changed_at_s]
    return fact(
        "posture-watched", ends_s, profile=profile, over_s=ends_s - begins_s, tall_s=tall_s, usual_s=0.0, slumped_s=0.0,
        unjudged_s=unjudged_s, longest_still_s=still_s,
        position_changes=changes if ago_s is None else len(ago_s), changed_ago_s=ago_s,
    )  # fmt: skip


def rested(begins_s: float, ends_s: float) -> Fact:
    return fact("break-taken", ends_s, seconds=ends_s - begins_s, stretch=None)


def moved(at_s: float) -> Fact:
    return fact("move-told", at_s, profile="desk")


def day(*facts: Fact) -> Picture:
    return picture(Record(facts), ON, WATCH)


spans = st.tuples(st.integers(0, 30_000), st.integers(1, 900)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def entries(draw: st.DrawFn) -> Fact:
    begins, ends = draw(spans)
    here_s = draw(st.floats(0.0, float(ends - begins)))
    tall_s = draw(st.floats(0.0, here_s))
    at_s = draw(st.none() | st.lists(st.floats(begins, ends), max_size=3))
    changes = draw(st.integers(0, 3))
    return watched(begins, ends, tall_s=tall_s, unjudged_s=here_s - tall_s, changes=changes, changed_at_s=at_s)


def lasting(spans: Sequence[Seconds]) -> float:
    """Seconds that any of them covers, by counting each boundary's step."""
    edges = sorted({edge for span in spans for edge in span})
    return sum(
        after - before
        for before, after in itertools.pairwise(edges)
        if any(begins <= before and after <= ends for begins, ends in spans)
    )


def span_of(one: Fact) -> Seconds:
    ends_s = (one.at - NINE).total_seconds()
    return ends_s - one.body["over_s"], ends_s


@given(st.lists(entries(), max_size=12))
def test_no_day_has_more_seconds_than_went_by_while_a_watch_looked(told: list[Fact]) -> None:
    seen = day(*told)
    assert seen.watched_s <= lasting([span_of(one) for one in told]) + 1e-6
    assert seen.watched_s <= sum(one.body["tall_s"] + one.body["unjudged_s"] for one in told) + 1e-6


@given(st.lists(entries(), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_in_whatever_order_it_was_told_the_day_is_the_same(told: list[Fact], chance: object) -> None:
    mixed = list(told)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert day(*mixed) == day(*told)


@given(st.lists(spans, min_size=1, max_size=8))
def test_a_second_watch_beside_the_first_adds_nothing(each: list[Seconds]) -> None:
    """A camera that judged all its time, and a watch without one that looked at the same times."""
    camera = [watched(begins, ends, tall_s=ends - begins) for begins, ends in apart_s(each)]
    blind = [watched(begins, ends, unjudged_s=ends - begins) for begins, ends in apart_s(each)]
    both = day(*camera, *blind)
    assert (both.judged_s, both.unjudged_s) == (pytest.approx(day(*camera).judged_s), pytest.approx(0.0))


def apart_s(each: Sequence[Seconds]) -> list[Seconds]:
    found = apart((NINE + timedelta(seconds=begins), NINE + timedelta(seconds=ends)) for begins, ends in each)
    return [((begins - NINE).total_seconds(), (ends - NINE).total_seconds()) for begins, ends in found]


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 900), st.integers(0, 3)), min_size=1, max_size=10))
def test_one_watch_alone_keeps_every_second_and_every_change(pieces: list[tuple[int, int, int]]) -> None:
    told, at_s = [], 0
    for pause_s, lasts_s, changes in pieces:
        begins_s = at_s + pause_s
        at_s = begins_s + lasts_s
        told.append(watched(begins_s, at_s, tall_s=lasts_s / 2, unjudged_s=lasts_s / 4, changes=changes))
    seen = day(*told)
    assert seen.tall_s == sum(one.body["tall_s"] for one in told)
    assert seen.unjudged_s == sum(one.body["unjudged_s"] for one in told)
    assert seen.changes == sum(changes for _, _, changes in pieces)


@given(st.lists(st.integers(0, 400).map(lambda turn: turn * WATCH.shift_s), unique=True, max_size=12), st.data())
def test_changes_that_lie_apart_are_all_kept_whichever_watches_saw_them(at_s: list[float], data: st.DataObject) -> None:
    """Each was seen by one of two cameras, or by both, the second one a moment later."""
    seen: tuple[list[float], list[float]] = ([], [])
    for one in at_s:
        for number, watch in enumerate(data.draw(st.sampled_from((seen[:1], seen[1:], seen)))):
            watch.append(one + number * WATCH.shift_s / 2)
    facts = [watched(0, 9_000, tall_s=9_000.0, changed_at_s=sorted(one)) for one in seen]
    assert day(*facts).changes == len(at_s)


def test_a_break_that_one_watch_leads_is_no_second_change_where_a_camera_sees_them_leave_for_it() -> None:
    camera = watched(0, 900, tall_s=840.0, changed_at_s=[595.0])
    seen = day(camera, rested(600, 660), watched(0, 900, unjudged_s=900.0, changed_at_s=[], profile=WITHOUT_CAMERA))
    assert (seen.breaks, seen.changes) == (1, 1)
    assert day(camera, rested(300, 360)).changes == 2, "they left at another time as well"


def test_a_move_that_was_told_and_seen_is_one() -> None:
    assert day(watched(0, 900, tall_s=900.0, changed_at_s=[310.0]), moved(300)).changes == 1


def test_of_two_watches_at_one_time_the_one_that_could_judge_is_believed() -> None:
    seen = day(watched(0, 600, unjudged_s=600.0), watched(300, 900, tall_s=500.0, unjudged_s=100.0))
    assert (seen.tall_s, seen.unjudged_s) == (pytest.approx(500.0), pytest.approx(300.0 + 100.0))


def test_a_camera_that_could_judge_nothing_still_saw_them_move() -> None:
    without = watched(0, 900, unjudged_s=900.0, profile=WITHOUT_CAMERA)
    assert day(without, watched(100, 800, unjudged_s=700.0, changes=1)).changes == 1


def test_two_cameras_that_saw_one_change_saw_one() -> None:
    assert day(watched(0, 900, tall_s=900.0, changes=2), watched(0, 900, tall_s=890.0, changes=2)).changes == 2


def test_an_entry_of_before_without_its_length_counts_whole_where_it_is_alone() -> None:
    body = {"profile": "desk", "tall_s": 60.0, "usual_s": 30.0, "slumped_s": 0.0, "unjudged_s": 10.0,
            "longest_still_s": 100.0, "position_changes": 1}  # fmt: skip
    stored = replace(new_fact("posture-watched", body, fact_id="old", person="p", at=NINE), body=body)
    seen = day(stored)
    assert (seen.judged_s, seen.watched_s, seen.changes) == (90.0, 100.0, 1)


@given(st.lists(spans, max_size=7))
def test_breaks_that_overlap_count_once_and_no_more_could_lie_apart(each: list[Seconds]) -> None:
    counted = day(*(rested(begins, ends) for begins, ends in each)).breaks
    best = max(
        (len(chosen) for size in range(len(each) + 1) for chosen in itertools.combinations(each, size)
         if all(one[1] <= other[0] for one, other in itertools.pairwise(sorted(chosen)))),
    )  # fmt: skip
    assert counted == best


def test_of_how_long_they_stayed_the_one_that_saw_them_is_believed() -> None:
    """A page without a camera beside a terminal with one, which saw them get up; before and after it the page alone."""
    seen = watched(900, 1800, tall_s=800.0, unjudged_s=50.0, changes=1, still_s=600.0)
    without = [
        watched(900.0 * n, 900.0 * n + 900, unjudged_s=900.0, still_s=900.0 * n + 900, profile=WITHOUT_CAMERA)
        for n in range(2)
    ]
    assert day(seen, *without).longest_still_s == 900.0
    assert day(*without).longest_still_s == 1800.0
    assert day(seen, watched(1800, 4000, unjudged_s=2200.0, still_s=2200.0)).longest_still_s == 2200.0
    unsure = watched(900, 1800, unjudged_s=850.0, changes=1, still_s=600.0)
    assert day(unsure, *without).longest_still_s == 900.0, "a camera that could judge nothing saw them get up, too"


def test_a_break_is_one_of_the_changes_and_a_move_told_in_it_is_no_other() -> None:
    seen = day(rested(0, 60), moved(30), moved(60), watched(60, 400, tall_s=340.0, changes=1), moved(300))
    assert (seen.breaks, seen.changes) == (1, 3)


def test_a_key_that_is_held_down_is_one_move() -> None:
    assert day(*(moved(0.1 * press) for press in range(100))).changes == 1
    assert day(*(moved(WATCH.shift_s * press) for press in range(5))).changes == 5


@given(st.lists(st.integers(0, 600), max_size=20))
def test_moves_that_are_told_lie_apart(seconds: list[int]) -> None:
    gap = timedelta(seconds=WATCH.shift_s)
    kept = told_apart([NINE + timedelta(seconds=s) for s in seconds], gap, [])
    assert all(after - before >= gap for before, after in itertools.pairwise(kept))
    assert bool(kept) is bool(seconds)


@given(st.lists(st.tuples(spans, st.floats(0.0, 1.0)), max_size=10))
def test_shares_are_shares_and_cover_all_that_was_looked_at(each: list[tuple[Seconds, float]]) -> None:
    looked = [
        Looked(NINE + timedelta(seconds=begins), NINE + timedelta(seconds=ends), knew) for (begins, ends), knew in each
    ]
    shares = own_shares(looked)
    assert all(-1e-9 <= share <= 1.0 for share in shares)
    own_s = sum((one.ends - one.begins).total_seconds() * share for one, share in zip(looked, shares, strict=True))
    assert own_s == pytest.approx(lasting([span for span, _ in each]), abs=1e-3)
