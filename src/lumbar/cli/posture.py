"""`lumbar posture`: the watch at the desk for those who want no browser tab, its breaks, its day, and replays."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from lumbar.app.desk import Profile
from lumbar.app.house import House
from lumbar.app.ports import Person
from lumbar.catalog.words import Words
from lumbar.cli.console import out, plain
from lumbar.cli.keys import Terminal, single_keys
from lumbar.cli.manual import Command
from lumbar.cli.posture_replay import Format, Poses, play, window
from lumbar.cli.whose import Whose
from lumbar.core.errors import Misuse
from lumbar.core.message import Message, say
from lumbar.core.posture import Picture
from lumbar.core.posture.nudge import Choice, quiet_until

_HOURS = re.compile(r"^(\d{1,2})-(\d{1,2})$")
_HOURS_A_DAY = 24


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.posture")
    def posture(
        profile: Annotated[
            str | None, typer.Option(metavar="cli.value.profile", help="cli.help.posture.profile")
        ] = None,
        camera: Annotated[str, typer.Option(metavar="cli.value.number", help="cli.help.posture.camera")] = "0",
        without: Annotated[bool, typer.Option("--no-camera", help="cli.help.posture.no-camera")] = False,
        rate: Annotated[
            float, typer.Option(min=0.2, max=30.0, metavar="cli.value.number", help="cli.help.posture.rate")
        ] = 1.0,
        calibrate: Annotated[
            str | None, typer.Option(metavar="cli.value.profile", help="cli.help.posture.calibrate")
        ] = None,
        forget: Annotated[str | None, typer.Option(metavar="cli.value.profile", help="cli.help.posture.forget")] = None,
        interval: Annotated[
            int | None, typer.Option(metavar="cli.value.minutes", help="cli.help.posture.interval")
        ] = None,
        quiet: Annotated[str | None, typer.Option(metavar="cli.value.from-to", help="cli.help.posture.quiet")] = None,
        pause: Annotated[bool, typer.Option("--break", help="cli.help.posture.break")] = False,
        snooze: Annotated[
            int | None, typer.Option(min=0, max=1440, metavar="cli.value.minutes", help="cli.help.posture.snooze")
        ] = None,
        day: Annotated[bool, typer.Option("--day", help="cli.help.posture.day")] = False,
        on: Annotated[
            datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="cli.value.date", help="cli.help.posture.on")
        ] = None,
        replay: Annotated[Path | None, typer.Option(metavar="cli.value.file", help="cli.help.posture.replay")] = None,
        tall: Annotated[str | None, typer.Option(metavar="cli.value.from-to", help="cli.help.posture.tall")] = None,
        slump: Annotated[str | None, typer.Option(metavar="cli.value.from-to", help="cli.help.posture.slump")] = None,
        usual: Annotated[str | None, typer.Option(metavar="cli.value.from-to", help="cli.help.posture.usual")] = None,
        form: Annotated[Format, typer.Option("--format", help="cli.help.posture.format")] = Format.TEXT,
        whose: Whose = None,
    ) -> None:
        chosen = interval is not None or quiet is not None
        _one_thing(
            {
                "--replay": replay is not None,
                "--calibrate": calibrate is not None,
                "--forget": forget is not None,
                "--break": pause,
                "--snooze": snooze is not None,
                "--day": day,
                "--interval/--quiet": chosen,
            }
        )
        _one_thing({"--no-camera": without, "--profile": profile is not None, "--calibrate": calibrate is not None})
        _together("--replay", replay is not None, {"--tall": tall, "--slump": slump, "--usual": usual})
        _together("--day", day, {"--on": on})
        if replay is not None:
            _replay(replay, (tall, slump, usual), rate, form)
            return
        with _at_desk(whose) as at:
            if calibrate is not None:
                at.calibrate(calibrate, camera)
            elif forget is not None:
                at.house.desk.forget(at.person, forget)
                out(say("posture.forgotten", profile=forget), at.words)
            elif pause:
                at.take_break()
            elif snooze is not None:
                at.snooze(snooze)
            elif day:
                at.show(at.house.desk.picture(at.person, None if on is None else on.date()), form)
            elif chosen:
                at.choose(interval, quiet)
            else:
                at.watch(profile, None if without else camera, rate)


def _one_thing(asked: dict[str, bool]) -> None:
    wanted = [name for name, is_asked in asked.items() if is_asked]
    if len(wanted) > 1:
        raise Misuse("error.posture-one", options=", ".join(wanted))


def _together(main: str, is_asked: bool, parts: Mapping[str, object]) -> None:
    """Raises Misuse for an option that says nothing without another one."""
    alone = [name for name, value in parts.items() if value is not None]
    if alone and not is_asked:
        raise Misuse("error.posture-together", option=alone[0], main=main)


def _replay(path: Path, poses: tuple[str | None, str | None, str | None], rate: float, form: Format) -> None:
    from lumbar import wiring

    tall, slump, usual = poses
    if tall is None or slump is None:
        raise Misuse("error.posture-windows")
    _, words = wiring.own_catalogue(wiring.read_settings())
    between = Poses(window(tall), window(slump), None if usual is None else window(usual))
    play(path, between, rate, form, words)


@dataclass(frozen=True, slots=True)
class _Desk:
    """The household's desk, and the words to tell of it."""

    house: House
    person: Person
    words: Words

    @property
    def terminal(self) -> Terminal:
        return Terminal(self.words, self.house.desk.settings.nudges.snooze_min)

    def calibrate(self, name: str, camera: str) -> None:
        from lumbar import wiring

        desk = self.house.desk
        desk.need_open(self.person)  # before a camera is switched on
        calibration = wiring.build_calibration(self.house, _camera(camera), self.terminal)
        with single_keys():
            calibration.run(self.person, name)
        out(say("cli.posture.estimate"), self.words)

    def watch(self, name: str | None, camera: str | None, rate: float) -> None:
        from lumbar import wiring
        from lumbar.app.desk_watch import DeskWatch

        desk = self.house.desk
        desk.need_open(self.person)
        ports = wiring.build_desk_ports(None if camera is None else _camera(camera), self.terminal)
        profile = None if camera is None else desk.profile(self.person, name, ports.eyes.model)
        if profile is not None:
            self._tell_of(profile, ports.clock.now().date())
        with single_keys():
            DeskWatch(desk, ports, self.words, self.person, profile).run(rate)

    def _tell_of(self, profile: Profile, today: date) -> None:
        days = (today - profile.kept_on).days
        if days >= self.house.desk.settings.calibration.stale_days:
            out(say("cli.posture.old", profile=profile.name, count=days), self.words)
        out(say("cli.posture.estimate"), self.words)

    def take_break(self) -> None:
        from lumbar.app.desk_watch import guide

        with single_keys():
            guide(self.house.desk, self.terminal, self.person)

    def snooze(self, minutes: int) -> None:
        """Be quiet for so long; without any minutes speak again."""
        desk = self.house.desk
        if minutes == 0:
            stood = desk.speak_again(self.person)
            out(say("posture.speaks-again" if stood else "posture.not-quiet"), self.words)
            return
        out(quiet_until(desk.snooze(self.person, minutes), desk.clock.now()), self.words)
        out(say("cli.posture.snooze-none"), self.words)

    def choose(self, interval_min: int | None, quiet: str | None) -> None:
        desk = self.house.desk
        before = desk.choice(self.person)
        from_h, to_h = (before.quiet_from_h, before.quiet_to_h) if quiet is None else _hours(quiet)
        choice = Choice(before.interval_min if interval_min is None else interval_min, from_h, to_h)
        desk.choose(self.person, choice)
        out(say("cli.posture.chosen", minutes=choice.interval_min, from_h=from_h, to_h=to_h), self.words)

    def show(self, picture: Picture, form: Format) -> None:
        if form is Format.JSONL:
            plain(json.dumps(picture.as_json(), allow_nan=False))
            return
        for message in lines(picture, self.house.desk.settings.picture.worth_telling_s):
            out(message, self.words)


