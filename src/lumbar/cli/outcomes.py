"""`lumbar outcomes`: every outcome measure as text: its scores, and the last one beside the first."""

from collections.abc import Iterable

import typer

from lumbar.app.outcomes import ShownOutcomes
from lumbar.catalog.words import Words
from lumbar.cli.console import plain
from lumbar.cli.manual import Command
from lumbar.cli.whose import Whose
from lumbar.core.message import say
from lumbar.core.outcomes import Course, Kind, Point, shown, tell


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.outcomes")
    def outcomes(whose: Whose = None) -> None:
        from lumbar.cli.household import opened  # it knows every room, and other commands need not load them

        with opened(whose=whose) as (house, person):
            found = house.show_outcomes(person)
        for line in lines(found, house.rules.words):
            plain(line)


def lines(found: ShownOutcomes, words: Words) -> Iterable[str]:
    """The text of all outcome measures."""
    yield words.written(say("ui.outcomes.title"))
    for due in found.due:
        yield words.written(say("cli.outcomes.due", name=f"@outcome.{due.instrument}.name", until_on=str(due.until)))
    for course in found.courses:
        yield ""
        yield from _course(course, words)
    for walked in found.walked[-1:]:
        yield ""
        yield words.written(say("outcome.walked", count=walked.minutes))


def _course(course: Course, words: Words) -> Iterable[str]:
    it = course.instrument
    yield words.written(say("cli.outcomes.name", name=f"@outcome.{it.id}.name", what=f"@outcome.{it.id}.what"))
    if not course.points:
        yield words.written(say("cli.outcomes.line", text="@ui.outcomes.none"))
    for message in tell(course):
        yield words.written(say("cli.outcomes.line", text=words.written(message)))
    if len(course.points) > 1:
        for point in course.points:
            yield words.written(say("cli.outcomes.point", on=point.on.isoformat(), score=_score(course, point, words)))


def _score(course: Course, point: Point, words: Words) -> str:
    it, value = course.instrument, point.score.value
    if it.kind is Kind.CHOICE:
        return words.written(say(f"outcome.{it.id}.{int(value)}"))
    return words.written(say(f"outcome.score.{it.id}", value=shown(value)))
