"""What the pose models cost a frame: CPU time of the process, so that other work on the machine does not count."""

import time
from pathlib import Path

from lumbar.pose.landmarker import Landmarker
from lumbar.pose.media import Shot, video_shots

_CLIP = Path(__file__).parents[1] / "tests/data/bundle/clips/plank.mp4"
_WARM = 10


def main() -> None:
    """Print a line for one thread and one for two, and what decoding costs."""
    started = time.process_time()
    shots = list(video_shots(_CLIP))
    height, width = shots[0].rgb.shape[:2]
    print(f"decoding a {width}x{height} frame: {_ms(started, len(shots)):.1f} ms of CPU")
    for threads in (1, 2):
        cpu_ms, wall_ms = _cost(shots, threads)
        print(f"pose of a frame, {threads} thread(s): {cpu_ms:.1f} ms of CPU, {wall_ms:.1f} ms by the clock")


def _cost(shots: list[Shot], threads: int) -> tuple[float, float]:
    landmarker = Landmarker(threads)
    for shot in shots[:_WARM]:
        landmarker.see(shot.rgb, shot.t_s)
    rest = shots[_WARM:]
    cpu, wall = time.process_time(), time.perf_counter()
    for shot in rest:
        landmarker.see(shot.rgb, shot.t_s)
    return _ms(cpu, len(rest)), (time.perf_counter() - wall) * 1000 / len(rest)


def _ms(since_s: float, frames: int) -> float:
    return (time.process_time() - since_s) * 1000 / frames


if __name__ == "__main__":
    main()