@contextmanager
def _at_desk(whose: str | None) -> Iterator[_Desk]:
    from lumbar.cli.household import opened  # it knows every room, and other commands need not load them

    with opened(whose=whose) as (house, person):
        yield _Desk(house, person, house.rules.words)


def lines(picture: Picture, worth_telling_s: float) -> Iterable[Message]:
    """The text of a day's picture: counts and shares, never a score. A shorter time than the given has no line."""
    yield say("cli.posture.day", on=picture.on.isoformat())
    if picture.watched_s <= 0.0 and not picture.breaks:
        yield say("cli.posture.day-none")
        return
    yield say("cli.posture.changes", count=picture.changes)
    yield say("cli.posture.longest", count=round(picture.longest_still_s / 60))
    yield say("cli.posture.breaks", count=picture.breaks)
    shares = picture.shares
    if shares is not None and picture.judged_s >= worth_telling_s:
        parts = {name: round(100 * share) for name, share in shares.items()}
        yield say("cli.posture.shares", minutes=round(picture.judged_s / 60), **parts)
    if picture.unjudged_s >= worth_telling_s:
        yield say("cli.posture.not-judged", count=round(picture.unjudged_s / 60))


def _hours(text: str) -> tuple[int, int]:
    match = _HOURS.match(text.strip())
    if match is None or int(match[1]) >= _HOURS_A_DAY or int(match[2]) >= _HOURS_A_DAY:
        raise Misuse("error.posture-hours", text=text)
    return int(match[1]), int(match[2])


def _camera(text: str) -> int | str:
    """A camera's number; anything else is a recording that stands in for one, at its own speed."""
    return int(text) if text.isdecimal() else text
