"""The home network: certificates, addresses, QR codes, and the devices that were let in. Fills the ports of `app`."""

from lumbar.lan.addresses import home_addresses
from lumbar.lan.authority import Authority, open_authority
from lumbar.lan.devices import DeviceFiles
from lumbar.lan.erasing import LanFolder
from lumbar.lan.network import OwnNetwork, given_certificate, made_certificates
from lumbar.lan.qr import terminal_picture

__all__ = [
    "Authority",
    "DeviceFiles",
    "LanFolder",
    "OwnNetwork",
    "given_certificate",
    "home_addresses",
    "made_certificates",
    "open_authority",
    "terminal_picture",
]
