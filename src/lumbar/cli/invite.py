"""What the terminal shows to let a phone in: the address, the QR code, the code, and who came in."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING

from lumbar.app.pairing import Offer, Pairing
from lumbar.app.ports import Device
from lumbar.cli.console import out, plain
from lumbar.core.message import say
from lumbar.lan import terminal_picture
from lumbar.web.doors import PAIR_PAGE

if TYPE_CHECKING:
    from lumbar.lan import OwnNetwork


class Invitation:
    """Shows every code as it is made, and every device as it is let in."""

    def __init__(self, network: "OwnNetwork", *, fresh_authority: bool) -> None:
        self._network = network
        self._fresh = fresh_authority
        self._last: Offer | None = None

    def follow(self, pairing: Pairing) -> None:
        """Show the first code, and what comes after it."""
        out(say("cli.serve.lan", address=self._network.address()))
        fingerprint = self._network.fingerprint()
        if fingerprint is not None:
            out(say("cli.serve.lan-new" if self._fresh else "cli.serve.lan-known", fingerprint=fingerprint))
        pairing.told, pairing.welcomed = self._code, self._welcomed
        pairing.offer()

    def moved(self) -> None:
        """The address is another one now."""
        out(say("cli.serve.lan-moved", address=self._network.address()))
        if self._last is not None:
            self._code(self._last)
        sys.stdout.flush()

    def _code(self, offer: Offer) -> None:
        self._last = offer
        until: datetime = offer.until.astimezone()
        plain(terminal_picture(f"{self._network.address().rstrip('/')}{PAIR_PAGE}#{offer.shown}"))
        out(say("cli.serve.code", code=offer.shown, at=f"{until:%H:%M}"))
        sys.stdout.flush()

    def _welcomed(self, device: Device) -> None:
        self._last = None
        out(say("cli.serve.welcomed", name=device.name))
        sys.stdout.flush()
