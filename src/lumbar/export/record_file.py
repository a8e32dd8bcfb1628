"""The whole record as JSON: `lumbar-record/1`, complete and lossless. `record.schema.json` describes it.

One fact stands on each line. How many there are and the sum over all of them come last, so that a file that was cut
short or changed on its way is found out before anything of it is taken in.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from pydantic_core import from_json

from lumbar.app.ports import Exported
from lumbar.core.errors import BadFact, BadImport
from lumbar.core.record import Fact, fact_from_json, moment

FORMAT = "lumbar-record/1"
SCHEMA = Path(__file__).parent / "record.schema.json"
"""What the format looks like, for whoever else reads or writes it."""

_FAMILY = "lumbar-record/"
_FIELDS = frozenset({"format", "lumbar", "exported_at", "person", "facts", "count", "sha256"})


class RecordFile:
    """Writes `lumbar-record/1`. version: of this lumbar, for whoever reads the file later."""

    suffix: ClassVar[str] = "json"
    media_type: ClassVar[str] = "application/json"
    whole: ClassVar[bool] = True

    def __init__(self, version: str) -> None:
        self._version = version

    def __call__(self, exported: Exported) -> Iterator[bytes]:
        head = {
            "format": FORMAT,
            "lumbar": self._version,
            "exported_at": exported.at.isoformat(),
            "person": exported.person,
        }
        yield _written(head)[:-1] + b',"facts":['
        total, between = hashlib.sha256(), b"\n"
        for fact in exported.facts:
            line = _written(fact.as_json())
            total.update(line + b"\n")
            yield between + line
            between = b",\n"
        tail = {"count": len(exported.facts), "sha256": total.hexdigest()}
        yield b"\n]," + _written(tail)[1:] + b"\n"


def read_record(data: bytes) -> Exported:
    """The record in a file of ours. Raises BadImport for one that is cut short, changed, newer or none; BadFact for a
    fact that its type does not allow."""
    values = parsed(data)
    return _record(_verified(values, _sum_of_lines(data)))


def record_of(values: Any) -> Exported:
    """The same from what a file was parsed to."""
    return _record(_verified(values))


def _record(found: Mapping[str, Any]) -> Exported:
    try:
        at, person = moment(str(found["exported_at"]), "exported_at"), found["person"]
    except BadFact:
        raise BadImport("error.import-changed") from None
    if not isinstance(person, str):
        raise BadImport("error.import-changed")
    return Exported(person, at, tuple(_fact(fact, number) for number, fact in enumerate(found["facts"])))


def verified(data: bytes) -> Mapping[str, Any]:
    """A file of ours as plain values, whole and unchanged since it was written. Raises BadImport."""
    return _verified(parsed(data))


def _verified(found: Any, known_sum: str | None = None) -> Mapping[str, Any]:
    """known_sum: over the lines as they stand in the file. Where it is the one that the file tells, nothing was changed
    since; where it is not, the file may still say the same in other words."""
    if not isinstance(found, Mapping) or not isinstance(found.get("format"), str):
        raise BadImport("error.import-unknown")
    _check_format(found)
    facts = found["facts"]
    if not isinstance(facts, list) or found["count"] != len(facts):
        raise BadImport("error.import-changed")
    if known_sum != found["sha256"] and _sum(facts) != found["sha256"]:
        raise BadImport("error.import-changed")
    return found


def parsed(data: bytes) -> Mapping[str, Any]:
    """A file of ours as plain values, of whichever format it says. Raises BadImport."""
    try:
        found = from_json(data, allow_inf_nan=False)
    except ValueError:
        found = _patiently(data)
    if isinstance(found, Mapping) and found.get("resourceType") == "Bundle":
        raise BadImport("error.import-fhir")
    if not isinstance(found, Mapping) or not isinstance(found.get("format"), str):
        raise BadImport("error.import-unknown")
    return found


def _patiently(data: bytes) -> Any:
    """The standard parser, which also takes halves of characters: a record that has one must come back too."""
    try:
        return json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadImport("error.import-cut") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _check_format(found: Mapping[str, Any]) -> None:
    name = found["format"]
    if not name.startswith(_FAMILY):
        raise BadImport("error.import-unknown")
    if name != FORMAT:
        raise BadImport("error.import-newer", format=name[:40])
    if missing := sorted(_FIELDS - found.keys()):
        raise BadImport("error.import-field", field=missing[0])


def _fact(data: Any, number: int) -> Fact:
    if not isinstance(data, Mapping):
        raise BadImport("error.import-changed")
    try:
        return fact_from_json(data)
    except BadFact as error:
        raise BadFact(error.message.id, **{**error.message.params, "place": f"facts.{number}"}) from None


_BEGIN, _END = b'"facts":[\n', b'\n],"count":'
"""What stands around the lines of a file as this module writes it."""


def _sum_of_lines(data: bytes) -> str | None:
    """The sum over the lines of a file as they stand there, which need not be written anew for it; None where they do
    not stand as this module writes them. No line of ours has a break within."""
    begin, end = data.find(_BEGIN) + len(_BEGIN), data.rfind(_END)
    if begin < len(_BEGIN) or end < begin:
        return None
    return hashlib.sha256(data[begin:end].replace(b",\n", b"\n") + b"\n").hexdigest()


def _sum(facts: list[Any]) -> str:
    """The sum over facts as this module writes them, so that spaces and the order of fields do not matter."""
    total = hashlib.sha256()
    try:
        for fact in facts:
            total.update(_written(fact) + b"\n")
    except (ValueError, RecursionError):  # a number or a tower of brackets that this module never writes
        raise BadImport("error.import-changed") from None
    return total.hexdigest()


def _written(value: Any) -> bytes:
    """A value as JSON on one line, its names sorted. Half a character is written as JSON's escape of it."""
    return _ENCODER.encode(value).encode("utf-8", "backslashreplace")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
