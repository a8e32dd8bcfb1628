"""`lumbar serve --lan` as a process: encrypted, shut without the code, and open with the one that it prints."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from lumbar.lan import addresses

COMMAND = [sys.executable, "-m", "lumbar"]
Run = Callable[..., Any]


@dataclass
class Home:
    """A running server. lines: what it has said, one at a time."""

    process: subprocess.Popen[str]
    home: Path
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._said = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._said:
                self.lines.append(line)
                self._said.notify_all()

    def hears(self, pattern: str, after: int = 0) -> re.Match[str]:
        """What it says, once it says something like this."""
        with self._said:
            heard = self._said.wait_for(lambda: re.search(pattern, "".join(self.lines[after:])), timeout=60)
        assert heard, f"it said {self.lines} and {self.process.poll()}"
        return heard

    @property
    def address(self) -> str:
        return self.hears(r"(https://\S+)/")[1]

    def phone(self) -> httpx2.Client:
        """A phone that has installed the home's certificate."""
        trust = ssl.create_default_context(cafile=str(self.home / "lan/ca.crt"))
        return httpx2.Client(base_url=self.address, verify=trust, timeout=30)


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[..., Home]]:
    running: list[subprocess.Popen[str]] = []
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUMBAR_")}
    settings = {**kept, "LUMBAR_HOME": str(home)}

    def start(*options: str) -> Home:
        call = [*COMMAND, "serve", "--port", "0", "--lan", "--lan-port", "0", "--address", "127.0.0.1", *options]
        pipe = subprocess.PIPE
        process = subprocess.Popen(call, env=settings, stdout=pipe, stderr=pipe, text=True)
        running.append(process)
        return Home(process, home)

    yield start
    for process in running:
        if process.poll() is None:
            process.kill()
            process.wait(30)


def test_a_phone_gets_in_by_the_printed_code_and_out_by_the_command(serve: Callable[..., Home], run: Run) -> None:
    server = serve()
    code = server.hears(r"type (\w{4}-\w{4})")[1]
    assert re.search(r"[▀▄█]{8}", "".join(server.lines)), "a code to scan"
    assert re.search(r"certificate was made just now.*([0-9A-F]{2}:){31}[0-9A-F]{2}", "".join(server.lines))
    with server.phone() as phone:
        assert phone.get("/api/today").status_code == 401
        assert phone.post("/api/lan/pair", json={"code": code, "name": "Anna's phone"}).status_code == 200
        assert phone.get("/api/today").status_code == 200
        server.hears("Anna's phone was let in")
        listed = run("devices")
        assert listed.code == 0
        device = re.match(r"(\w{16})  Anna's phone", listed.out)
        assert device, listed.out
        calendar = phone.post("/api/calendar/key").json()["path"]
        assert phone.get(calendar).status_code == 200
        removed = run("devices", "--remove", device[1])
        assert (removed.code, "needs its new address" in removed.out) == (0, True)
        assert phone.get("/api/today").status_code == 401
        assert phone.get(calendar).status_code == 404
        before = len(server.lines)
        assert phone.post("/api/lan/pair", json={"code": code, "name": "again"}).status_code == 403
        assert run("devices").out.count("\n") == 1
        assert len(server.lines) == before, "another code comes once a minute at most"


def test_the_computer_itself_is_served_as_ever(serve: Callable[..., Home]) -> None:
    server = serve()
    own = server.hears(r"(http://127\.0\.0\.1:\d+)/")[1]
    with httpx2.Client(base_url=own) as page:
        page.get("/api/words/en")
        assert page.get("/api/today").status_code == 200
        shown = page.get("/api/lan").json()["invitation"]
        assert shown["code"] == server.hears(r"type (\w{4}-\w{4})")[1]
        assert shown["address"] == f"{server.address}/"
        known = "".join(server.lines)
        assert shown["fingerprint"] in known
    plain = server.address.replace("https", "http")
    with httpx2.Client(base_url=plain) as eavesdropped, pytest.raises(httpx2.HTTPError):
        eavesdropped.get("/pair")


