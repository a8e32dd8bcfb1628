"""What our pose costs a frame beside mediapipe 0.10.21 ("full"), on the same clip and machine, and the ratio.

mediapipe is no part of lumbar. It is fetched once into an environment of its own under .make, about a gigabyte; where
it cannot be had the bench says so. Both get the same decoded frames, both follow one person, both are warm; time is the
processor's, all threads together, in rounds that take turns so that other work on the machine meets both.
"""

import json
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

from lumbar.pose.landmarker import Landmarker
from lumbar.pose.media import video_shots

_ROOT = Path(__file__).parents[1]
_CLIP = _ROOT / "tests/data/bundle/clips/plank.mp4"
_HOME = _ROOT / ".make/mediapipe-0.10.21"
_WARM, _ROUNDS = 10, 3
_THEIRS = """
import json, sys, time
import cv2, mediapipe
frames, video = [], cv2.VideoCapture(sys.argv[1])
while True:
    there, picture = video.read()
    if not there:
        break
    frames.append(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
warm = int(sys.argv[2])
pose = mediapipe.solutions.pose.Pose(model_complexity=1)
for frame in frames[:warm]:
    pose.process(frame)
began = time.process_time()
found = sum(pose.process(frame).pose_landmarks is not None for frame in frames[warm:])
spent = time.process_time() - began
print(json.dumps({"ms": spent * 1000 / len(frames[warm:]), "found": found}))
"""


def main() -> None:
    """One line for each, and the ratio."""
    python = _their_python()
    if python is None:
        print("pose against mediapipe: mediapipe 0.10.21 cannot be installed here, so there is nothing to compare with")
        return
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        ours.append(_our_ms())
        theirs.append(_their_ms(python))
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"pose of a frame: ours {mine:.1f} ms of processor time, mediapipe 0.10.21 {other:.1f} ms")
    print(f"pose of a frame: ratio of ours to mediapipe's {mine / other:.2f}")


def _our_ms() -> float:
    shots = list(video_shots(_CLIP))
    landmarker = Landmarker(threads=1)
    for shot in shots[:_WARM]:
        landmarker.see(shot.rgb, shot.t_s)
    began = time.process_time()
    for shot in shots[_WARM:]:
        landmarker.see(shot.rgb, shot.t_s)
    return (time.process_time() - began) * 1000 / len(shots[_WARM:])


def _their_ms(python: Path) -> float:
    command = [str(python), "-c", _THEIRS, str(_CLIP), str(_WARM)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["found"], "mediapipe sees nobody in the clip, so its time says nothing"
    return float(told["ms"])


def _their_python() -> Path | None:
    python = _HOME / "bin/python"
    ready = _HOME / "ready"
    if ready.exists():
        return python
    print("fetching mediapipe 0.10.21, once …", file=sys.stderr)
    venv.create(_HOME, with_pip=True, clear=True)
    wanted = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "mediapipe==0.10.21"]
    if subprocess.run(wanted, check=False, capture_output=True).returncode:
        return None
    ready.touch()
    return python


if __name__ == "__main__":
    main()
