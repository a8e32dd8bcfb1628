"""What a virtual person has to say when they are asked about their safety, and what changes of it."""

from collections.abc import Collection
from dataclasses import dataclass

from lumbar.core.safety import Daily, Form, Item, Tier
from lumbar.core.simulate.people import Chance

_NOTHING, _VARIANT, _CLINICIAN = 0.45, 0.7, 0.9
"""Up to these shares nobody has anything to say, something of tier C, something of tier B; the rest of tier A."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer other than no, with what was asked behind it."""

    item: str
    answer: str
    details: dict[str, str]


class Health:
    """Somebody's answers. What a clinician was seen about is said to be no different since; what is of tier C stays."""

    def __init__(self, form: Form, chance: Chance, *, well: bool) -> None:
        self._form, self._chance = form, chance
        self._troubles: dict[str, Trouble] = {}
        share = 0.0 if well else chance.random()
        tiers = [Tier.C] * (share > _NOTHING) + [Tier.B] * (share > _VARIANT) + [Tier.A] * (share > _CLINICIAN)
        for tier in tiers:
            for _ in range(chance.randint(1, 2)):
                self._begins(chance.choice(form.of_tier(tier)))

    def _begins(self, item: Item) -> None:
        chance = self._chance
        answer = chance.choice(("yes", "yes", "not-sure", "rather-not-say"))
        detail = item.detail
        chosen = {} if detail is None else {detail.id: chance.choice([option.id for option in detail.options])}
        self._troubles[item.id] = Trouble(item.id, answer, chosen if answer == "yes" else {})

    def screen(self) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """All answers of a complete screen, with the details. What was left unsaid once is said the next time."""
        told = dict(self._troubles)
        for trouble in told.values():
            if trouble.answer == "rather-not-say" and self._form.items[trouble.item].tier is Tier.A:
                del self._troubles[trouble.item]
        answers = {item: told[item].answer if item in told else "no" for item in self._form.items}
        return answers, {item: trouble.details for item, trouble in told.items() if trouble.details}

    def sign(self) -> tuple[Daily, dict[str, str]]:
        """Something new on a day: a tick of the daily check, and the answers behind it, one of which is not no."""
        tick = self._chance.choice(self._form.daily)
        item = self._chance.choice(tick.opens)
        return tick, {one: "yes" if one == item else "no" for one in tick.opens}

    def seen_about(self, items: Collection[str]) -> None:
        """A clinician was seen about these."""
        for item in items:
            if item in self._troubles and self._form.items[item].tier is not Tier.C:
                del self._troubles[item]

    def illness(self) -> Daily | None:
        """The tick of somebody who is ill, if the check has one."""
        return next((tick for tick in self._form.daily if tick.rest_h is not None), None)
