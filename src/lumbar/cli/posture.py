"""`lumbar posture`: the watch at the desk for those who want no browser tab, its breaks, its day, and replays."""

import json
import re
from collections.abc import Iterator, Mapping
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
from lumbar.cli.posture_day import lines
from lumbar.cli.posture_replay import Format, Poses, play, window
from lumbar.cli.whose import Whose
from lumbar.core.errors import Misuse
from lumbar.core.message import say
from lumbar.core.posture.nudge import Choice, quiet_until

_HOURS = re.compile(r"^(\d{1,2})-(\d{1,2})$")
_HOURS_A_DAY = 24


_Profile = Annotated[str | None, typer.Option(metavar="cli.value.profile", help="cli.help.posture.profile")]
_Camera = Annotated[str, typer.Option(metavar="cli.value.number", help="cli.help.posture.camera")]
_NoCamera = Annotated[bool, typer.Option("--no-camera", help="cli.help.posture.no-camera")]
SLOWEST = 0.25
"""Pictures a second: two that lie further apart than `max_gap_s` of the settings, and a slow look, count as nothing."""

_Rate = Annotated[float, typer.Option(min=SLOWEST, max=30.0, metavar="cli.value.number", help="cli.help.posture.rate")]
_Calibrate = Annotated[str | None, typer.Option(metavar="cli.value.profile", help="cli.help.posture.calibrate")]
_Forget = Annotated[str | None, typer.Option(metavar="cli.value.profile", help="cli.help.posture.forget")]
_Interval = Annotated[int | None, typer.Option(metavar="cli.value.minutes", help="cli.help.posture.interval")]
_Quiet = Annotated[str | None, typer.Option(metavar="cli.value.from-to", help="cli.help.posture.quiet")]
_Pause = Annotated[bool, typer.Option("--break", help="cli.help.posture.break")]
_Snooze = Annotated[
    int | None, typer.Option(min=0, max=1440, metavar="cli.value.minutes", help="cli.help.posture.snooze")
]
_Day = Annotated[bool, typer.Option("--day", help="cli.help.posture.day")]
_On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="cli.value.date", help="cli.help.posture.on")
]
_Replay = Annotated[Path | None, typer.Option(metavar="cli.value.file", help="cli.help.posture.replay")]
_Tall = Annotated[str | None, typer.Option(metavar="cli.value.from-to", help="cli.help.posture.tall")]
_Slump = Annotated[str | None, typer.Option(metavar="cli.value.from-to", help="cli.help.posture.slump")]
_Usual = Annotated[str | None, typer.Option(metavar="cli.value.from-to", help="cli.help.posture.usual")]
_Form = Annotated[Format, typer.Option("--format", help="cli.help.posture.format")]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.posture")
    def posture(
        profile: _Profile = None,
        camera: _Camera = "0",
        without: _NoCamera = False,
        rate: _Rate = 1.0,
        calibrate: _Calibrate = None,
        forget: _Forget = None,
        interval: _Interval = None,
        quiet: _Quiet = None,
        pause: _Pause = False,
        snooze: _Snooze = None,
        day: _Day = False,
        on: _On = None,
        replay: _Replay = None,
        tall: _Tall = None,
        slump: _Slump = None,
        usual: _Usual = None,
        form: _Form = Format.TEXT,
        whose: Whose = None,
    ) -> None:
        watch = _WatchWish(profile, None if without else camera, rate)
        wish = _Wish(watch, calibrate, camera, forget, interval, quiet, pause, snooze, day, on, form)
        recording = _Recording(replay, tall, slump, usual)
        _check(wish, recording)
        if replay is not None:
            _replay(replay, recording, rate, form)
            return
        with _at_desk(whose) as at:
            _do(wish, at)


