"""The home's certificates in real TLS handshakes: whom they let a phone trust, for what, and for how long."""

import plistlib
import socket
import ssl
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lumbar.core.errors import BadInput, Conflict, Misuse
from lumbar.lan import OwnNetwork, addresses, given_certificate, home_addresses, made_certificates, open_authority
from lumbar.lan.addresses import home_names, is_home
from lumbar.lan.authority import AUTHORITY_LEFT, AUTHORITY_LIFE, Authority, sign_leaf
from lumbar.lan.network import LEAF_LEFT

NOW = datetime.now(UTC).replace(microsecond=0)
NAMES = ("192.168.7.20", "box.local")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return open_authority(tmp_path / "lan", NOW)[0]


def network(folder: Path, authority: Authority, names: Callable[[], tuple[str, ...]] = lambda: NAMES) -> OwnNetwork:
    return OwnNetwork(made_certificates(folder, authority, names), authority, NOW)


def trusting(authority: Authority) -> ssl.SSLContext:
    """A phone that has installed the home's certificate and nothing else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=authority.der())
    return context


@contextmanager
def served(context: ssl.SSLContext) -> Iterator[int]:
    """A port that shakes hands, as often as it is asked to."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def shake() -> None:
        while True:
            line, _ = listener.accept()
            if over.is_set():
                line.close()
                return
            try:
                with context.wrap_socket(line, server_side=True) as safe:
                    safe.recv(1)
            except OSError:
                continue

    shaking = threading.Thread(target=shake)
    shaking.start()
    port: int = listener.getsockname()[1]
    try:
        yield port
    finally:
        over.set()
        socket.create_connection(("127.0.0.1", port)).close()
        shaking.join()
        listener.close()


def shake_hands(phone: ssl.SSLContext, port: int, name: str) -> dict[str, object]:
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as line,
        phone.wrap_socket(line, server_hostname=name) as safe,
    ):
        return dict(safe.getpeercert() or {})


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_that_installed_it_trusts_every_served_name(tmp_path: Path, authority: Authority, name: str) -> None:
    with served(network(tmp_path, authority).context) as port:
        shown = shake_hands(trusting(authority), port, name)
    assert {value for _, value in shown["subjectAltName"]} == set(NAMES)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["192.168.7.21", "other.local", "box", "example.org"])
def test_another_name_is_refused(tmp_path: Path, authority: Authority, name: str) -> None:
    with (
        served(network(tmp_path, authority).context) as port,
        pytest.raises(ssl.SSLCertVerificationError, match=r"mismatch|not valid for"),
    ):
        shake_hands(trusting(authority), port, name)


def test_a_phone_without_it_refuses(tmp_path: Path, authority: Authority) -> None:
    stranger, _ = open_authority(tmp_path / "elsewhere", NOW)
    with served(network(tmp_path, authority).context) as port:
        for phone in (ssl.create_default_context(), trusting(stranger)):
            with pytest.raises(ssl.SSLCertVerificationError):
                shake_hands(phone, port, NAMES[0])


@pytest.mark.parametrize("name", ["example.org", "bank.example", "8.8.8.8", "notlocal", "evillocal"])
def test_its_key_can_vouch_for_nothing_outside_of_a_home(tmp_path: Path, authority: Authority, name: str) -> None:
    """Even whoever has stolen the key: the phone itself refuses, by the limits in the certificate that it installed."""
    key = ec.generate_private_key(ec.SECP256R1())
    leaf = sign_leaf(authority, key, [general(name)], NOW + timedelta(days=30), NOW)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (tmp_path / "evil.pem").write_bytes(pem(leaf, key))
    context.load_cert_chain(tmp_path / "evil.pem")
    with (
        served(context) as port,
        pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"),
    ):
        shake_hands(trusting(authority), port, name)
    assert not authority.may_sign(name)


def test_a_name_that_it_may_not_sign_is_left_out(tmp_path: Path, authority: Authority) -> None:
    made = network(tmp_path, authority, lambda: (*NAMES, "box.example.org", "8.8.8.8"))
    assert made.names() == set(NAMES)


def test_keys_are_their_owners_alone(tmp_path: Path, authority: Authority) -> None:
    network(tmp_path / "lan", authority)
    kept = sorted(path.name for path in (tmp_path / "lan").iterdir())
    assert kept == ["ca.crt", "ca.key", "server.crt", "server.key"]
    for name in kept:
        assert stat.S_IMODE((tmp_path / "lan" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "lan").stat().st_mode) == 0o700


def test_it_is_made_once(tmp_path: Path) -> None:
    first, fresh = open_authority(tmp_path / "lan", NOW)
    again, fresh_again = open_authority(tmp_path / "lan", NOW + timedelta(days=1000))
    assert (fresh, fresh_again) == (True, False)
    assert again.fingerprint == first.fingerprint


