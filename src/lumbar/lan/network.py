"""The server's certificate: made by the home's authority, and again when an address changes; or one that was given."""

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lumbar.core.errors import BadInput
from lumbar.lan.authority import Authority, sign_leaf
from lumbar.lan.files import write_whole
from lumbar.lan.qr import picture

LEAF_LIFE = timedelta(days=397)
"""The longest that browsers take."""

LEAF_LEFT = timedelta(days=30)
"""With less than this left, a new one is made."""

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """A certificate and its key on disk, the names that it holds, and its end. The first name is the one to offer."""

    certificate: Path
    key: Path
    names: Names
    until: datetime


class OwnNetwork:
    """Fills the port HomeNetwork: names, addresses and certificates, and the TLS context that serves them.

    served: makes or finds the certificate for now. authority: None where the certificate was given from outside.
    is_open: whether the door is open still; whoever erases everything closes it, from whichever process.
    """

    def __init__(
        self,
        served: Callable[[datetime], Served],
        authority: Authority | None,
        now: datetime,
        is_open: Callable[[], bool] = lambda: True,
    ) -> None:
        self._make = served
        self._authority = authority
        self._is_open = is_open
        self._served = served(now)
        self._port = 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.context.set_alpn_protocols(["http/1.1"])
        _load(self.context, self._served)

    def at_port(self, port: int) -> None:
        """The port that was got."""
        self._port = port

    def names(self) -> frozenset[str]:
        """Host names and addresses that are served, and no others. None once it was erased."""
        return frozenset(self._served.names) if self._is_open() else frozenset()

    def address(self) -> str:
        """The address to open on a phone."""
        return f"https://{_offered(self._served.names)}:{self._port}/"

    def fingerprint(self) -> str | None:
        """SHA-256 of the authority to install; None when there is none to install."""
        return self._authority.fingerprint if self._authority else None

    def certificate(self) -> bytes | None:
        """The authority's certificate (DER)."""
        return self._authority.der() if self._authority else None

    def profile(self) -> bytes | None:
        """The same as an Apple configuration profile."""
        return self._authority.profile() if self._authority else None

    def picture(self, text: str) -> str:
        """A QR code as the address of a picture (data:)."""
        return picture(text)

    def refresh(self, now: datetime) -> bool:
        """Look at the addresses again; whether the one to open is another now. New connections get the new certificate,
        those that stand keep theirs."""
        if not self._is_open():
            return False
        before, after = self._served, self._make(now)
        if (after.until, after.names) != (before.until, before.names):
            _load(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), after)  # what cannot be used must not spoil what is in use
            _load(self.context, after)
            self._served = after
        return _offered(after.names) != _offered(before.names)


def made_certificates(folder: Path, authority: Authority, names: Callable[[], Names]) -> Callable[[datetime], Served]:
    """Certificates of the home's authority, kept in a folder: a new one when names are others or the end is near."""
    certificate, key = folder / "server.crt", folder / "server.key"

    def served(now: datetime) -> Served:
        wanted = tuple(name for name in names() if authority.may_sign(name))
        known = _known(certificate, key, authority)
        if known is not None and set(known.names) == set(wanted) and known.until - now >= LEAF_LEFT:
            return Served(certificate, key, wanted, known.until)
        return _made(certificate, key, authority, wanted, now)

    return served


def given_certificate(certificate: Path, key: Path, now: datetime) -> Callable[[datetime], Served]:
    """A certificate of one's own, read anew each time, so that one that was renewed is taken.

    Raises BadInput: it cannot be read, does not fit its key, is over or not yet good, or names nobody.
    """

    def served(at: datetime) -> Served:
        first = _read_given(certificate)
        if first.not_valid_after_utc <= at or first.not_valid_before_utc > at:
            until = first.not_valid_after_utc
            kind = "error.lan-cert-expired" if until <= at else "error.lan-cert-early"
            raise BadInput(kind, file=str(certificate), on=f"{until:%Y-%m-%d}")
        names = _names_of(first)
        if not names:
            raise BadInput("error.lan-cert-names", file=str(certificate))
        return Served(certificate, key, names, first.not_valid_after_utc)

    checked = served(now)
    _load(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), checked)
    return served


def _load(context: ssl.SSLContext, served: Served) -> None:
    def no_password() -> str:
        raise ValueError("encrypted")

    try:
        context.load_cert_chain(served.certificate, served.key, password=no_password)
    except ssl.SSLError as cause:
        mismatch = "MISMATCH" in (cause.reason or "")
        kind = "error.lan-cert-mismatch" if mismatch else "error.lan-key"
        raise BadInput(kind, file=str(served.certificate), key=str(served.key)) from cause
    except (OSError, ValueError) as cause:
        raise BadInput("error.lan-key", file=str(served.certificate), key=str(served.key)) from cause


def _read_given(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())[0]
    except (OSError, ValueError) as cause:
        raise BadInput("error.lan-cert", file=str(path)) from cause


def _made(certificate: Path, key: Path, authority: Authority, names: Names, now: datetime) -> Served:
    """A new certificate under a new key."""
    secret = ec.generate_private_key(ec.SECP256R1())
    leaf = sign_leaf(authority, secret, [_general(name) for name in names], now + LEAF_LIFE, now)
    pem = serialization.Encoding.PEM
    private = secret.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_whole(key, private)
    write_whole(certificate, leaf.public_bytes(pem))
    return Served(certificate, key, names, leaf.not_valid_after_utc)


def _known(certificate: Path, key: Path, authority: Authority) -> Served | None:
    """What an earlier run left, if it is whole and of this authority."""
    try:
        leaf = x509.load_pem_x509_certificate(certificate.read_bytes())
        secret = serialization.load_pem_private_key(key.read_bytes(), None)
        leaf.verify_directly_issued_by(authority.certificate)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, another one is made
        return None
    if secret.public_key() != leaf.public_key():
        return None
    return Served(certificate, key, _names_of(leaf), leaf.not_valid_after_utc.astimezone(UTC))


def _names_of(certificate: x509.Certificate) -> Names:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    dns = [name.lower() for name in found.get_values_for_type(x509.DNSName)]
    return (*dns, *(str(address) for address in found.get_values_for_type(x509.IPAddress)))


def _offered(names: Names) -> str:
    """The name to open: the first that is one; under a wildcard, this machine's own."""
    whole = [name for name in names if not name.startswith("*.")]
    return whole[0] if whole else names[0].replace("*", socket.gethostname().split(".")[0].lower(), 1)


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
