"""What went wrong, each as an adverse event with what lumbar had advised then.

R4 has no place for the advice: it stands in an extension of our own, and in the text that every reader shows.
"""

from collections.abc import Iterable, Iterator
from html import escape

from lumbar.catalog.words import Words
from lumbar.core.packet import Event
from lumbar.export.fhir.parts import Resource, concept, id_of, own, reference

ADVISED = "urn:lumbar:advised"


def adverse_events(log: Iterable[Event], patient: str, words: Words) -> Iterator[Resource]:
    """Each event of the log, the oldest first. Its id is made of what it is: day, kind and subject, which the log has
    once. What is told late moves the id of no other, so that two exports of one record agree."""
    for event in reversed(list(log)):
        what, advised = words.written(event.what), words.written(event.advised)
        code = event.what.id.removeprefix("packet.event.").removesuffix("-noted")
        told = f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{escape(what)}</p><p>{escape(advised)}</p></div>'
        yield {
            "resourceType": "AdverseEvent",
            "id": id_of("adverse-event", patient, event.on.isoformat(), code, _about(event)),
            "text": {"status": "generated", "div": told},
            "extension": [{"url": ADVISED, "valueString": advised}],
            "actuality": "actual",
            "event": concept(own(f"event-{code}"), words=what),
            "subject": reference(patient),
            "date": event.on.isoformat(),
            "recorder": reference(patient),
        }


def _about(event: Event) -> str:
    """The exercise or the question that an event is about, or what the person wrote of it, as the log tells events of
    one day and kind apart."""
    told = event.what.params
    return str(told.get("exercise", told.get("question", told.get("note", ""))))
