"""The plan on paper for the person: start and hold, the dose and the cues of each exercise, what a reviewer wrote about
it, and a log to fill in by pen."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from lumbar.catalog.words import Words
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.packet import Packet, Row, WalkRow
from lumbar.export.packet_pdf import letters_of
from lumbar.export.paper import INK, MARGIN, QUIET, Paper, Still, broken
from lumbar.export.sheet import Teller, dose_of, note_of, sheet_of, walk_of

_LOG_DAYS = 28
_PROMPTS = 2
_BESIDE_MM, _PICTURE_MM, _APART_MM, _HIGH_MM, _CAPTION_MM = 74.0, 34.0, 2.0, 20.0, 3.6
"""What the two pictures of an exercise take, how wide one is, how far apart they are, how high they are at the most,
and what is under them."""

_TITLES_MM = 34.0
_FOOT_MM, _WALK_MM = 17.0, 7.0
_TEXT_MM, _LINE_MM = 12.2, 4.2
"""What the name and the dose of an exercise take, and each line below them."""

_ASKED_LINES = 2
_NOTE_LINES = 40
"""More than the longest note takes: it is never cut."""


def handout_pdf(packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, size: str = "a4") -> bytes:
    """The plan as a PDF of two pages, or of more when a reviewer wrote much. size: a4 or letter.

    Raises StoreUnavailable without the fonts for print.
    """
    t = Teller(words)
    cues = {row.exercise: cues_of(exercises[row.exercise], row.rung, words) for row in packet.rows}
    letters = [
        *letters_of(sheet_of(packet, exercises, words), words),
        *(cue for found in cues.values() for cue in found),
        note_of(packet, t) or "",
        *(t.message(row.note) for row in packet.rows if row.note is not None),
    ]
    paper = Paper(size, letters, t("handout.title"), words.language)
    _plan(paper, packet, exercises, t, cues)
    _log(paper, packet, t)
    return bytes(paper.output())


def cues_of(exercise: Exercise, rung_id: str, words: Words) -> tuple[str, ...]:
    """The first things that are said in a hold of a form, as they are written; of what is repeated, what is looked at
    first."""
    rung = exercise.rung(rung_id)
    told = [say(prompt.message) for prompt in sorted(exercise.prompts_of(rung), key=lambda one: one.at_s)]
    told = told or [say(check.cues[0]) for check in exercise.checks_of(rung)]
    return tuple(words.written(message) for message in told[:_PROMPTS])


def _plan(
    paper: Paper, packet: Packet, exercises: Mapping[str, Exercise], t: Teller, cues: Mapping[str, tuple[str, ...]]
) -> None:
    paper.add_page()
    y = _head(paper, packet, t("handout.title"), t("handout.lead", day_on=t.day(packet.on)))
    y = paper.say(MARGIN, y, t.message(packet.review), paper.inner, size=9.5, colour=QUIET) + 2
    if (note := note_of(packet, t)) is not None:
        y = paper.say(MARGIN, y, broken(note), paper.inner, size=10, bold=True, lines=_NOTE_LINES) + 2
    walk = None if packet.walk is None else _walk(packet.walk, t)
    blocks = [_Block(paper, row, exercises[row.exercise], t, cues[row.exercise]) for row in packet.rows]
    least = [block.least_mm for block in blocks]
    room = paper.h - y - _FOOT_MM - (_WALK_MM if walk else 0)
    spare = max(0.0, room - sum(least)) / max(1, len(blocks))
    for block, needed in zip(blocks, least, strict=True):
        if y + needed + spare > paper.h - _FOOT_MM + 0.01:
            y = _go_on(paper, t)
        paper.rule(MARGIN, y, paper.inner)
        block.draw(y, needed + spare)
        y += needed + spare
    if walk is not None:
        if y + _WALK_MM > paper.h - _FOOT_MM + 0.01:
            y = _go_on(paper, t)
        paper.rule(MARGIN, y, paper.inner)
        paper.say(MARGIN, y + 1.2, t("plan.walk.name"), _BESIDE_MM, size=12, bold=True)
        paper.say(MARGIN + _BESIDE_MM, y + 1.5, walk, paper.inner - _BESIDE_MM, size=10)
    _foot(paper, t)


def _walk(walk: WalkRow, t: Teller) -> str:
    return t("handout.closed") if walk.closed else walk_of(walk, t)[1]


def _go_on(paper: Paper, t: Teller) -> float:
    """A further page, when a reviewer's notes leave no room on this one; where it begins."""
    _foot(paper, t)
    paper.add_page()
    paper.logo(MARGIN, 10)
    return 20.0


