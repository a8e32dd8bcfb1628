"""What tests of an encrypted home share: its passphrase, what is in it, and somebody who types at a terminal."""

import os
import pty
import subprocess
from pathlib import Path

from .conftest import COMMAND, environment

PHRASE = "a horse and a battery"


def typed(home: Path, *arguments: str, answers: tuple[str, ...]) -> tuple[int, str]:
    """A command at a terminal, with what is typed at each question; its exit code, and all that was shown."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], env=environment(home), stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),  # the terminal that it asks is this one
    )  # fmt: skip
    os.close(slave)
    shown, left = "", list(answers)
    while True:
        try:
            piece = os.read(master, 4_096).decode()
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if left and shown.endswith(": "):
            os.write(master, f"{left.pop(0)}\n".encode())
            shown += "\n"
    os.close(master)
    return process.wait(60), shown
