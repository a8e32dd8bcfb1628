"""`lumbar today`: the plan of today, to be read in ten seconds, or a past day as it was. `lumbar why` has the rest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from lumbar.app.past import DayAsShown
from lumbar.catalog.words import Words
from lumbar.cli.console import plain
from lumbar.cli.manual import Command
from lumbar.cli.whose import Whose
from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.record import DAY_BEGINS_H, day_of

MARKS = {"due": "•", "done": "✓", "optional": "+", "later": "–", "closed": "–"}
"""In front of an exercise: to do, done, may be done again, not now."""

WALKS = {"ask": "•", "due": "•", "done": "✓", "optional": "+", "rests": "–", "closed": "–"}
"""The same in front of the walk."""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.today")
    def today(
        on: Annotated[
            datetime | None,
            typer.Option(formats=["%Y-%m-%d"], metavar="cli.value.date", help="cli.help.past-day"),
        ] = None,
        whose: Whose = None,
    ) -> None:
        from lumbar.cli.household import opened  # it knows every room, and other commands need not load them

        with opened(whose=whose) as (house, person):
            told = house.show_day(person, on=None if on is None else on.date())
        words, exercises = house.rules.words, house.rules.catalogue.exercises
        if told.over:
            found = past(told, words, exercises)
        else:
            found = (*lines(told.day.as_json(), words), *(() if on is None else shown(told, words, exercises)))
        for line in found:
            plain(line)


def past(told: DayAsShown, words: Words, exercises: Mapping[str, Exercise]) -> Iterable[str]:
    """A day that is over: what its sessions showed when they began, and the day as it ended. It asks
    for nothing any more."""
    day: Mapping[str, Any] = told.day.as_json()
    yield words.written(say("cli.today.day", on=day["on"], title=_words(words, day["title"])))
    yield from shown(told, words, exercises)
    if day["steps"]:
        yield ""
        yield words.written(say("cli.today.ended"))
    walk = None if day["walk"] is None or day["walk"]["state"] == "ask" else day["walk"]
    for number, step in enumerate(day["steps"], 1):
        yield ""
        yield from _step(number, step, walk, words, over=True)
    if day["steps"]:
        yield ""
        yield words.written(say("cli.today.marks-past", done=MARKS["done"], not_done=MARKS["later"]))


def shown(told: DayAsShown, words: Words, exercises: Mapping[str, Exercise]) -> Iterable[str]:
    """What the sessions of that day began with, as it was kept."""
    if not told.shown:
        return
    yield ""
    yield words.written(say("cli.today.shown" if told.same_rules else "cli.today.shown-other-rules"))
    for one in told.shown:
        known = exercises.get(one.exercise)
        drill = None if known is None else known.repetition
        asked = {
            "sets": one.sets,
            "hold_s": one.hold_s,
            "side_order": one.sides,
            "test": one.test,
            "load_kg": one.load_kg,
            "repetitions": 1 if drill is None else drill.count,
        }
        name, dose = f"@{one.exercise}.name", _asked(asked, words)
        yield words.written(say("cli.today.shown-dose", at=f"{one.at:%H:%M}", exercise=name, dose=dose))


def lines(day: Mapping[str, Any], words: Words) -> Iterable[str]:
    """The text of a day."""

    def told(message_id: str, **params: str | int | float) -> str:
        return words.written(say(message_id, **params))

    yield told("cli.today.day", on=day["on"], title=_words(words, day["title"]))
    yield _words(words, day["lead"])
    yield from _reviewed(day, words)
    if 0 < day["minutes_left"] < day["minutes"]:
        yield told("cli.today.minutes", minutes=day["minutes"])
    if day["short"]:
        yield _words(words, day["short"]["message"])
    if (where := _where(day)) is not None:
        yield told(where)
    if day["next"] and day["kind"] != "first-run":
        yield _next(day["next"], words)
    for number, step in enumerate(day["steps"], 1):
        yield ""
        yield from _step(number, step, day["walk"], words)
    if day["steps"] and day["kind"] != "first-run":
        yield ""
        yield told(
            "cli.today.marks", due=MARKS["due"], done=MARKS["done"], more=MARKS["optional"], not_now=MARKS["later"]
        )
        yield told("cli.today.why")


def _reviewed(day: Mapping[str, Any], words: Words) -> Iterable[str]:
    """Whether an expert has looked at the plan, who and when, and what they wrote: as Today's page has it."""
    review = day["reviewed"]
    if review is None:
        yield words.written(say("ui.review.none-short"))
        return
    kind = "old" if day["on"] > review["until"] and not review["stops"] else "by"
    yield words.written(say(f"ui.review.{kind}", by=review["by"], on=review["on"]))
    if review["note"]:
        yield words.written(say("ui.review.note", note=review["note"]))


def _walk(walk: Mapping[str, Any], words: Words) -> Iterable[str]:
    """Today's walk, with the weightiest of its reasons. The question where it begins says that already."""
    yield words.written(say("cli.today.walk", mark=WALKS[walk["state"]], walk=_words(words, walk["message"])))
    if walk["walked_min"]:
        yield words.written(
            say("cli.today.walked", minutes=walk["walked_min"], days=walk["week_days"], over=walk["over_days"])
        )
    for reason in walk["reasons"][:1] if walk["state"] != "ask" else ():
        yield words.written(say("cli.today.reason", reason=_words(words, reason["message"])))


