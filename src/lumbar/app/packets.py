"""The review packet: shown, and handed out. What is handed out is a fact, so that its answer is known again."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

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


Keep = Callable[[Printed], None]
"""Puts a file where it is to lie. It is called before a packet is taken down, so that one that nobody could get leaves
no trace in the record; whatever it raises goes on to the caller."""


def _handed_over(_: Printed) -> None:
    """Whoever gets the file by itself keeps it."""


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

    def html(
        self, person: Person, *, zone: str | None = None, language: str | None = None, keep: Keep = _handed_over
    ) -> Printed:
        """A packet to answer on a screen, in a language as it is asked for. The record takes down that it was made."""
        words, made = self._rules.tongues.of(language), self._made(person, zone)
        page = self._printer.packet_html(made.packet, self._rules.catalogue.exercises, words, bound=made.bound)
        printed = Printed(f"lumbar-packet-{made.packet.on}.html", "text/html; charset=utf-8", page.encode())
        return self._handed_out(made, printed, keep)

    def pdf(
        self,
        person: Person,
        *,
        size: str = "a4",
        zone: str | None = None,
        language: str | None = None,
        keep: Keep = _handed_over,
    ) -> Printed:
        """A packet to sign on paper. The record takes down that it was made. Raises Misuse for another size."""
        check_size(size)
        words, made = self._rules.tongues.of(language), self._made(person, zone)
        content = self._printer.packet_pdf(
            made.packet, self._rules.catalogue.exercises, words, size=size, packet_id=made.bound["packet"][-12:]
        )
        printed = Printed(f"lumbar-packet-{made.packet.on}.pdf", "application/pdf", content)
        return self._handed_out(made, printed, keep)

    def handout(
        self, person: Person, *, size: str = "a4", zone: str | None = None, language: str | None = None
    ) -> Printed:
        """The plan as it stands, for the person to have by the mat. Raises Misuse for another size."""
        check_size(size)
        words = self._rules.tongues.of(language)
        packet = self.show(person, zone=zone)
        content = self._printer.handout_pdf(packet, self._rules.catalogue.exercises, words, size=size)
        return Printed(f"lumbar-plan-{packet.on}.pdf", "application/pdf", content)

    def _made(self, person: Person, zone: str | None) -> "_Made":
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
        draft = Draft(self._fresh.new_id(), "packet-made", 1, now, zone or "UTC", "server", body)
        bound = {"packet": packet_id, "person": person.id, "digest": digest, "key": key}
        return _Made(person, packet, {**bound, "made_on": packet.on.isoformat()}, draft)

    def _handed_out(self, made: "_Made", printed: Printed, keep: Keep) -> Printed:
        """The next packet is compared with this one, so it is taken down once there is a file, and not before."""
        keep(printed)
        self._store.append(made.person.id, [seal(made.draft, made.person, self._clock.now(), "server")])
        return printed


@dataclass(frozen=True, slots=True)
class _Made:
    """A packet that is not taken down yet. bound: what its page has, to bind an answer to it."""

    person: Person
    packet: Packet
    bound: Mapping[str, str]
    draft: Draft


def check_size(size: str) -> None:
    """Raises Misuse for a size that no paper has."""
    if size not in SIZES:
        raise Misuse("error.paper-size", size=size)
