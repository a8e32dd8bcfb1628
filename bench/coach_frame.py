"""How much processor time the coach takes for one frame: python bench/coach_frame.py

Feeds the figure's own story of a minute's hold at 30 frames a second, and tells the median over its frames.
"""

import statistics
import time

from lumbar.catalog import shipped_catalogue
from lumbar.core import figure
from lumbar.core.coach import Coach
from lumbar.core.exercise import Exercise

FPS, HOLD_S, ROUNDS = 30, 60, 3


def median_us(exercise: Exercise) -> float:
    """The median processor time of Coach.feed, in microseconds; the quietest of a few rounds."""
    frames = list(figure.story(exercise, fps=FPS, hold_s=HOLD_S))
    rounds = []
    for _ in range(ROUNDS):
        coach = Coach(exercise, target_s=None)
        spent_ns = []
        for frame in frames:
            began_ns = time.process_time_ns()
            coach.feed(frame)
            spent_ns.append(time.process_time_ns() - began_ns)
        rounds.append(statistics.median(spent_ns) / 1000)
    return min(rounds)


def main() -> None:
    """One line an exercise."""
    for exercise in shipped_catalogue().exercises.values():
        print(f"coach, {exercise.id:<20} {median_us(exercise):6.1f} µs of processor time a frame (median)")


if __name__ == "__main__":
    main()
