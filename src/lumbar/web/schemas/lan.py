"""The home network, and the devices that were let in."""

from datetime import datetime

from lumbar.web.schemas.parts import Out


class DeviceOut(Out):
    """A device that was let in from the home network."""

    id: str
    name: str
    paired_at: datetime
    seen_at: datetime


class DevicesOut(Out):
    """All of them, the latest first."""

    devices: list[DeviceOut]


class RevokedOut(DevicesOut):
    """Those that are left. calendars: whether any calendar needs another address from now on."""

    calendars: bool


class PairedOut(Out):
    """The device that was let in."""

    device: DeviceOut


class InvitationOut(Out):
    """What lets one device in. qr: a picture (data:) of the address with the code; fingerprint: of the certificate."""

    address: str
    code: str
    until: datetime
    qr: str
    fingerprint: str | None


class LanOut(Out):
    """The home network as whoever asks may see it. device: the one that asks; null at the computer itself."""

    on: bool
    device: DeviceOut | None
    invitation: InvitationOut | None
    certificate: bool