def _where(day: Mapping[str, Any]) -> str | None:
    """Where to go on from here, when the terminal is not enough."""
    if day["kind"] == "paused":
        return "cli.today.paused"
    if {"screen", "acknowledge"} & set(day["needs"]):
        return "cli.today.questions"
    return "cli.today.ask" if day["needs"] else None


def _next(coming: Mapping[str, Any], words: Words) -> str:
    """What comes next, with its hour when that is not the beginning of a day."""
    at, what = datetime.fromisoformat(coming["at"]), _words(words, coming["message"])
    if (at.hour, at.minute) == (DAY_BEGINS_H, 0):
        return words.written(say("cli.today.next", what=what, on=day_of(at).isoformat()))
    return words.written(say("cli.today.next-at", what=what, on=at.date().isoformat(), at=f"{at:%H:%M}"))


def _step(
    number: int, step: Mapping[str, Any], walk: Mapping[str, Any] | None, words: Words, *, over: bool = False
) -> Iterable[str]:
    """A step by the name that it has on the page, how it stands, and its exercises, each with the weightiest of its
    reasons. What all of them share is told once, and so is what differs in its numbers alone: `lumbar why` has those.
    walk: that of the day, which our own step leads with. over: of a day that is over, where nothing is due."""
    items, ours = step["items"], step["step"] == Step.MOVE
    yield _head(number, step, words, over=over)
    if ours and walk is not None and step["state"] != "closed":
        yield from _walk(walk, words)
    elif not over and (ours or not step["message"]["id"].endswith(".due")):  # which is its name once more
        yield words.written(say("cli.today.step-reason", reason=_words(words, step["message"])))
    shared = _shared(items)
    for reason in shared[:1]:
        yield words.written(say("cli.today.step-reason", reason=_words(words, reason)))
    if step["state"] == "closed":
        return
    told = {reason["id"] for reason in shared}
    # What is not for now for one reason leads with that; how much it is matters on the day on which it comes.
    waits = step["state"] == "later" and any(item["reasons"][0]["message"] in shared for item in items if shared)
    for item in items:
        mark = (MARKS["done"] if item["held"] else MARKS["later"]) if over else MARKS[item["state"]]
        dose = _held(item, words) if item["held"] and (over or item["state"] == "done") else _asked(item, words)
        yield words.written(say("cli.today.item", mark=mark, exercise=f"@{item['exercise']}.name", dose=dose))
        own = [reason["message"] for reason in item["reasons"] if reason["message"] not in shared]
        if own and not waits and own[0]["id"] not in told:
            yield words.written(say("cli.today.reason", reason=_words(words, own[0])))
            told.add(own[0]["id"])


def _head(number: int, step: Mapping[str, Any], words: Words, *, over: bool) -> str:
    """A step's name, with the minutes that it takes while it is due."""
    name = f"@step.{step['step']}"
    if step["step"] == Step.MOVE:
        name = words.written(say("cli.today.step-ours", step=name, ours=f"{name}.ours"))
    takes = step["state"] == "due" and step["minutes"] and not over
    message_id = "cli.today.step-due" if takes else "cli.today.step"
    return words.written(say(message_id, number=number, step=name, minutes=step["minutes"]))


def _shared(items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The reasons that all of a step's exercises share."""
    first, *others = [[reason["message"] for reason in item["reasons"]] for item in items] or [[]]
    return [reason for reason in first if all(reason in each for each in others)] if others else []


def _held(item: Mapping[str, Any], words: Words) -> str:
    """How long it was held on that day, or how often it was repeated."""
    if "times" in item["held"]:
        return words.written(say("ui.held.times", count=int(item["held"]["times"])))
    parts = (say(f"ui.held.{side}", seconds=int(held_s)) for side, held_s in item["held"].items())
    return words.written(say("cli.today.held", held=", ".join(map(words.written, parts))))


def _asked(item: Mapping[str, Any], words: Words) -> str:
    """What is to do, or was: a measured hold, seconds on each side, or of a drill repetitions."""
    if (drill := in_repetitions(item["sets"], item["repetitions"])) is not None:
        return words.written(drill)
    each = "-each" if len(item["side_order"]) > 1 else ""
    if item["test"] != "none":
        then = {"sets": item["sets"] - 1, "hold": item["hold_s"]} if item["test"] == "again" else {}
        return words.written(say(f"cli.today.measured-{item['test']}{each}", **then))
    dose = words.written(say(f"cli.today.dose{each}", count=item["sets"], hold_s=item["hold_s"]))
    carried = say("cli.today.carried", dose=dose, kg=item["load_kg"])
    return words.written(carried) if item["load_kg"] else dose


def in_repetitions(holds: int, repetitions: int) -> Message | None:
    """What is to do of a drill, whose holds are told as sets of repetitions; None of anything else."""
    if repetitions == 1:
        return None
    sets, lacking = divmod(holds, repetitions)
    if lacking:
        return say("ui.dose.times", count=holds)
    return say("ui.dose.repetitions.said", sets=sets, repetitions=repetitions)


def _words(words: Words, message: Mapping[str, Any]) -> str:
    return words.written(Message(message["id"], message["params"]))
