"""All use cases in one place, as the edges see them."""

from dataclasses import dataclass

from lumbar.app.history import ShowHistory
from lumbar.app.live import LiveSession
from lumbar.app.myself import ShowMyself
from lumbar.app.outcomes import ShowOutcomes
from lumbar.app.past import ShowDay
from lumbar.app.ports import Access, Store
from lumbar.app.record_facts import RecordFacts
from lumbar.app.rules import Rules
from lumbar.app.screening import ScreeningForm
from lumbar.app.sessions import CurrentSession, StartSession
from lumbar.app.today import ShowToday
from lumbar.app.why import ShowWhy


@dataclass(frozen=True, slots=True)
class House:
    """What a request or a command can ask for."""

    rules: Rules
    store: Store
    access: Access
    record_facts: RecordFacts
    show_today: ShowToday
    screening_form: ScreeningForm
    start_session: StartSession
    current_session: CurrentSession
    show_history: ShowHistory
    show_myself: ShowMyself
    show_day: ShowDay
    show_why: ShowWhy
    show_outcomes: ShowOutcomes
    live: LiveSession
