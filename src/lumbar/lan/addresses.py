"""What this machine is called in its home network, and who counts as being in one.

IPv4 alone: home routers hand out private IPv4 addresses, and a private address is the proof that nobody outside of the
home can reach us by it. IPv6 addresses at home are mostly public ones.
"""

import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network

import ifaddr

from lumbar.core.errors import Conflict, Misuse

HOME_NETWORKS = tuple(
    IPv4Network(network)
    for network in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",  # no router: the machines of a cable or an ad-hoc network name themselves
        "100.64.0.0/10",  # private networks between one's own devices, and some mobile hotspots
        "127.0.0.0/8",
    )
)
"""RFC 1918, RFC 3927, RFC 6598, and this machine itself."""

HOME_DOMAINS = ("local", "lan", "home.arpa", "internal", "fritz.box")
"""What home routers and mDNS put behind a machine's name: none of them can be had on the internet (RFC 6762, RFC 8375,
ICANN's reserved `internal`), except the router maker's own."""

_INSIDE_ONE_MACHINE = re.compile(r"^(lo|docker|br-|veth|virbr|vmnet|vboxnet|podman|cni|lxc|lxd)")
_LABEL = re.compile(r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
_NOBODY = ("192.0.2.1", 9)


def is_home(address: str) -> bool:
    """Whether an address is one of a home network, or this machine's own."""
    try:
        return any(IPv4Address(address.removeprefix("::ffff:")) in network for network in HOME_NETWORKS)
    except ValueError:
        return False


def home_addresses(wanted: str | None = None) -> tuple[str, ...]:
    """This machine's addresses in its home network, the one that leads out first.

    wanted: the only one to take. Raises Conflict when there is none, Misuse for one that is not this machine's own.
    """
    there = _adapters()
    if wanted is not None:
        if wanted not in there or not is_home(wanted):
            raise Misuse("error.lan-address", address=wanted, known=", ".join(a for a in there if is_home(a)))
        return (wanted,)
    found = [address for address, name in there.items() if is_home(address) and not _INSIDE_ONE_MACHINE.match(name)]
    if not found:
        raise Conflict("error.lan-none")
    first = _leads_out()
    return tuple(sorted(found, key=lambda address: address != first))


def home_names(hostname: str | None = None) -> tuple[str, ...]:
    """The machine's own name, plain and as mDNS calls it; none when it has no name that a certificate could hold."""
    label = (socket.gethostname() if hostname is None else hostname).split(".")[0].lower()
    if not _LABEL.match(label) or label == "localhost":
        return ()
    return (f"{label}.local", label, *(f"{label}.{domain}" for domain in HOME_DOMAINS if domain != "local"))


def _adapters() -> dict[str, str]:
    """Every IPv4 address of this machine, and the adapter that has it."""
    return {address: adapter.nice_name for adapter in ifaddr.get_adapters() for address in _ipv4(adapter.ips)}


def _ipv4(ips: Iterable[ifaddr.IP]) -> list[str]:
    return [ip.ip for ip in ips if ip.is_IPv4 and isinstance(ip.ip, str)]


def _leads_out() -> str | None:
    """The address that this machine would speak from. A datagram socket that is connected sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOBODY)
        except OSError:
            return None
        return str(probe.getsockname()[0])
