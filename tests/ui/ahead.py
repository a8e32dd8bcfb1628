"""`lumbar serve` whose clock runs ahead, by as many seconds as a file says at that moment.

The first argument is that file, the rest are lumbar's own. So a walk through a week takes no week, and no rule is
left out: the server dates every fact, and plans every day, by this clock. With AWAKE in its environment the machine did
not sleep meanwhile: its seconds run ahead as well.
"""

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from lumbar import wiring
from lumbar.cli.main import main


def run(ahead: Path) -> None:
    """Serve."""

    def now(_: wiring.SystemClock) -> datetime:
        return datetime.now().astimezone() + timedelta(seconds=float(ahead.read_text()))

    def monotonic_s(_: wiring.SystemClock) -> float:
        return time.monotonic() + float(ahead.read_text())

    wiring.SystemClock.now = now
    if "AWAKE" in os.environ:
        wiring.SystemClock.monotonic_s = monotonic_s
    main()


if __name__ == "__main__":
    told = Path(sys.argv.pop(1))
    run(told)
