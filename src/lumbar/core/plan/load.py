"""Weights: what may be carried, when, and how it grows. Shut until every precondition holds, a review among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise, Load
from lumbar.core.message import Message, say
from lumbar.core.plan.history import History
from lumbar.core.plan.ladder import Level, Loaded, down
from lumbar.core.plan.myself import myself
from lumbar.core.plan.reviewed import last_decided, set_for, watched_on
from lumbar.core.plan.rules import Dosing, Gaps, Loading
from lumbar.core.plan.told import Hold


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who is to carry it. body_mass_kg: None when it was never said. agreed_on: when an expert last agreed to loads;
    agreed_until: the last day that they named for it. limit_kg: the most that they set for this exercise, if any.
    watched_on: the last day on which one of them saw it well held."""

    body_mass_kg: float | None
    helper: bool
    agreed_on: date | None
    agreed_until: date | None = None
    limit_kg: float | None = None
    watched_on: date | None = None


def carrier(history: History, on: date, exercise_id: str) -> Carrier:
    """Who would carry a weight in an exercise on a day, as far as that is known."""
    known = myself(history, on)
    last = last_decided(history, on)
    limit = set_for(history, on, exercise_id, "load_kg")
    limit_kg = None if limit is None else float(limit[1])
    watched = watched_on(history, on, exercise_id)
    if last is None or not last.agrees_to_load(exercise_id) or last.decision == "stop":
        return Carrier(known.body_mass_kg, bool(known.helper), None, limit_kg=limit_kg, watched_on=watched)
    return Carrier(known.body_mass_kg, bool(known.helper), last.seen_on, last.until, limit_kg, watched)


def unmet(level: Level, who: Carrier, in_plan_since: date | None, on: date, rules: Loading) -> tuple[Message, ...]:
    """What a weight still waits for, of what the record tells; empty when nothing is missing. What an expert watched
    stands for the camera from the first session of the row on."""
    days = [day for day, _ in level.full]
    enough = len(days) >= rules.counting and days[-1] - days[0] >= timedelta(days=rules.over_days)
    watched = bool(days) and who.watched_on is not None and who.watched_on >= days[0]
    seen = watched or any(well for _, well in level.full)
    weeks = in_plan_since is not None and on - in_plan_since >= timedelta(weeks=rules.weeks)
    agreed = who.agreed_on is not None and on - who.agreed_on <= timedelta(days=rules.review_days)
    agreed = agreed and (who.agreed_until is None or on <= who.agreed_until)
    missing = {
        "sessions": not enough,
        "seen": not seen,
        "weeks": not weeks,
        "mass": who.body_mass_kg is None,
        "agreed": not agreed,
    }
    numbers = {"count": rules.counting, "days": rules.over_days, "weeks": rules.weeks}
    return tuple(say(f"plan.load.{name}", **numbers) for name, is_missing in missing.items() if is_missing)


def most_kg(load: Load, who: Carrier) -> float:
    """The most that somebody may carry, in kilograms; 0 while their mass is not known."""
    if who.body_mass_kg is None:
        return 0.0
    caps = [load.cap_share * who.body_mass_kg]
    caps += [] if load.cap_kg is None else [load.cap_kg]
    caps += [] if who.limit_kg is None else [who.limit_kg]
    caps += [] if load.alone_kg is None or who.helper else [load.alone_kg]
    return min(caps)


def goal_kg(load: Load, body_mass_kg: float | None) -> float | None:
    """What somebody works up to in place of the brief's weight, where that is above their cap: the heaviest under it.
    None where the brief's is their goal too, their mass is not known, or even the lightest is too heavy."""
    if load.first_lb is None or body_mass_kg is None:
        return None
    most = most_kg(load, Carrier(body_mass_kg, helper=True, agreed_on=None))
    return None if in_kg(load.first_lb) <= most else _heaviest(load, most)


def first_kg(load: Load, who: Carrier) -> float | None:
    """What somebody begins with; None when even the lightest is too heavy for them."""
    return _heaviest(load, _most_first_kg(load, who))


def _most_first_kg(load: Load, who: Carrier) -> float:
    """The most that a first weight may be, in kilograms."""
    begins = [in_kg(load.first_lb)] if load.first_lb is not None else []
    begins += [load.first_kg] if load.first_kg is not None else []
    return min(most_kg(load, who), load.first_share * (who.body_mass_kg or 0.0), *begins)


def _heaviest(load: Load, most_kg: float) -> float | None:
    """The heaviest weight there is up to so much; None for none."""
    return max((kg for kg in load.weights_kg if kg <= most_kg), default=None)


def in_kg(pounds: float) -> float:
    """Pounds as kilograms, to a tenth; a pound is 0.45359237 kg by definition."""
    return round(pounds * 0.45359237, 1)


def asked_weight(loaded: Loaded, on: date, rules: Loading, dosing: Dosing, *, uneasy: bool) -> tuple[float, int]:
    """The weight of a day and the seconds of its holds. uneasy: the last session was not taken well, or not told of in
    full. After it no more is asked for than was carried in full, though more had been earned before it."""
    if not uneasy or loaded.carried is None:
        return loaded.kg, dose_of(loaded, on, rules, dosing)
    kg, held_s = loaded.carried
    if loaded.kg > kg:
        loaded = replace(loaded, kg=kg, hold_s=held_s)
    hold_s = dose_of(loaded, on, rules, dosing)
    return loaded.kg, min(hold_s, held_s) if loaded.kg == kg else hold_s


