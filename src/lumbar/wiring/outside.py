"""What stands around the use cases: the web, the home network and the desk."""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lumbar import __version__
from lumbar.app.house import House
from lumbar.app.pairing import Chance, Pairing
from lumbar.app.ports import Clock, Devices, HomeNetwork
from lumbar.wiring.machine import SystemClock
from lumbar.wiring.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from lumbar.app.desk_calibrate import Calibration
    from lumbar.app.desk_ports import Screen
    from lumbar.app.desk_watch import DeskPorts
    from lumbar.lan import OwnNetwork


def build_web(
    house: House, names: Iterable[str] = (), pairing: Pairing | None = None, network: HomeNetwork | None = None
) -> "FastAPI":
    """The web application, answering to these Host names besides the local ones, and to a home network."""
    from lumbar.lan.addresses import is_home
    from lumbar.web import Lan, WebSettings, create_app  # a command that serves nothing need not load it

    lan = None if pairing is None else Lan(pairing, network, is_home)
    return create_app(house, WebSettings(version=__version__, names=tuple(names)), lan)


def build_pairing(settings: Settings, clock: Clock | None = None) -> Pairing:
    """The devices that were let in, and the code that lets in another."""
    chance = Chance(secrets.choice, lambda: secrets.token_urlsafe(32), lambda: secrets.token_hex(8))
    return Pairing(build_devices(settings), clock or SystemClock(), chance)


def build_devices(settings: Settings) -> Devices:
    """The devices that were let in."""
    from lumbar.lan import DeviceFiles  # a command that serves nothing need not load what makes certificates

    return DeviceFiles(settings.lan / "devices")


def build_network(
    settings: Settings, address: str | None = None, given: tuple[Path, Path] | None = None
) -> tuple["OwnNetwork", bool]:
    """The home network, and whether its authority was made just now.

    given: certificate and key of one's own. Raises BadInput for what cannot be used, Conflict when there is no network.
    """
    from lumbar.lan import LanFolder, OwnNetwork, given_certificate, home_addresses, made_certificates, open_authority
    from lumbar.lan.addresses import home_names

    now = SystemClock().now()
    home_addresses(address)
    folder = LanFolder(settings.lan)
    if given is not None:
        served = given_certificate(*given, now)
        folder.open()
        return OwnNetwork(served, None, now, folder.is_open), False
    authority, fresh = open_authority(settings.lan, now)
    names = made_certificates(settings.lan, authority, lambda: (*home_addresses(address), *home_names()))
    folder.open()
    return OwnNetwork(names, authority, now, folder.is_open), fresh


def build_desk_ports(camera: int | str | None, screen: "Screen", clock: Clock | None = None) -> "DeskPorts":
    """The camera, or none, and this machine's desktop, for a watch at the desk.

    Raises LumbarError for a camera without the pose extra.
    """
    from lumbar.app.desk_ports import NoEyes
    from lumbar.app.desk_watch import DeskPorts
    from lumbar.desktop.notify import DesktopNotifier
    from lumbar.desktop.signals import DesktopSignals

    machine = (DesktopSignals(), DesktopNotifier(), screen, clock or SystemClock())
    if camera is None:
        return DeskPorts(NoEyes(), *machine)
    from lumbar.pose.recordings import need_libraries

    need_libraries()
    from lumbar.pose.camera import CameraEyes

    return DeskPorts(CameraEyes(camera), *machine)


def build_calibration(house: House, camera: int | str, screen: "Screen") -> "Calibration":
    """A guided calibration with this machine's camera and voice. Raises LumbarError without the pose extra."""
    from lumbar.app.desk_calibrate import Calibration
    from lumbar.desktop.voice import DesktopVoice

    return Calibration(house.desk, build_desk_ports(camera, screen), DesktopVoice(), house.rules.words)
