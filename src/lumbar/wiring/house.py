"""All use cases over a store."""

import secrets
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lumbar import __version__
from lumbar.app.access import LocalAccess
from lumbar.app.answers import ShowAnswers
from lumbar.app.approval import WantApproval
from lumbar.app.backups import Backups
from lumbar.app.calendar import ShowCalendar
from lumbar.app.desk import Desk
from lumbar.app.desk_page import PageDesk
from lumbar.app.erasing import EraseEverything
from lumbar.app.expert_answers import TakeAnswer
from lumbar.app.history import ShowHistory
from lumbar.app.house import House
from lumbar.app.live import LiveSession
from lumbar.app.myself import ShowMyself
from lumbar.app.outcomes import ShowOutcomes
from lumbar.app.packets import Fresh, Packets
from lumbar.app.past import ShowDay
from lumbar.app.people import People
from lumbar.app.pins import Pins
from lumbar.app.ports import Clock, Exporter, Store
from lumbar.app.record_facts import RecordFacts
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.app.screening import ScreeningForm
from lumbar.app.sessions import CurrentSession, StartSession
from lumbar.app.threshold import Threshold
from lumbar.app.today import ShowToday
from lumbar.app.transfer import ExportRecord, ImportRecord
from lumbar.app.why import ShowWhy
from lumbar.catalog.posture import shipped_posture
from lumbar.catalog.words import Words
from lumbar.core.exercise import Exercise
from lumbar.core.packet import Packet
from lumbar.core.plan.courses import courses
from lumbar.wiring.home import build_backup_folder, is_sqlite, kept_secret
from lumbar.wiring.machine import SystemClock, local_zone, new_id
from lumbar.wiring.settings import Settings, read_settings

if TYPE_CHECKING:
    from lumbar.export.key_file import KeyFolder


class PaperPrinter:
    """Prints by the room `export`, which a command that prints nothing need not load."""

    def packet_pdf(
        self, packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, size: str, packet_id: str
    ) -> bytes:
        from lumbar.export.packet_pdf import packet_pdf

        return packet_pdf(packet, exercises, words, size=size, packet_id=packet_id)

    def packet_sheet(self, packet: Packet, exercises: Mapping[str, Exercise], words: Words) -> Mapping[str, object]:
        from lumbar.export.sheet import sheet_json, sheet_of

        return sheet_json(sheet_of(packet, exercises, words))

    def packet_html(
        self, packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, bound: Mapping[str, str]
    ) -> str:
        from lumbar.export.packet_html import packet_html

        return packet_html(packet, exercises, words, bound=bound)

    def handout_pdf(self, packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, size: str) -> bytes:
        from lumbar.export.handout_pdf import handout_pdf

        return handout_pdf(packet, exercises, words, size=size)


class _KeysIn:
    """Fills the port HomeKeys: what makes certificates is loaded when it is needed, and hardly any command needs it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def clear(self) -> bool:
        from lumbar.lan import LanFolder

        return LanFolder(self._folder).clear()


def build_house(
    rules: Rules, store: Store, token: str, clock: Clock | None = None, settings: Settings | None = None
) -> House:
    """All use cases over a store. settings: where its backups and its log are; by default as the environment has it."""
    from lumbar.export.ics import ics
    from lumbar.export.log_file import LogFile
    from lumbar.export.pin_files import PinFolder

    clock, settings = clock or SystemClock(), settings or read_settings()
    records = Records(store, partial(courses, programme=rules.programme))
    show_today = ShowToday(records, clock, rules)
    record_facts = RecordFacts(store, clock, show_today)
    show_day = ShowDay(store, records, clock, rules)
    people = People(store, clock, new_id)
    place = build_backup_folder(settings, store, rules.catalogue)
    desk = Desk(records, record_facts, show_today, clock, shipped_posture(), new_id, local_zone())
    calendar_keys = _calendar_keys(settings, people)
    pin_folder = PinFolder(settings.home / "pins")
    pins = Pins(pin_folder, clock, lambda: secrets.token_hex(16))
    beside = (LogFile(settings.log), calendar_keys, pin_folder)
    return House(
        rules=rules,
        store=store,
        access=LocalAccess(token),
        people=people,
        pins=pins,
        threshold=Threshold(people, pins, clock, lambda: kept_secret(settings, "people-key")),
        record_facts=record_facts,
        show_today=show_today,
        screening_form=ScreeningForm(records, clock, rules),
        start_session=StartSession(store, records, clock, rules),
        current_session=CurrentSession(store, records, clock, rules),
        show_history=ShowHistory(records, clock, rules),
        show_myself=ShowMyself(records, clock),
        show_day=show_day,
        show_why=ShowWhy(show_day, rules),
        show_outcomes=ShowOutcomes(records, clock, rules),
        show_answers=ShowAnswers(records, clock),
        packets=Packets(records, store, clock, rules, PaperPrinter(), Fresh(new_id, lambda: secrets.token_hex(32))),
        take_answer=TakeAnswer(records, clock, rules, record_facts),
        want_approval=WantApproval(records, clock, rules, record_facts, new_id),
        live=LiveSession(rules.catalogue, clock),
        desk=desk,
        page_desk=PageDesk(desk),
        show_calendar=ShowCalendar(records, desk, rules, calendar_keys, ics),
        export_record=ExportRecord(store, clock, _exporters(rules, settings)),
        import_record=ImportRecord(store, clock, place.read_file),
        backups=Backups(store, clock, place, settings.keeping),
        erase_everything=EraseEverything(
            store, place, _KeysIn(settings.lan), beside, rules.tongues, clock, hosted=not is_sqlite(settings)
        ),
    )


def _exporters(rules: Rules, settings: Settings) -> dict[str, Exporter]:
    """The forms in which a record leaves, by name."""
    from lumbar.export.csv_tables import CsvTables
    from lumbar.export.fhir import FhirBundle
    from lumbar.export.record_file import RecordFile

    return {
        "json": RecordFile(__version__),
        "csv": CsvTables(),
        "fhir": FhirBundle(rules, snomed=settings.snomed),
    }


def build_calendar_keys(settings: Settings) -> "KeyFolder":
    """The keys of the calendars' addresses, of a home whose record need not be opened for them."""
    from lumbar.export.key_file import KeyFolder

    return KeyFolder(settings.home / "calendar-keys")


def _calendar_keys(settings: Settings, people: People) -> "KeyFolder":
    """The keys of the calendars; one that is from the time of a single person is the first one's."""
    keys = build_calendar_keys(settings)
    keys.adopt(settings.home / "calendar-key", people.all()[0].id)
    return keys
