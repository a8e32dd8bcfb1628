"""Ladders after days without core work, and every dose at a share of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeGuard

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.absence import anew
from lumbar.core.plan.ladder import Change, HoldDose, Ladder, Level, eased
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.rules import GapBand


def start_dose(programme: Programme) -> HoldDose:
    """What core work begins with before anything is known."""
    return HoldDose(programme.start_dose.hold_s, programme.start_dose.sets)


def after_gap(ladders: Mapping[str, Ladder], last_on: date, on: date, programme: Programme) -> Mapping[str, Ladder]:
    """The ladders on a day, after the days since the last one with core work."""
    band = programme.listening.gaps.band((on - last_on).days)
    if not _takes(band):
        return ladders
    away = _Away(last_on, on, programme)
    back = _anew if band.anew else _less
    return {name: back(ladder, programme.exercises[name], away) for name, ladder in ladders.items()}


def _takes(band: GapBand | None) -> TypeGuard[GapBand]:
    """Whether so many days without core work take something from a dose."""
    return band is not None and (band.anew or bool(band.shares))


@dataclass(frozen=True, slots=True)
class _Away:
    """Days without core work: from the last one with any to the one on which it goes on."""

    last_on: date
    on: date
    programme: Programme

    def knew_of(self, level: Level) -> date:
        """The day from which they count for a dose: of those before it, whoever set it since knew."""
        return self.last_on if level.set_on is None else max(self.last_on, level.set_on)

    def of(self, level: Level, exercise: Exercise, rung: int) -> Level:
        """A level as it is come back to. What was set in the meantime is left at the days that came after it, and says
        nothing yet of how a row at the target is taken again."""
        rules, since = self.programme.listening, self.knew_of(level)
        days = (self.on - since).days
        band = rules.gaps.band(days)
        if not _takes(band):
            return replace(level, full=())
        if band.anew:
            return anew(level, exercise, rung, rules, start_dose(self.programme))
        share = round(100 * band.shares[0])
        words = say("plan.reason.after-gap", count=days, share=share)
        if since != self.last_on:
            words = say("plan.reason.after-gap-set", count=days, share=share, seen_on=since.isoformat())
        return eased(
            level, since + timedelta(days=1), band.shares, rules.dosing, Change(self.on, words, rules.gaps.source)
        )


def _less(ladder: Ladder, exercise: Exercise, away: _Away) -> Ladder:
    """Every dose at a share of itself, with its way back."""
    levels = {rung: away.of(level, exercise, rung) for rung, level in ladder.levels.items()}
    shown = {rung: away.of(level, exercise, rung) for rung, level in ladder.shown.items()}
    return replace(ladder, levels=levels, shown=shown)


def _anew(ladder: Ladder, exercise: Exercise, away: _Away) -> Ladder:
    """A new beginning: not above the first rung, and no more than was asked for last. What rests goes on resting, and
    what somebody set since then, not long ago, holds."""
    now = ladder.levels.get(ladder.height)
    if now is not None and _holds(now, away):
        shown = {rung: away.of(level, exercise, rung) for rung, level in ladder.shown.items()}
        levels = {ladder.height: away.of(now, exercise, ladder.height)}
        return Ladder(ladder.height, levels, rests=ladder.rests, shown=shown)
    rules, height = away.programme.listening, min(ladder.height, exercise.number(exercise.first_rung))
    begins, start = Ladder(height, rests=ladder.rests, uneasy=ladder.uneasy), start_dose(away.programme)
    for rung, last in ladder.levels.items():
        if rung <= height and last.dose.total_s < start.total_s:
            begins = begins.with_level(rung, anew(last, exercise, rung, rules, start))
    return begins


def _holds(level: Level, away: _Away) -> bool:
    """Whether a dose was set since the last day with core work, and not so long ago that it begins anew."""
    since = away.knew_of(level)
    band = away.programme.listening.gaps.band((away.on - since).days)
    return since > away.last_on and (band is None or not band.anew)


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
