"""Reminds of the programme itself: what is due and of which nothing is done, once a day each, and never into a silence.

Every rule of quietness that holds for a nudge holds here as well, and a reminder counts as something said: no nudge
follows it at once. What silence holds back is said after it, if it is
still due by then; what was missed while nothing ran is not caught up on.
"""

from collections.abc import Callable

from lumbar.app.desk import Desk
from lumbar.app.ports import Person
from lumbar.core.posture.nudge import Moment, Signals, silence
from lumbar.core.posture.remind import About, reminder


def remind(desk: Desk, person: Person, ask: Callable[[], Signals], *, present: bool) -> About | None:
    """What is said now, and kept as said; None for nothing.

    ask: what the platform tells at this moment; it is asked only when there is something to say. present: whether
    somebody is there, as far as is known.
    """

    def decide() -> About | None:
        day, choice = desk.today(person), desk.choice(person)
        about = reminder(day, desk.reminded(person), choice, desk.settings.reminders)
        if about is None:
            return None
        moment = Moment(desk.clock.now(), present, 0.0, 0, 0.0, 0, ask())
        held_back = silence(desk.quiet(person), moment, choice, desk.settings.nudges) is not None
        return None if held_back else about

    return desk.remind(person, decide)
