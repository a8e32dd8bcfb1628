"""Runs a small command of the platform's own, and never waits long for it."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import Protocol

_PATIENCE_S = 3.0


class Run(Protocol):
    """Runs a command. Its output, or None when there is no such command or it failed."""

    def __call__(self, command: Sequence[str], words: Mapping[str, str] | None = None) -> str | None:
        """words: further variables of its environment."""


def run(command: Sequence[str], words: Mapping[str, str] | None = None) -> str | None:
    """`Run`, for real. Nothing goes through a shell."""
    program = shutil.which(command[0])
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - our own commands, and no word of it is anybody else's
            [program, *command[1:]],
            env={**os.environ, **(words or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
