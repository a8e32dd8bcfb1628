"""Collections that grow by giving another one: the same as plain ones, and they share what did not change."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lumbar.core.record.growing import Ordered, Table


def itself(number: Any) -> Any:
    return number


SETS = st.lists(st.integers(0, 2_000), unique=True, max_size=40)


@given(st.integers(0, 1_500), st.data())
def test_ordered_entries_are_as_in_a_sorted_list(size: int, data: st.DataObject) -> None:
    plain = list(range(0, 3 * size, 3))
    ordered = Ordered(plain, itself)
    for _ in range(4):
        gone = data.draw(st.lists(st.sampled_from(plain), unique=True, max_size=9)) if plain else []
        came = [number for number in data.draw(SETS) if number not in plain]
        before = list(ordered)
        after = ordered.exchanged(gone, came)
        assert list(ordered) == before, "the one before must not change"
        plain = sorted({*plain, *came} - {*gone})
        assert list(after) == plain
        assert len(after) == len(plain)
        assert after == Ordered(reversed(plain), itself)
        assert after == Ordered.in_order(plain, itself)
        ordered = after
        middle = data.draw(st.integers(-5, 3 * size + 5))
        assert list(ordered.since(middle, itself)) == [number for number in plain if number >= middle]
        assert list(ordered.back_from(middle, itself)) == [number for number in reversed(plain) if number <= middle]


def test_another_entry_leaves_the_other_pieces_where_they_are() -> None:
    before = Ordered(range(0, 100_000, 2), itself)
    for news in (50_001, 100_001, -1):
        after = before.exchanged((), (news,))
        shared = {id(piece) for piece in before._pieces} & {id(piece) for piece in after._pieces}
        assert len(shared) == len(before._pieces) - 1


@given(st.dictionaries(st.text(max_size=3), st.integers()), st.dictionaries(st.text(max_size=3), st.integers()))
def test_a_table_is_as_a_plain_one(known: dict[str, int], more: dict[str, int]) -> None:
    before, both = Table(known), {**known, **more}
    after = before.with_more(more)
    assert before == Table(known)
    assert after == Table(both)
    assert hash(after) == hash(Table(both))
    assert len(after) == len(both)
    assert sorted(after.values()) == sorted(both.values())
    assert all(name in after and after.get(name) == value for name, value in both.items())
    assert after.get("unknown") is None
