"""The small parts that every resource is made of: codes, references, quantities, moments and texts.

Codes of others are only those that `clinical.md`'s table has checked; everything else is lumbar's own, in a code system
that travels in the bundle. LOINC codes are used under the LOINC licence, copyright Regenstrief Institute, Inc.
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from math import isfinite
from typing import Any

Resource = dict[str, Any]

OWN = "urn:lumbar:codes"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"

PAIN_NRS = {
    "system": LOINC,
    "code": "72514-3",
    "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
}
EXERCISE_THERAPY = {"system": SNOMED, "code": "229065009", "display": "Exercise therapy"}

_SPACE = uuid.UUID("5b7a3f0e-28c1-5c58-9d6e-6c756d626172")
"""Where the ids of resources come from that are no fact; any constant would do, as long as it stays."""


@lru_cache(maxsize=4_096)
def id_of(*parts: str) -> str:
    """The id of a resource that stands for more than one fact. The same parts give the same id, in every export."""
    return str(uuid.uuid5(_SPACE, "|".join(parts)))


def reference(resource_id: str) -> Resource:
    """A reference to another resource of the bundle."""
    return {"reference": address(resource_id)}


def address(resource_id: str) -> str:
    """The address that a resource has in the bundle."""
    return f"urn:uuid:{resource_id}"


def own(code: str) -> Resource:
    """A code of lumbar's own."""
    return {"system": OWN, "code": code}


def concept(*codings: Mapping[str, Any], words: str | None = None) -> Resource:
    """What codes mean together, and in words."""
    return {"coding": [dict(one) for one in codings], **({} if words is None else {"text": words})}


def quantity(value: float, unit: str) -> Resource:
    """A value in a unit of UCUM. Raises ValueError for what is no number: FHIR cannot write it."""
    if not isfinite(value):
        raise ValueError(f"{value} {unit} is no quantity")
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def moment(at: datetime) -> str:
    """A moment as FHIR writes it: its offset has no seconds."""
    offset = at.utcoffset()
    odd = offset is None or offset.total_seconds() % 60 != 0
    return (at.astimezone(UTC) if odd else at).isoformat()


def text(told: object) -> str | None:
    """Somebody's own words as FHIR allows them: none of the signs that steer, and not nothing."""
    kept = "".join(
        letter
        for letter in str(told or "")
        if (letter >= " " or letter in "\n\t") and not "\ud800" <= letter <= "\udfff"
    ).strip()
    return kept or None