def test_before_its_end_it_is_made_anew(tmp_path: Path) -> None:
    first, _ = open_authority(tmp_path / "lan", NOW)
    late = NOW + AUTHORITY_LIFE - AUTHORITY_LEFT + timedelta(hours=1)
    again, fresh = open_authority(tmp_path / "lan", late)
    assert fresh
    assert again.fingerprint != first.fingerprint
    leaf = made_certificates(tmp_path / "lan", again, lambda: NAMES)(late)
    assert leaf.until - late > timedelta(days=300)


@pytest.mark.parametrize("broken", ["ca.key", "ca.crt"])
def test_one_that_is_damaged_or_half_gone_is_never_replaced(tmp_path: Path, broken: str) -> None:
    open_authority(tmp_path / "lan", NOW)
    left = {path.name: path.read_bytes() for path in (tmp_path / "lan").iterdir() if path.name != broken}
    for damage in (lambda path: path.write_text("nonsense"), lambda path: path.unlink()):
        damage(tmp_path / "lan" / broken)
        with pytest.raises(BadInput, match=r"error\.lan-authority"):
            open_authority(tmp_path / "lan", NOW)
        assert {name: (tmp_path / "lan" / name).read_bytes() for name in left} == left


def test_a_key_of_another_authority_is_not_taken(tmp_path: Path) -> None:
    open_authority(tmp_path / "lan", NOW)
    open_authority(tmp_path / "other", NOW)
    (tmp_path / "lan/ca.key").write_bytes((tmp_path / "other/ca.key").read_bytes())
    with pytest.raises(BadInput, match=r"error\.lan-authority"):
        open_authority(tmp_path / "lan", NOW)


def test_the_leaf_lives_no_longer_than_browsers_take(tmp_path: Path, authority: Authority) -> None:
    network(tmp_path, authority)
    leaf = x509.load_pem_x509_certificate((tmp_path / "server.crt").read_bytes())
    assert leaf.not_valid_after_utc - NOW <= timedelta(days=397)
    assert leaf.not_valid_before_utc < NOW, "a phone's clock may be behind"
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]


def test_a_restart_keeps_the_leaf_and_the_end_renews_it(tmp_path: Path, authority: Authority) -> None:
    make = made_certificates(tmp_path, authority, lambda: NAMES)
    first = make(NOW)
    before = (tmp_path / "server.crt").read_bytes()
    assert make(NOW + timedelta(days=300)) == first
    assert (tmp_path / "server.crt").read_bytes() == before
    late = first.until - LEAF_LEFT + timedelta(hours=1)
    assert make(late).until > first.until
    (tmp_path / "server.key").write_text("cut sh")
    assert make(late).until > first.until, "a damaged one is made anew"


def test_a_new_address_gets_a_new_leaf_while_it_runs(tmp_path: Path, authority: Authority) -> None:
    now_at = [NAMES]
    made = network(tmp_path, authority, lambda: now_at[0])
    made.at_port(8421)
    with served(made.context) as port:
        shake_hands(trusting(authority), port, "192.168.7.20")
        assert not made.refresh(NOW)
        now_at[0] = ("10.0.0.4", "box.local")
        assert made.refresh(NOW)
        assert made.address() == "https://10.0.0.4:8421/"
        assert made.names() == {"10.0.0.4", "box.local"}
        shake_hands(trusting(authority), port, "10.0.0.4")
        with pytest.raises(ssl.SSLCertVerificationError):
            shake_hands(trusting(authority), port, "192.168.7.20")


def test_no_network_for_a_while_changes_nothing(tmp_path: Path, authority: Authority) -> None:
    gone: list[Exception] = []

    def names() -> tuple[str, ...]:
        if gone:
            raise gone[0]
        return NAMES

    made = network(tmp_path, authority, names)
    gone.append(Conflict("error.lan-none"))
    with pytest.raises(Conflict):
        made.refresh(NOW)
    assert made.names() == set(NAMES)
    with served(made.context) as port:
        shake_hands(trusting(authority), port, NAMES[0])


def test_the_profile_holds_the_certificate(authority: Authority) -> None:
    profile = plistlib.loads(authority.profile())
    (root,) = profile["PayloadContent"]
    assert root["PayloadType"] == "com.apple.security.root"
    assert root["PayloadContent"] == authority.der()
    assert authority.profile() == authority.profile()


