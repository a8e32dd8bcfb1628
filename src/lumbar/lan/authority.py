"""The home's own certificate authority: made once, kept here, and good for nothing but the home's own names.

Whoever installs it on a phone trusts whatever it signs. So its key never leaves this machine, only its owner can read
it, and the certificate itself says what it may vouch for: private addresses and home names, not a bank.
"""

import plistlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from lumbar.core.errors import BadInput
from lumbar.lan.addresses import HOME_DOMAINS, HOME_NETWORKS, home_names
from lumbar.lan.files import write_whole

AUTHORITY_LIFE = timedelta(days=3650)
"""Ten years: a phone's owner should not have to install it twice."""

AUTHORITY_LEFT = timedelta(days=60)
"""With less than this left a new one is made, while phones can still reach us by the old one's word."""

CLOCK_SLACK = timedelta(days=1)
"""A phone's clock may be behind."""

_KEY, _CERTIFICATE = "ca.key", "ca.crt"


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority's certificate, and the key that signs."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as phones show it."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    def der(self) -> bytes:
        """The certificate as a phone installs it."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def profile(self) -> bytes:
        """The certificate as a configuration profile, which is how iPhones and iPads take it."""
        return profile_of(self.certificate, self.fingerprint)

    def may_sign(self, name: str) -> bool:
        """Whether a name or an address lies within what this authority may vouch for."""
        found = self.certificate.extensions.get_extension_for_class(x509.NameConstraints)
        permitted = found.value.permitted_subtrees or []
        try:
            address = ip_address(name)
        except ValueError:
            domains = [tree.value for tree in permitted if isinstance(tree, x509.DNSName)]
            return any(name == domain or name.endswith(f".{domain}") for domain in domains)
        networks = [tree.value for tree in permitted if isinstance(tree, x509.IPAddress)]
        return any(isinstance(net, IPv4Network | IPv6Network) and address in net for net in networks)


def open_authority(folder: Path, now: datetime) -> tuple[Authority, bool]:
    """The authority that is kept in a folder, and whether it was made just now: at first, and when it nears its end.

    Raises BadInput when one is there that cannot be used: it is never replaced silently, for phones trust it.
    """
    if not (folder / _KEY).exists() and not (folder / _CERTIFICATE).exists():
        return _keep(folder, make_authority(now)), True
    known = _read(folder)
    if known.certificate.not_valid_after_utc - now < AUTHORITY_LEFT:
        return _keep(folder, make_authority(now)), True
    return known, False


def make_authority(now: datetime) -> Authority:
    """A new authority, limited to the home's networks and names."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"lumbar at home ({now:%Y-%m-%d})")])
    own = [name for name in home_names() if "." not in name]
    domains = [x509.DNSName(domain) for domain in (*HOME_DOMAINS, *own)]
    networks = [x509.IPAddress(network) for network in HOME_NETWORKS]
    public = key.public_key()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints([*domains, *networks], None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def profile_of(certificate: x509.Certificate, fingerprint: str) -> bytes:
    """An Apple configuration profile around a root certificate. The same certificate gives the same profile."""
    identity = f"lumbar.{fingerprint.replace(':', '').lower()[:16]}"
    root = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{identity}.root",
        "PayloadUUID": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{fingerprint}/root")).upper(),
        "PayloadDisplayName": "lumbar at home",
        "PayloadCertificateFileName": "lumbar.crt",
        "PayloadContent": certificate.public_bytes(serialization.Encoding.DER),
    }
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadVersion": 1,
            "PayloadIdentifier": identity,
            "PayloadUUID": str(uuid.uuid5(uuid.NAMESPACE_OID, fingerprint)).upper(),
            "PayloadDisplayName": "lumbar at home",
            "PayloadDescription": "Lets this device know lumbar on your own computer. It vouches for home names only.",
            "PayloadContent": [root],
        }
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def sign_leaf(
    authority: Authority, key: ec.EllipticCurvePrivateKey, names: list[x509.GeneralName], until: datetime, now: datetime
) -> x509.Certificate:
    """A server's certificate for these names, good until then but no longer than the authority itself."""
    issuer = authority.certificate
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lumbar")]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(max(now - CLOCK_SLACK, issuer.not_valid_before_utc))
        .not_valid_after(min(until, issuer.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False)
        .sign(authority.key, hashes.SHA256())
    )


def _keep(folder: Path, authority: Authority) -> Authority:
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    write_whole(folder / _KEY, authority.key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    write_whole(folder / _CERTIFICATE, authority.certificate.public_bytes(pem))
    return authority


def _read(folder: Path) -> Authority:
    try:
        key = serialization.load_pem_private_key((folder / _KEY).read_bytes(), None)
        certificate = x509.load_pem_x509_certificate((folder / _CERTIFICATE).read_bytes())
        certificate.extensions.get_extension_for_class(x509.NameConstraints)
    except (OSError, ValueError, TypeError, x509.ExtensionNotFound) as cause:
        raise BadInput("error.lan-authority", folder=str(folder)) from cause
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise BadInput("error.lan-authority", folder=str(folder))
    return Authority(certificate, key)
