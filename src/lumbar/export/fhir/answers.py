"""Questionnaires as they are asked, their answers, and the scores that come of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from lumbar.catalog.words import Words
from lumbar.core.errors import BadFact
from lumbar.core.message import say
from lumbar.core.outcomes import Instrument, Kind, score
from lumbar.core.record import Fact
from lumbar.core.safety import Answer, Form
from lumbar.export.fhir.parts import (
    PAIN_NRS,
    Resource,
    address,
    concept,
    id_of,
    moment,
    own,
    quantity,
    reference,
    text,
)

_SCREEN = "screen"


class Answers:
    """Makes them for one person."""

    def __init__(self, patient: str, form: Form, instruments: Mapping[str, Instrument], words: Words) -> None:
        self._patient = patient
        self._form = form
        self._instruments = instruments
        self._words = words

    def questionnaires(self) -> Iterator[Resource]:
        """The screen and every outcome measure."""
        options = [{"valueCoding": own(answer.value)} for answer in Answer]
        yield _questionnaire(
            _SCREEN,
            self._said("fhir.screen"),
            [
                {"linkId": item, "type": "choice", "text": self._said(f"screen.{item}.short"), "answerOption": options}
                for item in self._form.items
            ],
        )
        for it in self._instruments.values():
            published = it.words(self._words.language)
            rights = None if published is None else published.citation
            yield _questionnaire(it.id, self._said(f"outcome.{it.id}.name"), list(self._items(it)), rights)

    def responses(self, facts: Sequence[Fact]) -> Iterator[Resource]:
        """Each answer, and its score as an observation that is derived from it."""
        for fact in facts:
            if fact.type == "screen-answered":
                yield self._response(fact, _SCREEN, list(_screened(fact.body)))
                if fact.body["nprs"] is not None:
                    yield self._score(fact, concept(PAIN_NRS), fact.body["nprs"])
            elif fact.type == "outcome-answered" and (it := self._instruments.get(fact.body["instrument"])) is not None:
                yield self._response(fact, it.id, list(_answered(it, fact.body)))
                code = PAIN_NRS if it.kind is Kind.RATING else own(it.id)
                with suppress(BadFact):  # an answer that the instrument does not allow has no score
                    yield self._score(fact, concept(code), score(it, fact.body).value)

    def _items(self, it: Instrument) -> Iterator[Resource]:
        if it.kind is Kind.TICKS and (published := it.words(self._words.language)) is not None:
            for number, sentence in enumerate(published.items, 1):
                yield {"linkId": str(number), "type": "boolean", "text": sentence}
        elif it.kind is Kind.ACTIVITIES:
            yield {
                "linkId": "activity", "type": "group", "repeats": True, "item": [
                    {"linkId": "name", "type": "string"}, {"linkId": "rating", "type": "integer"},
                ],
            }  # fmt: skip
        else:
            yield {"linkId": it.id, "type": "integer", "text": self._said(f"outcome.{it.id}.ask")}

    def _response(self, fact: Fact, name: str, items: list[Resource]) -> Resource:
        return {
            "resourceType": "QuestionnaireResponse",
            "id": fact.id,
            "questionnaire": _url(name),
            "status": "completed",
            "subject": reference(self._patient),
            "author": reference(self._patient),
            "authored": moment(fact.at),
            **({"item": items} if items else {}),
        }

    def _score(self, fact: Fact, code: Resource, value: float) -> Resource:
        return {
            "resourceType": "Observation",
            "id": id_of("score", fact.id),
            "status": "final",
            "code": code,
            "subject": reference(self._patient),
            "effectiveDateTime": moment(fact.at),
            "valueQuantity": quantity(value, "{score}"),
            "derivedFrom": [reference(fact.id)],
        }

    def _said(self, message_id: str) -> str:
        return self._words.written(say(message_id))


def _questionnaire(name: str, title: str, items: list[Resource], rights: str | None = None) -> Resource:
    return {
        "resourceType": "Questionnaire",
        "id": id_of("questionnaire", name),
        "url": _url(name),
        "title": title,
        "status": "active",
        "subjectType": ["Patient"],
        "item": items,
        **({} if rights is None else {"copyright": rights}),
    }


def _url(name: str) -> str:
    """A questionnaire's canonical address is the one that it has in the bundle, so that it is found there."""
    return address(id_of("questionnaire", name))


def _screened(body: Mapping[str, Any]) -> Iterator[Resource]:
    for item, answer in body["answers"].items():
        if (link := text(item)) is not None:
            yield {"linkId": link, "answer": [{"valueCoding": own(answer)}]}


def _answered(it: Instrument, body: Mapping[str, Any]) -> Iterator[Resource]:
    if it.kind is Kind.TICKS:
        for number in range(1, it.highest + 1):
            yield {"linkId": str(number), "answer": [{"valueBoolean": number in body["ticks"]}]}
    elif it.kind is Kind.ACTIVITIES:
        for row in body["activities"]:
            named = text(row["name"])
            name = [] if named is None else [{"linkId": "name", "answer": [{"valueString": named}]}]
            rating = {"linkId": "rating", "answer": [{"valueInteger": row["rating"]}]}
            yield {"linkId": "activity", "item": [*name, rating]}
    else:
        value = body["nprs"] if it.kind is Kind.RATING else body["impression"]
        yield {"linkId": it.id, "answer": [{"valueInteger": value}]}
