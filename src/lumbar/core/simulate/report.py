"""What the plan did to many virtual people, in numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from lumbar.core.simulate.live import Lived
from lumbar.core.simulate.rules import RULES
from lumbar.core.simulate.walk_judge import WALK

EXAMPLES = 5
"""So many examples of a violation are kept, so that they can be lived again."""


@dataclass(slots=True)
class Tally:
    """What some people's lives came to. It can be added to another one's, so that lives may be shared out.

    whole: of them, those that went through a record; looks: how often these looked at a day. held_back: people whom
    their answers held back from all exercise, let_back: those of them who were let back.
    """

    people: int = 0
    sessions: int = 0
    whole: int = 0
    looks: int = 0
    held_back: int = 0
    let_back: int = 0
    violations: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RULES, 0))
    examples: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    days_to: dict[str, list[int]] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    reached_of_kind: dict[str, int] = field(default_factory=dict)

    def add(self, number: int, lived: Lived) -> None:
        """One more life. number: the person's, to live it again."""
        self.people += 1
        self.sessions += len(lived.story.sittings)
        self._look_through(lived)
        kind = lived.person.kind.value
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        whole = all(exercise in lived.days_to for exercise in lived.story.goals)
        self.reached_of_kind[kind] = self.reached_of_kind.get(kind, 0) + whole
        for exercise in (*lived.story.goals, WALK):
            taken = self.days_to.setdefault(exercise, [])
            if exercise in lived.days_to:
                taken.append(lived.days_to[exercise])
        for name, rule in RULES.items():
            for on, what in rule(lived.story):
                self.violations[name] += 1
                kept = self.examples.setdefault(name, [])
                if len(kept) < EXAMPLES:
                    kept.append((number, on.isoformat(), what))

    def _look_through(self, lived: Lived) -> None:
        looks = lived.story.looks
        self.whole += lived.whole
        self.looks += len(looks)
        first = next((number for number, look in enumerate(looks) if look.held_back), None)
        if first is not None:
            self.held_back += 1
            self.let_back += any(not look.held_back for look in looks[first:])

    def join(self, other: "Tally") -> None:
        """Those lives as well."""
        self.people += other.people
        self.sessions += other.sessions
        self.whole += other.whole
        self.looks += other.looks
        self.held_back += other.held_back
        self.let_back += other.let_back
        for mine, theirs in (
            (self.violations, other.violations),
            (self.kinds, other.kinds),
            (self.reached_of_kind, other.reached_of_kind),
        ):
            for name, value in theirs.items():
                mine[name] = mine.get(name, 0) + value
        for name, taken in other.days_to.items():
            self.days_to.setdefault(name, []).extend(taken)
        for name, found in other.examples.items():
            self.examples[name] = sorted([*self.examples.get(name, []), *found])[:EXAMPLES]


@dataclass(frozen=True, slots=True)
class Report:
    """The report. reached: the share of people who came to the brief's target, by exercise, and to the walk's goal;
    median_days_to_target: of those; reached_all: of each kind, the share that came to all of them."""

    people: int
    days: int
    seed: int
    sessions: int
    whole: int
    looks: int
    held_back: int
    let_back: int
    violations: Mapping[str, int]
    examples: Mapping[str, list[tuple[int, str, str]]]
    reached: Mapping[str, float]
    median_days_to_target: Mapping[str, float | None]
    kinds: Mapping[str, int]
    reached_all: Mapping[str, float]

    def as_json(self) -> dict[str, object]:
        """The report as plain values."""
        examples = {
            name: [{"person": number, "on": on, "what": what} for number, on, what in found]
            for name, found in self.examples.items()
        }
        return {
            "people": self.people,
            "days": self.days,
            "seed": self.seed,
            "sessions": self.sessions,
            "whole": self.whole,
            "looks": self.looks,
            "held_back": self.held_back,
            "let_back": self.let_back,
            "violations": dict(self.violations),
            "examples": examples,
            "reached": dict(self.reached),
            "median_days_to_target": dict(self.median_days_to_target),
            "kinds": dict(self.kinds),
            "reached_all": dict(self.reached_all),
        }


def report(tallies: Iterable[Tally], *, days: int, seed: int) -> Report:
    """All tallies as one report."""
    whole = Tally()
    for tally in tallies:
        whole.join(tally)
    people = max(1, whole.people)
    return Report(
        people=whole.people,
        days=days,
        seed=seed,
        sessions=whole.sessions,
        whole=whole.whole,
        looks=whole.looks,
        held_back=whole.held_back,
        let_back=whole.let_back,
        violations=whole.violations,
        examples=whole.examples,
        reached={name: round(len(taken) / people, 4) for name, taken in sorted(whole.days_to.items())},
        median_days_to_target={name: median(taken) if taken else None for name, taken in sorted(whole.days_to.items())},
        kinds=dict(sorted(whole.kinds.items())),
        reached_all={
            kind: round(whole.reached_of_kind.get(kind, 0) / count, 4) for kind, count in sorted(whole.kinds.items())
        },
    )
