"""A value with some of its fields changed is what the standard library makes of it, whatever kind of value it is."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.core.changing import replace
from lumbar.core.plan.ladder import HoldDose, Ladder, Level


@dataclass(frozen=True, slots=True)
class Base:
    first: int
    second: str = "b"


@dataclass(frozen=True, slots=True)
class Grown(Base):
    third: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Single:
    only: int


@dataclass(frozen=True, slots=True)
class Derived:
    first: int
    second: int
    total: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self.first + self.second)


@dataclass(frozen=True)
class Open:
    first: int
    second: int = 2


@dataclass(frozen=True)
class HalfOpen(Base):
    third: int = 3


VALUES = (
    Base(1),
    Grown(1, "x", (3,)),
    Single(1),
    Derived(1, 2),
    Open(1),
    HalfOpen(1),
    Level(HoldDose(5, 5)),
    Ladder(2),
)


@given(st.sampled_from(VALUES), st.data())
def test_it_is_what_the_standard_library_makes(value: Any, data: st.DataObject) -> None:
    names = [one.name for one in dataclasses.fields(value) if one.init]
    changes = data.draw(st.dictionaries(st.sampled_from(names), st.integers(0, 9)))
    before = dataclasses.asdict(value)
    found = replace(value, **changes)
    assert found == dataclasses.replace(value, **changes)
    assert type(found) is type(value)
    assert dataclasses.asdict(value) == before


@pytest.mark.parametrize("value", VALUES)
def test_a_field_that_is_not_there_is_no_field(value: Any) -> None:
    with pytest.raises((KeyError, TypeError)):
        replace(value, elsewhere=1)
