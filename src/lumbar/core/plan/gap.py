"""Ladders after days without core work, and every dose at a share of itself."""

from collections.abc import Mapping
from datetime import date, timedelta

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.absence import anew
from lumbar.core.plan.ladder import Change, HoldDose, Ladder, Level, eased
from lumbar.core.plan.programme import Programme


def start_dose(programme: Programme) -> HoldDose:
    """What core work begins with before anything is known."""
    return HoldDose(programme.start_dose.hold_s, programme.start_dose.sets)


def after_gap(ladders: Mapping[str, Ladder], last_on: date, on: date, programme: Programme) -> Mapping[str, Ladder]:
    """The ladders on a day, after the days since the last one with core work."""
    band = programme.listening.gaps.band((on - last_on).days)
    if band is None or (not band.anew and not band.shares):
        return ladders
    if band.anew:
        return {name: _anew(ladder, programme.exercises[name], last_on, programme) for name, ladder in ladders.items()}
    lighter = _lighter(ladders, programme, gone=len(band.shares) > 2)
    words = say("plan.reason.after-gap", count=(on - last_on).days, share=round(100 * band.shares[0]))
    why = Change(on, words, programme.listening.gaps.source)
    every = all_eased(lighter, last_on, band.shares, programme, why)
    return {name: _as_set(ladder, ladders[name], last_on) for name, ladder in every.items()}


def _as_set(eased: Ladder, before: Ladder, last_on: date) -> Ladder:
    """With what a reviewer set since the last day with core work as it was set."""
    kept = {rung: level for rung, level in before.levels.items() if _set_since(level, last_on)}
    shown = {rung: level for rung, level in before.shown.items() if _set_since(level, last_on)}
    levels = {**eased.levels, **kept} if kept else eased.levels
    return replace(eased, levels=levels, shown={**eased.shown, **shown}) if kept or shown else eased


def _lighter(ladders: Mapping[str, Ladder], programme: Programme, *, gone: bool) -> dict[str, Ladder]:
    """Weights after a gap: half of them; after a long one, none."""
    found = {}
    for name, ladder in ladders.items():
        loaded = ladder.loaded
        if loaded is not None:
            weights = [kg for load in programme.exercises[name].loads for kg in load.weights_kg]
            half = max((kg for kg in weights if kg <= loaded.kg / 2), default=None)
            hold_s = programme.listening.loading.hold_s
            loaded = None if gone or half is None else replace(loaded, kg=half, hold_s=hold_s, count=0, carried=None)
        found[name] = replace(ladder, loaded=loaded)
    return found


def _set_since(level: Level, last_on: date) -> bool:
    """Whether a reviewer set a dose after the last day with core work: they knew of the days without."""
    return level.why is not None and level.why.source == "review" and level.why.on > last_on


def _anew(ladder: Ladder, exercise: Exercise, last_on: date, programme: Programme) -> Ladder:
    """A new beginning: not above the first rung, and no more than was asked for last. What rests goes on resting."""
    height = min(ladder.height, exercise.rungs.index(exercise.first_rung))
    now = ladder.levels.get(ladder.height)
    if now is not None and _set_since(now, last_on):
        return Ladder(ladder.height, {ladder.height: now}, rests=ladder.rests, shown=ladder.shown)
    begins = Ladder(height, rests=ladder.rests, uneasy=ladder.uneasy)
    start = start_dose(programme)
    for rung, last in ladder.levels.items():
        if rung <= height and last.dose.total_s < start.total_s:
            begins = begins.with_level(rung, anew(last, exercise, rung, programme.listening, start))
    return begins


def all_eased(
    ladders: Mapping[str, Ladder], on: date, shares: tuple[float, ...], programme: Programme, why: Change
) -> dict[str, Ladder]:
    """Every dose at the first share, with its way back; a test that was still to come is still to come."""
    dosing = programme.listening.dosing
    after = on + timedelta(days=1)
    return {
        name: replace(
            ladder,
            levels={rung: eased(level, after, shares, dosing, why) for rung, level in ladder.levels.items()},
            shown={rung: eased(level, after, shares, dosing, why) for rung, level in ladder.shown.items()},
        )
        for name, ladder in ladders.items()
    }
