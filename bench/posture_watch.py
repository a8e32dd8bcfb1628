"""What `lumbar posture` costs while it runs: python bench/posture_watch.py [SECONDS]

A real process with a recording in the camera's place, one picture a second, against a home of its own. Processor time
is that of the process between two moments after its start, and its memory the most it ever held. What a camera's own
driver takes is not in it. Linux alone tells both.

Leaves with 1 when it takes more than it may: 8 % of one core, or 250 MB.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lumbar import wiring
from lumbar.app.record_facts import Draft
from lumbar.core.posture import calibrate
from lumbar.pose import trace
from lumbar.pose.models import LANDMARKS

_DATA = Path(__file__).parents[1] / "tests/data"
_CLIP, _TRACE = _DATA / "bundle/clips/desk_drift.mp4", _DATA / "posture/desk_drift.jsonl.gz"
_WARM_S = 12.0
_MOST_SHARE, _MOST_MB = 0.08, 250.0


def prepare(environment: dict[str, str]) -> None:
    """A screened person with a profile."""
    settings = wiring.read_settings(environment)
    store = wiring.build_store(settings)
    house = wiring.build_house(wiring.build_rules(settings), store, wiring.session_token(settings))
    person = house.people.only()
    form, now = house.rules.form, wiring.SystemClock().now()
    answers = dict.fromkeys(form.items, "no")
    screen = {"kind": "full", "answers": answers, "details": {}, "nprs": 3, "pain_now": 2}
    draft = Draft(wiring.new_id(), "screen-answered", 1, now, "UTC", "bench", screen)
    house.record_facts(person, [draft], source="page")
    frames = list(trace.frames(_TRACE))
    tall, slump = [f for f in frames if f.t_s < 4], [f for f in frames if 11.6 <= f.t_s <= 13.9]
    house.desk.keep(person, "desk", calibrate(tall, slump, house.desk.settings), LANDMARKS.sha256)
    store.close()


def measure(environment: dict[str, str], seconds: float) -> tuple[float, float]:
    """The share of one core, and megabytes at the most."""
    command = [sys.executable, "-m", "lumbar", "posture", "--camera", str(_CLIP)]
    with subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL) as process:
        time.sleep(_WARM_S)
        began_s, cpu_s = time.monotonic(), _cpu_s(process.pid)
        time.sleep(seconds)
        share = (_cpu_s(process.pid) - cpu_s) / (time.monotonic() - began_s)
        status = Path(f"/proc/{process.pid}/status").read_text()
        process.terminate()
    most_kb = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return share, most_kb / 1024


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(seconds: float) -> int:
    """One line; 1 when it took more than it may."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"LUMBAR_HOME": home}
        prepare(environment)
        share, most_mb = measure(environment, seconds)
    kept = share <= _MOST_SHARE and most_mb < _MOST_MB
    took = f"{share:.1%} of one core (at most {_MOST_SHARE:.0%}), {most_mb:.0f} MB at the most (under {_MOST_MB:.0f})"
    print(f"lumbar posture, a picture a second: {took}{'' if kept else ': more than it may'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 40.0))
