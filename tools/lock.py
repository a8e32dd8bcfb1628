"""Locks what is installed: newest fitting versions, with hashes and without naming any host.

    python tools/lock.py

Writes `requirements/run.txt` (what lumbar and its build need), `requirements/dev.txt` (that, and what its tests need),
`requirements/voice.txt` (what makes the recorded voice anew) and `frontend/package-lock.json`.
"""

import json
import subprocess
import sys
from pathlib import Path

from node import NodeFailedError, npm

ROOT = Path(__file__).parent.parent
_COMPILE = (
    "pip", "compile", "--upgrade", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header",
    "--no-annotate", "--no-emit-index-url", "--quiet",
)  # fmt: skip
_LUMBAR = ("pyproject.toml", "--extra", "pose")


def main() -> None:
    """Write every lock."""
    _compile(*_LUMBAR, "--group", "build", "--output-file", "requirements/run.txt")
    known = ("--constraints", "requirements/run.txt")
    _compile(*_LUMBAR, "--group", "dev", *known, "--output-file", "requirements/dev.txt")
    known = ("--constraints", "requirements/dev.txt")
    _compile("--group", "voice", *known, "--output-file", "requirements/voice.txt")
    npm("install", "--package-lock-only", cwd=ROOT / "frontend")
    _drop_addresses(ROOT / "frontend/package-lock.json")


def _compile(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", *_COMPILE, *arguments], cwd=ROOT, check=True)


def _drop_addresses(path: Path) -> None:
    """npm writes where each package asks for donations; a lock needs only names, versions and hashes."""
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    try:
        main()
    except (NodeFailedError, subprocess.CalledProcessError) as error:
        sys.exit(f"The locks were not all written. {error}")
