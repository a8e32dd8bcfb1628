"""Changes that wait for an expert's word, where the person or the expert wanted that: what was agreed to by a day.

Only the way up waits. An easier form, a smaller dose, and whatever safety asks for come as always.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.plan.day import Waits
from lumbar.core.plan.history import History
from lumbar.core.plan.ladder import Ladder, Level, climbed
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reviewed import decided
from lumbar.core.plan.rules import Dosing
from lumbar.core.plan.rungs import harder
from lumbar.core.plan.told import ApprovalWanted, Review

_OPENS = ("go-on", "with-changes")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An expert's no to a change: of which kind, to which form, by whom, when and why."""

    kind: str
    rung: str
    by: str
    profession: str
    seen_on: date
    why: str | None


@dataclass(frozen=True, slots=True)
class Consent:
    """What may come without another word. since: changes wait since this day. by, profession: the expert who asked for
    it, None where the person alone did. forms: by exercise the forms that are agreed to; one that is not in it is new.
    loads: exercises whose first weight the last review agreed to. refused: by exercise."""

    since: date
    by: str | None
    profession: str | None
    forms: Mapping[str, frozenset[str]]
    loads: frozenset[str]
    refused: Mapping[str, Refusal]

    def most(self, exercise: Exercise) -> int:
        """The number of the hardest form that is agreed to; of an exercise whose forms have other names by now, the
        first."""
        agreed = self.forms.get(exercise.id, frozenset())
        numbers = [number for number, rung in enumerate(exercise.rungs) if rung.id in agreed]
        return max(numbers, default=exercise.number(exercise.first_rung))

    def is_new(self, exercise: Exercise) -> bool:
        """Whether nobody agreed to an exercise. Where nothing is known, there is nothing to be new beside."""
        return bool(self.forms) and exercise.id not in self.forms


def consent_on(history: History, on: date) -> Consent | None:
    """How it stands on a day; None where no change waits. A wish that a clock ahead of time dates makes changes wait,
    and lets none come."""
    began: ApprovalWanted | None = None
    mine = theirs = None
    for told in history.approvals:
        if told.on > on or (told.ahead and not told.wanted):
            continue
        if told.by is None:  # what an expert asked for ends with an expert's word
            mine = told if told.wanted else None
        else:
            theirs = told if told.wanted else None
        began = None if mine is None and theirs is None else began or told
    if began is None:
        return None
    by, profession = (None, None) if theirs is None else (theirs.by, theirs.profession)
    known = {name: frozenset({rung}) for name, rung in began.known.items()}
    return _heard(Consent(began.on, by, profession, known, frozenset(), {}), decided(history, on))


def _heard(consent: Consent, reviews: Iterable[Review]) -> Consent:
    """With what was said since changes wait. Another day's review agrees to weights anew."""
    for review in reviews:
        if review.on >= consent.since and review.decision in _OPENS:
            consent = _set_by(review, consent)
            loads = (name for name, told in review.proposals.items() if told["kind"] == "load" and told["yes"])
            consent = _answered(review, replace(consent, loads=frozenset(loads)))
    return consent


def _set_by(review: Review, consent: Consent) -> Consent:
    """What a reviewer sets is agreed to: that form, and no harder one."""
    forms, refused = dict(consent.forms), dict(consent.refused)
    for name, row in review.changes.items():
        if row.get("stop"):
            continue
        if isinstance(row.get("rung"), str):
            forms[name] = frozenset({str(row["rung"])})
            refused.pop(name, None)
        elif forms and (row.get("hold_s") is not None or row.get("sets") is not None):
            forms.setdefault(name, frozenset())
    return replace(consent, forms=forms, refused=refused)


def _answered(review: Review, consent: Consent) -> Consent:
    forms, refused = dict(consent.forms), dict(consent.refused)
    for name, told in review.proposals.items():
        kind, rung = str(told["kind"]), str(told["rung"])
        if not told["yes"]:
            body, why = review.fact.body, told.get("why")
            said = None if why is None else str(why)
            refused[name] = Refusal(kind, rung, body["by_whom"], body["profession"], review.seen_on, said)
            continue
        refused.pop(name, None)
        if kind != "load":
            forms[name] = forms.get(name, frozenset()) | {rung}
    return replace(consent, forms=forms, refused=refused)


def waits_on(history: History, on: date) -> Waits | None:
    """Whether changes wait on a day, and for whom."""
    consent = consent_on(history, on)
    return None if consent is None else Waits(consent.since, consent.by, consent.profession)


def ready_for(exercise: Exercise, ladder: Ladder, level: Level, dosing: Dosing) -> int | None:
    """The next form of the ladder, where the rung that somebody is on has earned it; None where it has not."""
    if exercise.rungs[ladder.height].goal_form:
        return None
    earned = level.dose.hold_s >= dosing.up_hold_s and level.count >= dosing.up_after and not level.back
    return harder(exercise, ladder.height) if earned else None


def released(
    ladders: Mapping[str, Ladder], consent: Consent | None, last_on: date | None, on: date, programme: Programme
) -> Mapping[str, Ladder]:
    """The ladders once a review was heard: what waited for it and is agreed to comes on that very day. After days away,
    or a session that was not taken well, it is earned again."""
    rules = programme.listening
    gap = None if last_on is None else rules.gaps.band((on - last_on) // timedelta(days=1))
    if consent is None or gap is not None:
        return ladders
    found = dict(ladders)
    for name, ladder in ladders.items():
        exercise = programme.exercises[name]
        level = ladder.levels.get(ladder.height)
        above = None if level is None else ready_for(exercise, ladder, level, rules.dosing)
        if level is None or above is None or ladder.uneasy is not None or above > consent.most(exercise):
            continue
        stays = ladder.with_level(ladder.height, replace(level, count=0))
        found[name] = climbed(stays, above, on, rules.dosing)
    return found