@dataclass(frozen=True, slots=True)
class _WatchWish:
    """How to watch. profile: None for the newest. camera: None for none."""

    profile: str | None
    camera: str | None
    rate: float


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for at the desk, as the options have it; None and False for what was not."""

    watch: _WatchWish
    calibrate: str | None
    camera: str
    forget: str | None
    interval: int | None
    quiet: str | None
    pause: bool
    snooze: int | None
    day: bool
    on: datetime | None
    form: Format

    @property
    def chosen(self) -> bool:
        """Whether something is chosen for good."""
        return self.interval is not None or self.quiet is not None


@dataclass(frozen=True, slots=True)
class _Recording:
    """A recording to be replayed, and its seconds of each pose."""

    file: Path | None
    tall: str | None
    slump: str | None
    usual: str | None


def _check(wish: _Wish, recording: _Recording) -> None:
    """Raises Misuse for options that do not go together, or that say nothing alone."""
    calibrates, replays = wish.calibrate is not None, recording.file is not None
    _one_thing(
        {
            "--replay": replays,
            "--calibrate": calibrates,
            "--forget": wish.forget is not None,
            "--break": wish.pause,
            "--snooze": wish.snooze is not None,
            "--day": wish.day,
            "--interval/--quiet": wish.chosen,
        }
    )
    watch = wish.watch
    _one_thing(
        {
            "--no-camera": watch.camera is None,
            "--profile": watch.profile is not None,
            "--calibrate": calibrates,
            "--interval/--quiet": wish.chosen,
        }
    )
    poses = {"--tall": recording.tall, "--slump": recording.slump, "--usual": recording.usual}
    _together("--replay", replays, poses)
    _together("--day", wish.day, {"--on": wish.on})


def _do(wish: _Wish, at: "_Desk") -> None:
    """The one thing that was asked for; watching where nothing was."""
    if wish.calibrate is not None:
        at.calibrate(wish.calibrate, wish.camera)
    elif wish.forget is not None:
        at.forget(wish.forget)
    elif wish.pause:
        at.take_break()
    elif wish.snooze is not None:
        at.snooze(wish.snooze)
    elif wish.day:
        at.show(None if wish.on is None else wish.on.date(), wish.form)
    elif wish.chosen:
        at.choose(wish.interval, wish.quiet)
    else:
        at.watch(wish.watch)


def _one_thing(asked: dict[str, bool]) -> None:
    wanted = [name for name, is_asked in asked.items() if is_asked]
    if len(wanted) > 1:
        raise Misuse("error.posture-one", options=", ".join(wanted))


def _together(main: str, is_asked: bool, parts: Mapping[str, object]) -> None:
    """Raises Misuse for an option that says nothing without another one."""
    alone = [name for name, value in parts.items() if value is not None]
    if alone and not is_asked:
        raise Misuse("error.posture-together", option=alone[0], main=main)


def _replay(path: Path, recording: _Recording, rate: float, form: Format) -> None:
    from lumbar import wiring

    if path.is_dir():
        raise Misuse("error.posture-folder", folder=path.name)
    tall, slump, usual = recording.tall, recording.slump, recording.usual
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

    def forget(self, name: str) -> None:
        self.house.desk.forget(self.person, name)
        out(say("posture.forgotten", profile=name), self.words)

    def watch(self, wish: _WatchWish) -> None:
        from lumbar import wiring
        from lumbar.app.desk_watch import DeskWatch

        desk = self.house.desk
        desk.need_open(self.person)
        camera = None if wish.camera is None else _camera(wish.camera)
        ports = wiring.build_desk_ports(camera, self.terminal)
        profile = None if camera is None else desk.profile(self.person, wish.profile, ports.eyes.model)
        if profile is not None:
            self._tell_of(profile, ports.clock.now().date())
        with single_keys():
            DeskWatch(desk, ports, self.words, self.person, profile).run(wish.rate)

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
        out(quiet_until(desk.snooze(self.person, minutes), desk.on_the_wall()), self.words)
        out(say("cli.posture.snooze-none"), self.words)

    def choose(self, interval_min: int | None, quiet: str | None) -> None:
        desk = self.house.desk
        before = desk.choice(self.person)
        from_h, to_h = (before.quiet_from_h, before.quiet_to_h) if quiet is None else _hours(quiet)
        choice = Choice(before.interval_min if interval_min is None else interval_min, from_h, to_h)
        desk.choose(self.person, choice)
        told = "cli.posture.chosen" if from_h != to_h else "cli.posture.chosen-no-quiet"
        out(say(told, minutes=choice.interval_min, from_h=from_h, to_h=to_h), self.words)

    def show(self, on: date | None, form: Format) -> None:
        picture = self.house.desk.picture(self.person, on)
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


def _hours(text: str) -> tuple[int, int]:
    match = _HOURS.match(text.strip())
    if match is None or int(match[1]) >= _HOURS_A_DAY or int(match[2]) >= _HOURS_A_DAY:
        raise Misuse("error.posture-hours", text=text)
    return int(match[1]), int(match[2])


def _camera(text: str) -> int | str:
    """A camera's number; anything else is a recording that stands in for one, at its own speed."""
    return int(text) if text.isdecimal() else text