class TestGiven:
    """`--cert` and `--key`."""

    def test_names_come_from_the_certificate(self, tmp_path: Path, authority: Authority) -> None:
        files = given(tmp_path, authority, "lumbar.home.arpa", "*.box.lan", "10.1.2.3")
        made = OwnNetwork(given_certificate(*files, NOW), None, NOW)
        made.at_port(443)
        assert made.names() == {"lumbar.home.arpa", "*.box.lan", "10.1.2.3"}
        assert made.address() == "https://lumbar.home.arpa:443/"
        assert (made.certificate(), made.profile(), made.fingerprint()) == (None, None, None)
        with served(made.context) as port:
            shake_hands(trusting(authority), port, "lumbar.home.arpa")

    def test_one_that_was_renewed_is_taken_and_one_that_is_half_written_is_not(
        self, tmp_path: Path, authority: Authority
    ) -> None:
        files = given(tmp_path, authority, "a.local")
        made = OwnNetwork(given_certificate(*files, NOW), None, NOW)
        key = files[1].read_bytes()
        given(tmp_path, authority, "b.local", days=60)
        new_key = files[1].read_bytes()
        files[1].write_bytes(key)
        with pytest.raises(BadInput, match=r"error\.lan-cert-mismatch"):
            made.refresh(NOW)
        with served(made.context) as port:
            shake_hands(trusting(authority), port, "a.local")
            files[1].write_bytes(new_key)
            assert made.refresh(NOW)
            shake_hands(trusting(authority), port, "b.local")

    def test_what_cannot_be_used_is_said(self, tmp_path: Path, authority: Authority) -> None:
        good = given(tmp_path, authority, "a.local")
        other = given(tmp_path / "other", authority, "a.local")
        over = given(tmp_path / "over", authority, "a.local", days=-1, since=-3)
        early = given(tmp_path / "early", authority, "a.local", days=9, since=5)
        nameless = given(tmp_path / "nameless", authority)
        secret = tmp_path / "secret.pem"
        loaded = serialization.load_pem_private_key(good[1].read_bytes(), None)
        secret.write_bytes(
            loaded.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.BestAvailableEncryption(b"x"),
            )
        )
        (tmp_path / "text.pem").write_text("dear diary")
        for files, message in {
            (good[0], other[1]): "error.lan-cert-mismatch",
            over: "error.lan-cert-expired",
            early: "error.lan-cert-early",
            nameless: "error.lan-cert-names",
            (good[0], secret): "error.lan-key",
            (good[0], tmp_path / "none.pem"): "error.lan-key",
            (tmp_path / "none.pem", good[1]): "error.lan-cert",
            (tmp_path / "text.pem", good[1]): "error.lan-cert",
        }.items():
            with pytest.raises(BadInput) as told:
                given_certificate(*files, NOW)
            assert told.value.message.id == message


class TestAddresses:
    @pytest.mark.parametrize("address", ["192.168.1.4", "10.9.8.7", "172.31.0.1", "169.254.3.3", "127.0.0.1"])
    def test_home(self, address: str) -> None:
        assert is_home(address)
        assert is_home(f"::ffff:{address}")

    @pytest.mark.parametrize(
        "address", ["8.8.8.8", "172.32.0.1", "192.169.0.1", "0.0.0.0", "::1", "2001:db8::1", "x", ""]
    )
    def test_not_home(self, address: str) -> None:
        assert not is_home(address)

    def test_what_lives_inside_the_machine_is_no_home_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        there = {"127.0.0.1": "lo", "172.17.0.1": "docker0", "203.0.113.4": "eth1"}
        monkeypatch.setattr(addresses, "_adapters", lambda: there)
        with pytest.raises(Conflict, match=r"error\.lan-none"):
            home_addresses()
        there |= {"10.0.0.9": "eth0", "192.168.1.4": "wlan0"}
        monkeypatch.setattr(addresses, "_leads_out", lambda: "192.168.1.4")
        assert home_addresses() == ("192.168.1.4", "10.0.0.9")
        assert home_addresses("10.0.0.9") == ("10.0.0.9",)
        for wrong in ("192.168.1.5", "203.0.113.4", "box"):
            with pytest.raises(Misuse):
                home_addresses(wrong)

    def test_names_are_fit_for_a_certificate(self) -> None:
        assert home_names("Box.fritz.box")[:2] == ("box.local", "box")
        for useless in ("localhost", "my_box", "", "ä"):
            assert home_names(useless) == ()

    def test_this_machines_own_adapters_are_found(self) -> None:
        assert "127.0.0.1" in addresses._adapters()
        assert all(IPv4Address(address) for address in addresses._adapters())


def general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def pem(leaf: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return private + leaf.public_bytes(serialization.Encoding.PEM)


def given(folder: Path, authority: Authority, *names: str, days: float = 30, since: float = 0) -> tuple[Path, Path]:
    """A certificate and its key, as somebody brings them along."""
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    at = NOW + timedelta(days=since)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "given")]))
        .issuer_name(authority.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(NOW + timedelta(days=days))
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([general(name) for name in names]), critical=False)
    from cryptography.hazmat.primitives import hashes

    leaf = builder.sign(authority.key, hashes.SHA256())
    files = folder / "given.crt", folder / "given.key"
    files[0].write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(pem(leaf, key))
    return files
