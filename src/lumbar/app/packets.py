"""The review packet: shown, and handed out. What is handed out is a fact, so that its answer is known again."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person, Printer, Store
from lumbar.app.record_facts import Draft, seal
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.errors import Misuse
from lumbar.core.packet import Packet, as_json, make_packet, shown_rows

SIZES = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class Fresh:
    """What nobody can guess: a new id, and the key of a seal as 64 hexadecimal digits."""

    new_id: Callable[[], str]
    new_key: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Printed:
    """A file to hand out: its name, its media type and its bytes."""

    name: str
    media_type: str
    content: bytes


class Packets:
    """The packet as it stands now, on the wall clock of `zone`."""

    def __init__(
        self, records: Records, store: Store, clock: Clock, rules: Rules, printer: Printer, fresh: Fresh
    ) -> None:
        self._records, self._store, self._clock, self._rules = records, store, clock, rules
        self._printer, self._fresh = printer, fresh

    def show(self, person: Person, *, zone: str | None = None) -> Packet:
        """The packet, without handing it out."""
        return make_packet(self._rules.programme, self._records.of(person), in_zone(self._clock.now(), zone))

    def read(
        self, person: Person, *, zone: str | None = None, language: str | None = None
    ) -> tuple[Packet, Mapping[str, object]]:
        """The packet with its words, to be read on a screen, without handing it out."""
        packet, words = self.show(person, zone=zone), self._rules.tongues.of(language)
        return packet, self._printer.packet_sheet(packet, self._rules.catalogue.exercises, words)

    def html(self, person: Person, *, zone: str | None = None, language: str | None = None) -> Printed:
        """A packet to answer on a screen, in a language as it is asked for. The record takes down that it was made."""
        words = self._rules.tongues.of(language)
        packet, bound = self._made(person, zone)
        page = self._printer.packet_html(packet, self._rules.catalogue.exercises, words, bound=bound)
        return Printed(f"lumbar-packet-{packet.on}.html", "text/html; charset=utf-8", page.encode())

    def pdf(self, person: Person, *, size: str = "a4", zone: str | None = None, language: str | None = None) -> Printed:
        """A packet to sign on paper. The record takes down that it was made. Raises Misuse for another size."""
        check_size(size)
        words = self._rules.tongues.of(language)
        packet, bound = self._made(person, zone)
        content = self._printer.packet_pdf(
            packet, self._rules.catalogue.exercises, words, size=size, packet_id=bound["packet"][-12:]
        )
        return Printed(f"lumbar-packet-{packet.on}.pdf", "application/pdf", content)

    def handout(
        self, person: Person, *, size: str = "a4", zone: str | None = None, language: str | None = None
    ) -> Printed:
        """The plan as it stands, for the person to have by the mat. Raises Misuse for another size."""
        check_size(size)
        words = self._rules.tongues.of(language)
        packet = self.show(person, zone=zone)
        content = self._printer.handout_pdf(packet, self._rules.catalogue.exercises, words, size=size)
        return Printed(f"lumbar-plan-{packet.on}.pdf", "application/pdf", content)

    def _made(self, person: Person, zone: str | None) -> tuple[Packet, dict[str, str]]:
        now = in_zone(self._clock.now(), zone)
        packet = make_packet(self._rules.programme, self._records.of(person), now)
        digest = hashlib.sha256(json.dumps(as_json(packet), sort_keys=True, ensure_ascii=True).encode()).hexdigest()
        packet_id, key = self._fresh.new_id(), self._fresh.new_key()
        last = packet.on + timedelta(days=self._rules.programme.expert.answer_days)
        body = {
            "packet": packet_id,
            "digest": digest,
            "key": key,
            "answer_by": last.isoformat(),
            "catalogue": self._rules.programme.catalogue,
            "rules": self._rules.version,
            "shown": shown_rows(packet),
        }
        self._take_down(person, now, zone, body)
        bound = {"packet": packet_id, "person": person.id, "digest": digest, "key": key}
        return packet, {**bound, "made_on": packet.on.isoformat()}

    def _take_down(self, person: Person, now: datetime, zone: str | None, body: Mapping[str, object]) -> None:
        draft = Draft(self._fresh.new_id(), "packet-made", 1, now, zone or "UTC", "server", body)
        self._store.append(person.id, [seal(draft, person, self._clock.now(), "server")])


def check_size(size: str) -> None:
    """Raises Misuse for a size that no paper has."""
    if size not in SIZES:
        raise Misuse("error.paper-size", size=size)
