"""A rung of an exercise's ladder: one of its forms, from the easiest to the hardest."""

from collections.abc import Container, Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise

from lumbar.core.body import Side
from lumbar.core.check import Condition
from lumbar.core.keyframe import Keyframe, Prop
from lumbar.core.position import Position
from lumbar.core.sign import Sign

OWN_WORDS = ("feel", "not-feel", "camera")
"""What a form may say in words of its own, `<exercise>.rung.<rung>.feel` and so on, where the exercise's are not true
of it."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to say in a hold that no camera can see, and when."""

    message: str
    at_s: float


@dataclass(frozen=True, slots=True)
class Rung:
    """A step on the exercise's ladder, easiest first.

    goal_form: counts as the form that the brief asks for. first: where everybody starts. modifications: the screening
    flags that choose this rung instead. variant: it stands beside the ladder, where no progress leads. without: checks
    it leaves out; measures: checks it measures otherwise. signs: its own signs of the hand, when those of its position
    will not do. presence: its own family of posture, when it is not the exercise's. body_line: its own line of judged
    joints. equipment, prompts: its own, None where the exercise's will do; cues: its own words for a check's fault.
    words: the parts of which it has words of its own, of `OWN_WORDS`.
    """

    id: str
    source: str
    keyframes: tuple[Keyframe, ...]
    props: tuple[Prop, ...] = ()
    goal_form: bool = False
    first: bool = False
    position: Position | None = None
    modifications: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    measures: Mapping[str, str] = field(default_factory=dict)
    presence: tuple[Condition, ...] | None = None
    camera_sees: bool = True
    near: Side | None = Side.LEFT
    body_line: tuple[str, ...] | None = None
    variant: bool = False
    signs: tuple[Sign, ...] | None = None
    equipment: tuple[str, ...] | None = None
    prompts: tuple[Prompt, ...] | None = None
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


def rung_mistakes(rung: Rung, checks: Set[str], read: Set[str]) -> Iterable[str]:
    """What is wrong with a rung. checks: the exercise's; read: what of it reads a measure, its nudges as well."""
    yield from (f"rung {rung.id} leaves out an unknown check {c}" for c in sorted(rung.without - checks))
    yield from (f"rung {rung.id} measures an unknown check {c}" for c in sorted(rung.measures.keys() - read))
    yield from _word_mistakes(rung, checks)
    if len(rung.keyframes) < 2:
        yield f"rung {rung.id} needs a start and a hold to be drawn"
    elif not _advances(rung.keyframes):
        yield f"rung {rung.id}: its keyframes must begin at 0 s and each come after the one before"


def _word_mistakes(rung: Rung, checks: Container[str]) -> Iterable[str]:
    """What a rung says in words of its own, and cannot."""
    yield from (f"rung {rung.id} has words for an unknown check {c}" for c in sorted(rung.cues) if c not in checks)
    yield from (f"rung {rung.id}, check {c}: it has no cue" for c in sorted(rung.cues) if not rung.cues[c])
    yield from (f"rung {rung.id} has words of an unknown part {p}" for p in sorted(rung.words.difference(OWN_WORDS)))
    for prompt in rung.prompts or ():
        if not prompt.at_s >= 0:
            yield f"rung {rung.id}, prompt {prompt.message}: it cannot be said before the hold"


def _advances(keyframes: tuple[Keyframe, ...]) -> bool:
    times_s = [keyframe.at_s for keyframe in keyframes]
    return times_s[0] == 0.0 and all(later > earlier for earlier, later in pairwise(times_s))
