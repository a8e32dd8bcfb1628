"""All use cases in one place, as the edges see them."""

from dataclasses import dataclass

from lumbar.app.answers import ShowAnswers
from lumbar.app.approval import WantApproval
from lumbar.app.backups import Backups
from lumbar.app.calendar import ShowCalendar
from lumbar.app.desk import Desk
from lumbar.app.desk_page import PageDesk
from lumbar.app.erasing import EraseEverything
from lumbar.app.expert_answers import TakeAnswer
from lumbar.app.history import ShowHistory
from lumbar.app.live import LiveSession
from lumbar.app.myself import ShowMyself
from lumbar.app.outcomes import ShowOutcomes
from lumbar.app.packets import Packets
from lumbar.app.past import ShowDay
from lumbar.app.people import People
from lumbar.app.pins import Pins
from lumbar.app.ports import Access, Store
from lumbar.app.record_facts import RecordFacts
from lumbar.app.rules import Rules
from lumbar.app.screening import ScreeningForm
from lumbar.app.sessions import CurrentSession, StartSession
from lumbar.app.threshold import Threshold
from lumbar.app.today import ShowToday
from lumbar.app.transfer import ExportRecord, ImportRecord
from lumbar.app.why import ShowWhy


@dataclass(frozen=True, slots=True)
class House:
    """What a request or a command can ask for."""

    rules: Rules
    store: Store
    access: Access
    people: People
    pins: Pins
    threshold: Threshold
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
    show_answers: ShowAnswers
    packets: Packets
    take_answer: TakeAnswer
    want_approval: WantApproval
    live: LiveSession
    desk: Desk
    page_desk: PageDesk
    show_calendar: ShowCalendar
    export_record: ExportRecord
    import_record: ImportRecord
    backups: Backups
    erase_everything: EraseEverything
