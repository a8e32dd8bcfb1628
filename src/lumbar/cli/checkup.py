"""What `lumbar doctor` looks at, one line each."""

import json
import os
import platform
import zipfile
from collections.abc import Callable
from pathlib import Path

from lumbar import __version__, wiring
from lumbar.cli.console import our_words, out
from lumbar.cli.household import with_passphrase
from lumbar.core.errors import LumbarError, StoreUnavailable
from lumbar.core.message import Message, say
from lumbar.pose.models import DETECTOR, LANDMARKS
from lumbar.pose.recordings import need_libraries
from lumbar.store import inspect_database, key_of, remove_unfinished
from lumbar.web.page import STATIC

Look = Callable[[wiring.Settings], Message]


class Missing(Exception):
    """Something is not in its place; the message says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message


def all_well() -> bool:
    """Look at everything and say a line of each; whether all that is needed is there."""
    settings = wiring.read_settings()
    well = [_report(look, settings) for look in NEEDED]
    for look in EXTRAS:
        _report(look, settings, otherwise="cli.doctor.extra")
    return all(well)


def _report(look: Look, settings: wiring.Settings, otherwise: str = "cli.doctor.look") -> bool:
    try:
        _line("cli.doctor.fine", look(settings))
    except (LumbarError, Missing) as found:
        _line(otherwise, found.message)
        return False
    return True


def _line(kind: str, finding: Message) -> None:
    out(say(kind, finding=our_words().written(finding)))


def _lumbar(_settings: wiring.Settings) -> Message:
    return say("cli.doctor.lumbar", version=__version__, python=platform.python_version())


def _home(settings: wiring.Settings) -> Message:
    if not settings.home.exists():
        nearest = next(parent for parent in settings.home.parents if parent.exists())
        if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
            raise StoreUnavailable("error.folder", folder=str(settings.home), reason="@error.reason.unmade")
        return say("cli.doctor.home-new", folder=str(settings.home))
    wiring.prepare_home(settings)
    return say("cli.doctor.home", folder=str(settings.home))


def _database(settings: wiring.Settings) -> Message:
    engine = wiring.build_engine(with_passphrase(settings))
    try:
        found = inspect_database(engine)
        if found.current:
            remove_unfinished(engine)
    finally:
        engine.dispose()
    if found.version is None:
        return say("cli.doctor.database-new", place=found.place)
    if not found.current:
        return say("cli.doctor.database-behind", place=found.place)
    kind = "cli.doctor.database" if key_of(engine) is None else "cli.doctor.database-encrypted"
    return say(kind, place=found.place, version=found.version)


def _passphrase(settings: wiring.Settings) -> Message:
    if not settings.passphrase_file:
        return say("cli.doctor.passphrase-none")
    wiring.read_passphrase(settings)
    if wiring.passphrase_file_is_open(settings):
        raise Missing(say("cli.passphrase-file-open", file=settings.passphrase_file))
    return say("cli.doctor.passphrase", file=settings.passphrase_file)


def _catalogue(settings: wiring.Settings) -> Message:
    return say("cli.doctor.catalogue", count=len(wiring.build_rules(settings).catalogue.exercises))


def _page(_settings: wiring.Settings) -> Message:
    if not (STATIC / "index.html").is_file():
        raise Missing(say("cli.doctor.page-missing"))
    return say("cli.doctor.page")


def _camera(_settings: wiring.Settings) -> Message:
    """The bundles are built from the measured files and say so; a damaged one fails its own sums."""
    folder = STATIC / "models"
    try:
        models = json.loads((folder / "models.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Missing(say("cli.doctor.camera-missing", model="models.json")) from None
    if models.get("full", {}).get("sha256") != LANDMARKS.sha256:
        raise Missing(say("cli.doctor.camera-missing", model="full"))
    for model in models.values():
        if not _whole(folder / model["file"], model["bytes"]):
            raise Missing(say("cli.doctor.camera-missing", model=model["file"]))
    return say("cli.doctor.camera")


def _whole(bundle: Path, size: int) -> bool:
    try:
        with zipfile.ZipFile(bundle) as parts:
            return bundle.stat().st_size == size and parts.testzip() is None
    except (OSError, zipfile.BadZipFile):
        return False


def _pose(_settings: wiring.Settings) -> Message:
    need_libraries()
    for model in (DETECTOR, LANDMARKS):
        model.read()
    return say("cli.doctor.pose")


NEEDED: tuple[Look, ...] = (_lumbar, _home, _database, _catalogue, _page, _camera)
EXTRAS: tuple[Look, ...] = (_passphrase, _pose)
