"""Takes in an expert's answer: checks that it is one, unchanged, of this person, of a packet of theirs, and new."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lumbar.app.approval import TYPE as WISH
from lumbar.app.approval import By, wish
from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.record_facts import Draft, Recorded, RecordFacts
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.errors import BadFact, BadInput, Conflict
from lumbar.core.message import Message
from lumbar.core.packet import AnswerTo, read_answer, settled
from lumbar.core.packet.answer import FORMAT, review_body, unknown_in
from lumbar.core.plan.history import fold
from lumbar.core.record import Fact, Record, day_of
from lumbar.core.safety import stand

MOST_BYTES = 262_144
"""No answer is larger; a file that is, is none."""

_LONGEST_NAME = 60
"""So much of a name that is unknown fits into a sentence."""

_OURS = re.compile(r"lumbar-review/[0-9]+")
"""How the format of an answer is named, also by a lumbar to come."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that was taken in: its facts with the day as it is now, and what this very answer did."""

    recorded: Recorded
    did: tuple[Message, ...]


class TakeAnswer:
    """Makes an answer's facts: its review, and a clearance for each question that was ticked. All of them or none."""

    def __init__(self, records: Records, clock: Clock, rules: Rules, record_facts: RecordFacts) -> None:
        self._records, self._clock, self._rules, self._record_facts = records, clock, rules, record_facts

    def __call__(self, person: Person, content: str, *, zone: str | None = None) -> Taken:
        """Raises BadInput or Conflict with one sentence, and then nothing is changed."""
        now = in_zone(self._clock.now(), zone)
        record = self._records.of(person)
        file = _file(content)
        told = _payload(file)
        made = _packet(record, str(file["packet"]))
        if made is None:
            known = told.get("person") == person.id
            raise BadInput("error.answer-unknown" if known else "error.answer-other-person")
        if not _is_sealed(file, made) or told.get("digest") != made.body["digest"]:
            raise BadInput("error.answer-changed")
        _check_new(record, told, str(file["packet"]))
        verdict = stand(record, self._rules.form, now).verdict
        waiting = () if verdict is None else (way.item for way in verdict.ways_back if way.item is not None)
        answer = read_answer(
            told,
            packet=str(file["packet"]),
            made_on=made.happened_on,
            answer_by=date.fromisoformat(made.body["answer_by"]),
            today=day_of(now),
            form=self._rules.form,
            waiting=waiting,
        )
        unknown = unknown_in(answer.review, self._rules.catalogue.exercises)
        if unknown is not None:
            raise BadInput("error.answer-unknown-exercise", exercise=unknown[:_LONGEST_NAME])
        _check_not_overtaken(record, made, answer)
        drafts = [
            Draft(_id(made, number, file["payload"]), kind, 1, now, zone or "UTC", "server", body)
            for number, (kind, body) in enumerate([*_facts(answer), *self._wish(answer, record, now)])
        ]
        recorded = self._record_facts(person, drafts, source="import", whole=True)
        if recorded.duplicates:  # another answer came in since the record was read
            raise Conflict("error.answer-used")
        after = fold(self._records.of(person))
        return Taken(recorded, settled(self._rules.programme, after, drafts[0].id, recorded.today.on))

    def _wish(self, answer: AnswerTo, record: Record, now: datetime) -> list[tuple[str, Mapping[str, Any]]]:
        """What they said of changes that matter: whether those wait for an expert's word from now on."""
        if answer.waits is None:
            return []
        by = By(answer.review["by_whom"], answer.review["profession"])
        return [(WISH, wish(self._rules, record, now, wanted=answer.waits, by=by))]


def _facts(answer: AnswerTo) -> list[tuple[str, Mapping[str, Any]]]:
    return [("review-recorded", answer.review), *(("clearance-recorded", body) for body in answer.clearances)]


def _check_new(record: Record, told: Mapping[str, Any], packet: str) -> None:
    """Raises Conflict for a packet that was answered already, by the same answer or by another."""
    for fact in record.uncorrected:
        if fact.type == "review-recorded" and fact.body.get("packet") == packet:
            raise Conflict("error.answer-used" if _is_same(told, packet, fact) else "error.answer-other")


def _is_same(told: Mapping[str, Any], packet: str, review: Fact) -> bool:
    try:
        return bool(review_body(told, packet) == review.body)
    except (KeyError, BadFact):
        return False


def _check_not_overtaken(record: Record, made: Fact, answer: AnswerTo) -> None:
    """Raises Conflict for an answer whose packet knew nothing of a review that has come since: what that one paused or
    left out would go on unseen. A wish to be spoken with changes nothing, and a later hold is always heard."""
    later = [fact for fact in record.of("review-recorded") if fact.recorded_at > made.recorded_at and _decides(fact)]
    last = max(later, key=lambda fact: str(fact.body["reviewed_on"]), default=None)
    if last is None or answer.review["decision"] == "contact":
        return
    holds = answer.review["decision"] == "stop" and answer.review["reviewed_on"] >= last.body["reviewed_on"]
    if not holds:
        told = {"by": str(last.body["by_whom"]), "seen_on": str(last.body["reviewed_on"])}
        raise Conflict("error.answer-overtaken", **told)


def _decides(review: Fact) -> bool:
    return str(review.body["decision"]) != "contact"


def _file(content: str) -> Mapping[str, Any]:
    if len(content) > MOST_BYTES:
        raise BadInput("error.answer-file")
    try:
        file = json.loads(content)
    except (ValueError, RecursionError):
        raise BadInput("error.answer-file") from None
    named = str(file.get("format")) if isinstance(file, dict) else ""
    if named != FORMAT and _OURS.fullmatch(named):
        raise BadInput("error.answer-newer", format=named[:40])
    texts = ("packet", "payload", "seal")
    fits = isinstance(file, dict) and file.get("format") == FORMAT
    if not fits or not all(isinstance(file.get(name), str) for name in texts):
        raise BadInput("error.answer-file")
    return dict(file)


def _payload(file: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        told = json.loads(file["payload"])
    except (ValueError, RecursionError):
        raise BadInput("error.answer-changed") from None
    if not isinstance(told, dict):
        raise BadInput("error.answer-changed")
    return told


def _packet(record: Record, packet_id: str) -> Fact | None:
    return next((fact for fact in record.of("packet-made") if fact.body["packet"] == packet_id), None)


def seal_of(key: str, packet_id: str, payload: str) -> str:
    """The seal of an answer, as the packet's page makes it: HMAC-SHA-256 in hexadecimal digits."""
    told = f"{packet_id}\n{payload}".encode("utf-8", "surrogatepass")
    return hmac.new(bytes.fromhex(key), told, hashlib.sha256).hexdigest()


def _is_sealed(file: Mapping[str, Any], made: Fact) -> bool:
    wanted = seal_of(made.body["key"], made.body["packet"], file["payload"])
    return hmac.compare_digest(wanted.encode(), file["seal"].encode("utf-8", "surrogatepass"))


def _id(made: Fact, number: int, payload: str) -> str:
    """The id of a fact of an answer. The review, which comes first, has the same one for the same packet, so that of
    two answers at once the store takes one; the others follow from their own answer, and are never taken for another's.
    """
    of_what = "0" if number == 0 else f"{number}\n{payload}"
    digest = hashlib.sha256(f"{made.body['packet']}\n{of_what}".encode("utf-8", "surrogatepass")).digest()
    moment = UUID(made.id).bytes[:6]
    return str(UUID(bytes=moment + bytes([0x70 | digest[6] & 0x0F, digest[7], 0x80 | digest[8] & 0x3F]) + digest[9:16]))
