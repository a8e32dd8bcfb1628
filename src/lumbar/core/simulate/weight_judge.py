"""What the clinical design makes of the weights of one exercise (3.5), worked out once more and apart from the plan."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lumbar.core.simulate.doses import rounded
from lumbar.core.simulate.sittings import Asked, Sitting

FIRST_SHARE, FIRST_S, STEP_S, TARGET_S, COUNTING = 0.15, 30, 10, 60, 2
"""The first one is no more than 15 % of body mass; each begins at 30 s and grows by 10 s after two counting sessions,
to 60 s."""
REST_SESSIONS = 2
"""After a red session, or a fault for more than a fifth of it, so many are without."""
HALF_DAYS, GONE_DAYS = 10, 21
"""After so many days without it half of it, or none of it but a first one, is left (3.6)."""
LIGHTER_SHARE, LIGHTER_DAYS, DAYS_APART = 0.6, 41, 6
"""Every fifth week is a lighter one: so any 41 days hold a whole one, and whoever rests no longer than six days trains
in it."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What may be put on in an exercise: first_kg at the most to begin with; weights_kg: the ones it grows through at
    first, and by step_kg from the last of them; the caps."""

    first_kg: float
    weights_kg: tuple[float, ...]
    step_kg: float
    cap_share: float
    cap_kg: float | None = None
    alone_kg: float | None = None

    def next_kg(self, kg: float) -> float:
        """The most that comes after so much."""
        return next((one for one in self.weights_kg if one > kg), kg + self.step_kg)

    def most_kg(self, sitting: Sitting) -> float:
        """The most that somebody may carry."""
        caps = [self.cap_share * (sitting.body_mass_kg or 0.0)]
        caps += [] if self.cap_kg is None else [self.cap_kg]
        caps += [] if self.alone_kg is None or sitting.helper else [self.alone_kg]
        return min(caps)


KINDS = {
    "plank": _Kind(11.3, (2.5, 5.0, 7.5, 10.0, 11.3), 2.5, 0.25, cap_kg=20.0),
    "glute-bridge": _Kind(5.0, (5.0, 10.0, 15.0, 20.0), 2.5, 0.5, alone_kg=15.0),
}
"""A plate of 25 lb, and a dumbbell of 5, 10 and 15 kg, then a bar of 20. The side plank has none."""


@dataclass(slots=True)
class Weights:
    """The weights of one exercise. earned: the most that may be carried, and for how long; None before the first one.
    first_kg: what it began with; owed: sessions without it that are still to come. away: it was left for so long that
    earned is no more than the most of what it goes on with."""

    earned: tuple[float, int] | None = None
    first_kg: float = 0.0
    count: int = 0
    owed: int = 0
    away: bool = False
    carried_on: date | None = None
    row: list[tuple[date, bool]] = field(default_factory=list)

    def begin_anew(self) -> None:
        """Nothing is left of it."""
        self.earned, self.count, self.row = None, 0, []

    def looks(self, name: str, sitting: Sitting, asked: Asked, days: int, *, flare: bool) -> Iterator[tuple[str, str]]:
        """What is to be said of a session as it is asked for: the rule that it breaks, and how. days: since any core
        work; flare: in a flare-up."""
        self._gap(name, days)
        kg, hold_s = asked.load_kg, asked.hold_s
        if not kg:
            self.row = []
            return
        self._left(sitting.on)
        kind = KINDS.get(name)
        if kind is None or kg > kind.most_kg(sitting):
            yield "heavy", f"{kg} kg"
            return
        if flare:
            yield "eased", f"{kg} kg in a flare-up"
        if self.owed:
            yield "eased", f"{kg} kg, and {self.owed} sessions without it were to come"
        if self.earned is None:
            most_kg = min(kind.first_kg, FIRST_SHARE * (sitting.body_mass_kg or 0.0))
            if kg > most_kg:
                yield "heavy", f"{kg} kg to begin with, at {sitting.body_mass_kg} kg"
            if hold_s > FIRST_S:
                yield "fast", f"{kg} kg for {hold_s} s to begin with"
        elif (kg, hold_s) > self.earned:
            yield "fast", f"{kg} kg for {hold_s} s, {self.earned[0]} kg for {self.earned[1]} s was earned"
        yield from self._lighter(sitting.on, hold_s)

    def takes(self, name: str, sitting: Sitting, asked: Asked, *, counts: bool, red: bool) -> None:
        """What a session leads to."""
        kg, hold_s, kind = asked.load_kg, asked.hold_s, KINDS.get(name)
        if not kg or kind is None:
            self.owed = max(0, self.owed - 1)
            return
        self.carried_on = sitting.on
        if self.earned is None:
            self.earned, self.first_kg, self.count = (kg, hold_s), kg, 0
        elif self.away:  # it grows, and is lighter every fifth week, from what was carried now
            self.earned = (min(kg, self.earned[0]), self.earned[1])
        self.away = False
        if red or name in sitting.untidy:
            self.owed, self.count = REST_SESSIONS, 0
        elif counts and (kg, hold_s) >= self.earned:
            self.count += 1
        if self.count >= COUNTING:
            self.count = 0
            now_kg, now_s = self.earned
            self.earned = (now_kg, now_s + STEP_S) if now_s < TARGET_S else (kind.next_kg(now_kg), FIRST_S)

    def _gap(self, name: str, days: int) -> None:
        """What is left after days without any core work (3.6)."""
        if self.earned is None or days < HALF_DAYS:
            return
        half_kg = self.earned[0] / 2
        if days >= GONE_DAYS or half_kg < min(KINDS[name].weights_kg):  # where there is no half of it, as well
            self.begin_anew()
        else:
            self.earned, self.count, self.row, self.away = (half_kg, FIRST_S), 0, [], True
        self.carried_on = None

    def _left(self, on: date) -> None:
        """What is left of it when core work went on without it for as long: half, and no less than a first one."""
        apart = 0 if self.carried_on is None else (on - self.carried_on).days
        if self.earned is not None and apart >= HALF_DAYS:
            half_kg = self.first_kg if apart >= GONE_DAYS else max(self.earned[0] / 2, self.first_kg)
            self.earned, self.count, self.row, self.away = (half_kg, FIRST_S), 0, [], True

    def _lighter(self, on: date, hold_s: int) -> Iterator[tuple[str, str]]:
        """Whether a lighter week was left out."""
        long_s = FIRST_S if self.earned is None else self.earned[1]
        if self.row and (on - self.row[-1][0]).days > DAYS_APART:
            self.row = []
        self.row.append((on, hold_s <= rounded(LIGHTER_SHARE * long_s)))
        lately = [lighter for day, lighter in self.row if (on - day).days <= LIGHTER_DAYS]
        if (on - self.row[0][0]).days >= LIGHTER_DAYS and not any(lately):
            self.row = []
            yield "lighter", f"with a weight for {LIGHTER_DAYS} days, and no lighter week"
