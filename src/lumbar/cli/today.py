"""`lumbar today`: today's plan as text, each line with its reason."""

from collections.abc import Iterable, Mapping
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
        for line in (*lines(told.day.as_json(), words), *(() if on is None else shown(told, words, exercises))):
            plain(line)


def shown(told: DayAsShown, words: Words, exercises: Mapping[str, Exercise]) -> Iterable[str]:
    """What a session's beginning showed on that day, as it was kept."""
    if not told.shown:
        return
    yield ""
    yield words.written(say("cli.today.shown" if told.same_rules else "cli.today.shown-other-rules"))
    for one in told.shown:
        known = exercises.get(one.exercise)
        drill = None if known is None else known.repetition
        dose = None if drill is None else _in_repetitions(one.sets, drill.count)
        dose = dose or say("cli.today.dose", count=one.sets, hold_s=one.hold_s)
        name = f"@{one.exercise}.name"
        yield words.written(say("cli.today.shown-dose", at=f"{one.at:%H:%M}", exercise=name, dose=words.written(dose)))


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
    if day["steps"]:
        yield ""
        yield told(
            "cli.today.marks", due=MARKS["due"], done=MARKS["done"], more=MARKS["optional"], not_now=MARKS["later"]
        )


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
    """Today's walk, with its reasons."""
    yield words.written(say("cli.today.walk", mark=WALKS[walk["state"]], walk=_words(words, walk["message"])))
    if walk["walked_min"]:
        yield words.written(
            say("cli.today.walked", minutes=walk["walked_min"], days=walk["week_days"], over=walk["over_days"])
        )
    for reason in walk["reasons"]:
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


def _step(number: int, step: Mapping[str, Any], walk: Mapping[str, Any] | None, words: Words) -> Iterable[str]:
    """A step by the name that it has on the page, and its exercises. A reason that all of them share is told once.
    walk: that of the day, which our own step leads with."""
    due, items, ours = step["state"] == "due", step["items"], step["step"] == Step.MOVE
    name = f"@step.{step['step']}"
    if ours:
        name = words.written(say("cli.today.step-ours", step=name, ours=f"{name}.ours"))
    message_id = "cli.today.step-due" if due and step["minutes"] else "cli.today.step"
    yield words.written(say(message_id, number=number, step=name, minutes=step["minutes"]))
    if ours and walk is not None and step["state"] != "closed":
        yield from _walk(walk, words)
    elif ours or not due:
        yield words.written(say("cli.today.step-reason", reason=_words(words, step["message"])))
    told = [[_words(words, reason["message"]) for reason in item["reasons"]] for item in items]
    shared = [reason for reason in told[0] if all(reason in each for each in told)] if len(told) > 1 else []
    for reason in shared[:1] if step["state"] == "closed" else shared:
        yield words.written(say("cli.today.step-reason", reason=reason))
    if step["state"] == "closed":
        return
    for item, reasons in zip(items, told, strict=True):
        exercise = f"@{item['exercise']}.name"
        line = say("cli.today.item", mark=MARKS[item["state"]], exercise=exercise, dose=_dose(item, words))
        yield words.written(line)
        for reason in reasons:
            if reason not in shared:
                yield words.written(say("cli.today.reason", reason=reason))


def _dose(item: Mapping[str, Any], words: Words) -> str:
    """What is to do; of what is done, how long it was held, or how often it was repeated."""
    if item["state"] == "done" and item["held"]:
        if "times" in item["held"]:
            return words.written(say("ui.held.times", count=int(item["held"]["times"])))
        parts = (say(f"ui.held.{side}", seconds=int(held_s)) for side, held_s in item["held"].items())
        return words.written(say("cli.today.held", held=", ".join(map(words.written, parts))))
    if (drill := _in_repetitions(item["sets"], item["repetitions"])) is not None:
        return words.written(drill)
    each = "-each" if len(item["side_order"]) > 1 else ""
    if item["test"] != "none":
        kind = "first" if item["test"] == "first" else "again"
        return words.written(say(f"cli.today.measured-{kind}", sets=item["sets"] - 1, hold=item["hold_s"]))
    dose = words.written(say(f"cli.today.dose{each}", count=item["sets"], hold_s=item["hold_s"]))
    carried = say("cli.today.carried", dose=dose, kg=item["load_kg"])
    return words.written(carried) if item["load_kg"] else dose


def _in_repetitions(holds: int, repetitions: int) -> Message | None:
    """What is to do of a drill, whose holds are told as sets of repetitions; None of anything else."""
    if repetitions == 1:
        return None
    sets, lacking = divmod(holds, repetitions)
    if lacking:
        return say("ui.dose.times", count=holds)
    return say("ui.dose.repetitions.said", sets=sets, repetitions=repetitions)


def _words(words: Words, message: Mapping[str, Any]) -> str:
    return words.written(Message(message["id"], message["params"]))
