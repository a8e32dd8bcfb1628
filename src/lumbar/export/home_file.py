"""A whole home of several people as JSON: `lumbar-home/1`, each with their own `lumbar-record/1` inside.

It is what a backup is when the database's files are not ours to copy. Names are in it, and no PINs.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lumbar.app.ports import Exported, Housed, Person
from lumbar.core.errors import BadFact, BadImport
from lumbar.core.record import moment
from lumbar.export.record_file import RecordFile, parsed, record_of

FORMAT = "lumbar-home/1"


def home_file(home: Sequence[Housed], at: datetime, write: RecordFile) -> bytes:
    """Everybody, with their records."""
    people = [_person(one.person) + b',"record":' + _record(one, at, write) + b"}" for one in home]
    head = json.dumps({"format": FORMAT, "made_at": at.isoformat()}).encode()[:-1]
    return head + b',"people":[' + b",".join(people) + b"]}\n"


def is_home(data: bytes) -> bool:
    """Whether a file says that it is one of these."""
    return data.lstrip().startswith(b'{"format": "lumbar-home/')


def read_home(data: bytes) -> list[Housed]:
    """Everybody in a file, verified. Raises BadImport for one that is cut short, changed or newer; BadFact."""
    found = parsed(data)
    if found["format"] != FORMAT:
        raise BadImport("error.import-newer", format=str(found["format"])[:40])
    people = found.get("people")
    if not isinstance(people, list):
        raise BadImport("error.import-changed")
    return [_housed(one) for one in people]


def _person(person: Person) -> bytes:
    told = {"id": person.id, "since": person.since.isoformat(), "name": person.name, "mark": person.mark}
    return json.dumps(told).encode()[:-1]


def _record(one: Housed, at: datetime, write: RecordFile) -> bytes:
    return b"".join(write(Exported(one.person.id, at, one.facts)))


def _housed(told: Any) -> Housed:
    try:
        if not isinstance(told, Mapping):
            raise TypeError
        since = moment(str(told["since"]), "since")
        person = Person(str(told["id"]), since, str(told["name"]), int(told["mark"]))
        record = record_of(told["record"])
    except (KeyError, TypeError, ValueError, BadFact):
        raise BadImport("error.import-changed") from None
    if record.person != person.id:
        raise BadImport("error.import-changed")
    return Housed(person, record.facts)