@pytest.mark.parametrize("sig", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_ends_cleanly_with_both_doors(serve: Callable[..., Home], sig: signal.Signals) -> None:
    server = serve()
    server.hears(r"type (\w{4}-\w{4})")
    with server.phone() as phone:
        assert phone.get("/pair").status_code in (200, 503)
        server.process.send_signal(sig)
        assert server.process.wait(30) == 0
    assert server.process.stderr is not None
    assert server.process.stderr.read() == ""


def test_the_certificate_outlives_a_restart_and_so_does_the_phone(serve: Callable[..., Home]) -> None:
    server = serve()
    code = server.hears(r"type (\w{4}-\w{4})")[1]
    with server.phone() as phone:
        phone.post("/api/lan/pair", json={"code": code, "name": "phone"})
        cookies = phone.cookies
        port = int(server.address.rpartition(":")[2])
    server.process.kill()
    server.process.wait(30)
    again = serve("--lan-port", str(port))
    again.hears("The home's certificate has the fingerprint")
    with again.phone() as phone:
        phone.cookies = cookies
        assert phone.get("/api/today").status_code == 200


def test_a_certificate_of_ones_own(serve: Callable[..., Home], tmp_path: Path) -> None:
    files = own_certificate(tmp_path)
    server = serve("--cert", str(files[0]), "--key", str(files[1]))
    assert server.address.startswith("https://localhost:")
    assert "fingerprint" not in "".join(server.lines)
    with httpx2.Client(base_url=server.address, verify=ssl.create_default_context(cafile=str(files[0]))) as phone:
        assert phone.get("/api/today").status_code == 401
        assert phone.get("/api/lan/certificate.crt").status_code == 404
    assert not (server.home / "lan" / "ca.key").exists()


class TestOneSentence:
    """What is wrong, and what to do."""

    def test_no_network(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(addresses, "_adapters", lambda: {"127.0.0.1": "lo"})
        ran = run("serve", "--port", "0", "--lan", "--lan-port", "0")
        assert ran.code == 1
        assert "Wi-Fi" in ran.sentence
        assert ran.out == ""

    def test_the_port_is_taken(self, run: Run) -> None:
        with socket.create_server(("0.0.0.0", 0)) as taken:
            port = str(taken.getsockname()[1])
            ran = run("serve", "--port", "0", "--lan", "--lan-port", port, "--address", "127.0.0.1")
        assert ran.code == 1
        assert port in ran.sentence
        assert "--lan-port" in ran.sentence

    def test_an_address_of_somebody_else(self, run: Run) -> None:
        ran = run("serve", "--port", "0", "--lan", "--address", "10.255.254.253")
        assert ran.code == 2
        assert "10.255.254.253" in ran.sentence

    @pytest.mark.parametrize("options", [("--cert", "x"), ("--key", "x"), ("--address", "127.0.0.1")])
    def test_options_without_lan(self, run: Run, options: tuple[str, ...]) -> None:
        ran = run("serve", "--port", "0", *options)
        assert ran.code == 2
        assert "--lan" in ran.sentence

    def test_a_certificate_without_its_key(self, run: Run) -> None:
        ran = run("serve", "--port", "0", "--lan", "--cert", "x")
        assert ran.code == 2
        assert "--key" in ran.sentence

    def test_a_certificate_that_does_not_fit_its_key(self, run: Run, tmp_path: Path) -> None:
        first, other = own_certificate(tmp_path / "a"), own_certificate(tmp_path / "b")
        options = ("--cert", str(first[0]), "--key", str(other[1]), "--address", "127.0.0.1")
        ran = run("serve", "--port", "0", "--lan", "--lan-port", "0", *options)
        assert ran.code == 1
        assert "does not belong" in ran.sentence

    def test_a_home_certificate_that_is_damaged(self, run: Run, home: Path) -> None:
        (home / "lan").mkdir(parents=True)
        (home / "lan/ca.crt").write_text("nonsense")
        ran = run("serve", "--port", "0", "--lan", "--lan-port", "0", "--address", "127.0.0.1")
        assert ran.code == 1
        assert "ca.key" in ran.sentence
        assert (home / "lan/ca.crt").read_text() == "nonsense"

    def test_a_device_that_is_none(self, run: Run) -> None:
        for wrong in ("nope", "../../ca", "0" * 16):
            ran = run("devices", "--remove", wrong)
            assert ran.code == 2
            assert "There is no device" in ran.sentence

    def test_no_devices(self, run: Run) -> None:
        assert "serve --lan" in run("devices").out


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    folder.mkdir(exist_ok=True)
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "own")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "own.crt", folder / "own.key"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    files[0].write_bytes(certificate.public_bytes(pem))
    files[1].write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return files