def dose_of(loaded: Loaded, on: date, rules: Loading, dosing: Dosing) -> int:
    """The seconds of a hold with the weight on a day, in a lighter week less of them."""
    if not is_lighter(loaded, on, rules):
        return loaded.hold_s
    return down(loaded.hold_s * rules.lighter_share, dosing)


def is_lighter(loaded: Loaded, on: date, rules: Loading) -> bool:
    """Whether a day is in one of the lighter weeks."""
    return (on - loaded.since).days // 7 % rules.lighter_week == rules.lighter_week - 1


def come_back(loaded: Loaded, load: Load, on: date, gaps: Gaps, rules: Loading) -> Loaded | None:
    """A weight as it is come back to on a day, by the days since it was carried last, whatever was held without it:
    after some of them half of it, from the shortest hold. None after more: it begins anew."""
    band = gaps.band((on - loaded.carried_on).days)
    if band is None or (not band.anew and not band.shares):
        return loaded
    if band.anew or len(band.shares) > _SHARES_OF_WEEKS:
        return None
    return replace(loaded, kg=_half(loaded, load), hold_s=rules.hold_s, count=0, carried=None)


_SHARES_OF_WEEKS = 2
"""A gap with more steps back than these is one after which no weight is gone on with."""


def begun_again(loaded: Loaded | None, load: Load, who: Carrier, on: date, rules: Loading) -> Loaded | None:
    """A first weight; None where even the lightest is too heavy. loaded: what was carried once, of which it is no more
    than half, as after fewer days."""
    kg = first_kg(load, who)
    if kg is None or loaded is None:
        return None if kg is None else Loaded(kg, rules.hold_s, on)
    return Loaded(min(kg, _half(loaded, load)), rules.hold_s, on, rests=loaded.rests)


def _half(loaded: Loaded, load: Load) -> float:
    """The heaviest weight up to half of one; the lightest there is where none is so light."""
    return _heaviest(load, loaded.kg / 2) or min(loaded.kg, *load.weights_kg)


def allowed(loaded: Loaded, load: Load, who: Carrier, target_s: int) -> Loaded | None:
    """The weight as this person may carry it now; None for none. One that has grown is held to the target where it has
    to be lighter; a first one, which a mass that is told anew may make lighter as well, for as long as it was."""
    most = most_kg(load, who) if loaded.grown else _most_first_kg(load, who)
    if loaded.kg <= most:
        return loaded
    lighter = _heaviest(load, most)
    if lighter is None:
        return None
    return replace(loaded, kg=lighter, hold_s=target_s if loaded.grown else loaded.hold_s)


def first_load(kg: float, on: date, rules: Loading) -> Loaded:
    """The first session with a weight."""
    return Loaded(kg, rules.hold_s, on, held_on=on)


def carried_kg(holds: Iterable[Hold]) -> float:
    """What was carried in a session: the lightest of its holds counts."""
    return min((hold.load_kg for hold in holds if hold.load_kg > 0), default=0.0)


def well_held(holds: Iterable[Hold]) -> float | None:
    """The share of the measured time without a standing fault; None for holds that no camera measured."""
    seen = [(hold.faulted_s, hold.in_position_s) for hold in holds]
    measured = [(faulted_s, whole_s) for faulted_s, whole_s in seen if faulted_s is not None]
    whole_s = sum(whole_s for _, whole_s in measured)
    return None if whole_s <= 0 else 1 - sum(faulted_s for faulted_s, _ in measured) / whole_s


def seen_well_held(holds: Iterable[Hold]) -> float:
    """The share of all the time that was held which a camera saw, without a standing fault: a few seconds of each hold
    speak for no session."""
    every = [(hold.faulted_s, hold.in_position_s, max(hold.credited_s, hold.in_position_s)) for hold in holds]
    whole_s = sum(held_s for _, _, held_s in every)
    well_s = sum(seen_s - faulted_s for faulted_s, seen_s, _ in every if faulted_s is not None)
    return well_s / whole_s if whole_s > 0 else 0.0


def is_untidy(holds: Iterable[Hold], rules: Loading) -> bool:
    """Whether a fault stood for too much of a session with a weight."""
    share = well_held(holds)
    return share is not None and share < 1 - rules.fault_share


def carried_on(loaded: Loaded, exercise: Exercise, holds: Sequence[Hold], rules: Loading, *, may_grow: bool) -> Loaded:
    """The weight after a session with it that the back took well: longer holds, then the next one."""
    full = [hold for hold in holds if hold.done and hold.load_kg >= loaded.kg and hold.target_s >= loaded.hold_s]
    if not may_grow or len(full) < rules.sets or is_lighter(loaded, holds[0].on, rules):
        return loaded
    if loaded.count + 1 < rules.step_after:
        return replace(loaded, count=loaded.count + 1)
    target_s = exercise.dose.target_s
    if loaded.hold_s < target_s:
        return replace(loaded, hold_s=min(loaded.hold_s + rules.step_s, target_s), count=0)
    weights = [kg for load in exercise.loads for kg in load.weights_kg if kg > loaded.kg]
    if not weights:
        return loaded
    return replace(loaded, kg=min(weights), hold_s=rules.hold_s, count=0, grown=True)


def as_carried(loaded: Loaded, holds: Sequence[Hold], rules: Loading) -> Loaded:
    """With what was carried in full in a session that was not too much. A first weight is the one that was carried."""
    kg = carried_kg(holds)
    if not loaded.grown and kg < loaded.kg:
        loaded = replace(loaded, kg=kg)
    full = [hold for hold in holds if hold.done and hold.load_kg >= kg]
    if len(full) < rules.sets:
        return loaded
    carried = (kg, int(min(hold.target_s for hold in full)))
    return replace(loaded, carried=max(carried, loaded.carried or carried))
