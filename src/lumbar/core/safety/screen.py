"""One complete screen, on its own: answers in, verdict with its reasons out."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from lumbar.core.safety.concern import Told, concerns_of, conclude
from lumbar.core.safety.form import Answer, Form, Item, Tier
from lumbar.core.safety.verdict import Verdict

_SOME_DAY = date(2000, 1, 1)
_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)

Details = Mapping[str, Mapping[str, str]]


def screen(answers: Mapping[str, str], form: Form, *, details: Details | None = None) -> Verdict:
    """What follows from a complete screen, answered now by somebody who was never screened before.

    answers: yes, no, not-sure or rather-not-say by item; an item left open counts as rather not say. details: by item
    and detail. One more answer other than no never makes the outcome or the card milder.
    """
    given = {item: Answer(answers.get(item, Answer.RATHER_NOT_SAY)) for item in form.items}
    told = Told(_SOME_TIME, _SOME_TIME, _SOME_DAY, "")
    concerns = concerns_of(given, details or {}, form, told, _SOME_DAY)
    return conclude(concerns, variants(given, form), form, _SOME_DAY)


def variants(answers: Mapping[str, Answer], form: Form) -> tuple[Item, ...]:
    """The items of tier C that ask for a variant. Not sure counts as yes."""
    return tuple(item for item in form.of_tier(Tier.C) if answers.get(item.id, Answer.NO) is not Answer.NO)