class _Block:
    """One exercise: its figure, and its words beside it. least_mm: so much height it needs."""

    def __init__(self, paper: Paper, row: Row, exercise: Exercise, t: Teller, cues: Sequence[str]) -> None:
        self._paper, self._row, self._exercise, self._t = paper, row, exercise, t
        self._wide = paper.inner - _BESIDE_MM
        self._note = "" if row.note is None else broken(t.message(row.note))
        self._cues = () if row.closed else cues  # what is not for now asks for nothing
        form = t(f"{row.exercise}.rung.{row.rung}")
        self._asked = t("handout.closed") if row.closed else f"{dose_of(row, t)} · {form}"
        asked = paper.count_lines(self._asked, self._wide, size=10, bold=False, most=_ASKED_LINES) - 1
        lines = paper.count_lines(self._note, self._wide, size=9, bold=True, most=_NOTE_LINES) if self._note else 0
        self.least_mm = _TEXT_MM + _LINE_MM * (asked + len(self._cues) + lines)

    def draw(self, y: float, high: float) -> None:
        """It, from a height on."""
        paper = self._paper
        self._pictures(y + 1, min(high - 2 - _CAPTION_MM, _HIGH_MM))
        x, wide = MARGIN + _BESIDE_MM, self._wide
        y = paper.say(x, y + 1.2, self._t(f"{self._row.exercise}.name"), wide, size=12, bold=True)
        y = paper.say(x, y, self._asked, wide, size=10, lines=_ASKED_LINES)
        for cue in self._cues:
            y = paper.say(x, y, cue, wide, size=9, colour=QUIET)
        if self._note:
            paper.say(x, y, self._note, wide, size=9, bold=True, lines=_NOTE_LINES)

    def _pictures(self, y: float, high: float) -> None:
        """Where it starts, and beside it what is held, or of a drill its lowest point."""
        paper, exercise, rung = self._paper, self._exercise, self._row.rung
        end = "hold" if exercise.repetition is None else "low"
        for number, name in enumerate(("start", end)):
            x = MARGIN + number * (_PICTURE_MM + _APART_MM)
            paper.still((x, y), (_PICTURE_MM, high), Still(exercise, rung, start=not number))
            caption = self._t(f"ui.exercise.still.{name}")
            paper.say(x, y + high + 0.4, caption, _PICTURE_MM, size=7.5, colour=QUIET, align="C")


def _head(paper: Paper, packet: Packet, title: str, lead: str) -> float:
    paper.logo(MARGIN, 10)
    if packet.name:
        paper.say(MARGIN, 10, packet.name, paper.inner, size=10, colour=QUIET, align="R")
    y = paper.headline(MARGIN, 18, title, paper.inner, 20)
    return paper.say(MARGIN, y, lead, paper.inner, size=10.5)


def _log(paper: Paper, packet: Packet, t: Teller) -> None:
    """A line a day, a column an exercise."""
    paper.add_page()
    y = _head(paper, packet, t("handout.log"), t("handout.log.lead")) + 3
    names = [t(f"{row.exercise}.name") for row in packet.rows]
    names += [] if packet.walk is None else [walk_of(packet.walk, t)[0]]
    columns = [t("handout.log.day"), t("handout.log.before"), *names, t("handout.log.after")]
    first, wide = 22.0, (paper.inner - 22.0) / (len(columns) - 1)
    y += _TITLES_MM
    for number, name in enumerate(columns):
        x = MARGIN + (first + (number - 1) * wide if number else 0)
        if number == 0:
            paper.say(x, y - 4.5, name, first - 1, size=8, bold=True)
            continue
        with paper.rotation(90, x + wide / 2 - 3.4, y - 1):  # upright, for no column is as wide as an exercise's name
            paper.say(x + wide / 2 - 3.4, y - 1, name, _TITLES_MM, size=8, lines=2, bold=True, leading=1.15)
    high = (paper.h - y - 17) / _LOG_DAYS
    for day in range(_LOG_DAYS + 1):
        paper.rule(MARGIN, y + day * high, paper.inner)
        if day < _LOG_DAYS:
            on = packet.on + timedelta(days=day)
            text = f"{t(f'date.weekday.{on.isoweekday()}')[:2]} {on.day} {t(f'date.month.{on.month}')[:3]}"
            paper.say(MARGIN, y + day * high + high / 2 - 1.9, text, first - 1, size=8)
    for number in range(len(columns)):
        x = MARGIN + first + number * wide
        paper.set_draw_color(*QUIET)
        paper.set_line_width(0.15)
        paper.line(x, y, x, y + _LOG_DAYS * high)
    paper.set_draw_color(*INK)
    _foot(paper, t)


def _foot(paper: Paper, t: Teller) -> None:
    said = f"{t('packet.letters')} {t('packet.foot')}" if paper.lacks else t("packet.foot")
    y = paper.h - 11.5 - 3.4 * bool(paper.lacks)
    paper.say(MARGIN, y, said, paper.inner, size=7.5, colour=QUIET, lines=2)
