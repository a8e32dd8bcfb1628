"""Whoever starts lumbar is told how to call its commands."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_starting_says_how_the_commands_are_called() -> None:
    steps = subprocess.run(["make", "-n", "run"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert ".venv/bin/lumbar today" in steps
    assert ".venv/bin/lumbar today" in (ROOT / "README.md").read_text("utf-8")
