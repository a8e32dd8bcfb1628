"""The kinds of fields that the catalogue's files are made of, and their mistakes in words for people."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from lumbar.core import check
from lumbar.core.body import Joint, Part


def _band(value: object) -> check.Band:
    if isinstance(value, check.Band):
        return value
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(v, int | float) for v in value):
        raise ValueError("a band is two numbers, [low, high]")
    low, high = float(value[0]), float(value[1])
    if not low <= high:
        raise ValueError("the low end of a band lies above its high end")
    return check.Band(low, high)


def _joint(value: str) -> str:
    if value not in _JOINTS:
        raise ValueError(f"no landmark is called {value}")
    return value


def _limb_end(value: str) -> str:
    if not _joint(value).endswith(("-ankle", "-wrist")):
        raise ValueError("only ankles and wrists can reach")
    return value


_JOINTS = {joint.name.lower().replace("_", "-") for joint in Joint}
JointName = Annotated[str, AfterValidator(_joint)]
LimbEnd = Annotated[str, AfterValidator(_limb_end)]
BandField = Annotated[check.Band, BeforeValidator(_band)]
Number = int | float
Three = tuple[Number, Number, Number]
Two = tuple[Number, Number]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


def _part(value: object) -> object:
    if isinstance(value, str):
        if value not in _PARTS:
            raise ValueError(f"no joint is called {value}; there are {', '.join(_PARTS)}")
        return _PARTS[value]
    return value


_PARTS = {part.name.lower(): part for part in Part}
PartField = Annotated[Part, BeforeValidator(_part)]


def mistakes(error: ValidationError) -> tuple[str, ...]:
    """Each mistake of a file with its place, in words for people."""
    return tuple(
        f"{'.'.join(str(part) for part in detail['loc']) or 'the file'}: {detail['msg'].removeprefix('Value error, ')}"
        for detail in error.errors()
    )
