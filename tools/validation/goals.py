"""What was promised, beside what was measured.

A goal is met when the measured value keeps its limit. It is met for sure when the whole interval does: with few
pictures the two are far apart, and both are said.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from validation import crossing, faults, readings
from validation.clock import Edge
from validation.faults import Look
from validation.intervals import NOTHING, Figure, clustered_share, median, share
from validation.survey import Asked, Evidence

EDGE_S = 0.5
_HIGH = "high"


@dataclass(frozen=True)
class Goal:
    """A limit and a figure. unit: share, deg or s. misses: names of what went wrong, for whoever mends it."""

    id: str
    limit: float
    at_least: bool
    unit: str
    figure: Figure
    misses: tuple[str, ...] = ()

    @property
    def met(self) -> bool | None:
        """Whether the measured value keeps the limit; None when nothing was measured."""
        return self._keeps(self.figure.value)

    @property
    def sure(self) -> bool:
        """Whether the whole interval keeps it."""
        return self._keeps(self.figure.low if self.at_least else self.figure.high) is True

    def as_json(self) -> dict[str, Any]:
        """Plain values; the names of pictures stay here."""
        return {
            "id": self.id,
            "limit": self.limit,
            "at_least": self.at_least,
            "unit": self.unit,
            "figure": self.figure.as_json(),
            "met": self.met,
            "sure": self.sure,
        }

    def _keeps(self, value: float | None) -> bool | None:
        if value is None:
            return None
        return value >= self.limit if self.at_least else abs(value) <= self.limit


def goals_of(table: dict[str, Any], evidence: Evidence, every: Sequence[Asked]) -> list[Goal]:
    """Every goal, in the order of the page."""
    shown = [asked for asked in every if asked.as_shown]
    looks = [look for asked in shown for look in faults.of_stills(asked.right_stills)]
    frames = [look for asked in shown for look in faults.of_frames(asked.right_clips)]
    return [
        *_planks(table),
        *_acceptance(table, evidence, every),
        *_faults("stills", looks, faults.each_alone),
        *_faults("frames", frames, faults.by_clip),
        *_alarms(shown),
        *_line(shown),
        *_high(shown),
        *_time(shown),
        *_sides(shown),
    ]


def _at_least(name: str, limit: float, figure: Figure, misses: Sequence[str] = ()) -> Goal:
    return Goal(name, limit, True, "share", figure, tuple(misses))


def _at_most(name: str, limit: float, figure: Figure, misses: Sequence[str] = (), unit: str = "share") -> Goal:
    return Goal(name, limit, False, unit, figure, tuple(misses))


def _figure(plain: dict[str, Any]) -> Figure:
    return Figure(plain["value"], plain["low"], plain["high"], plain["n"], plain.get("clusters", 0))


def _planks(table: dict[str, Any]) -> Iterator[Goal]:
    scored = table["planks"]
    yield _at_least("plank-f1", 0.985, _figure(scored["macro_f1"]) if scored else NOTHING)
    changes = scored["changes"].values() if scored else []
    worst = min((change["macro_f1"] for change in changes), key=lambda f1: float(f1["value"]), default=None)
    yield _at_least("plank-f1-changed", 0.985, _figure(worst) if worst else NOTHING)
    looked = sum(change["n"] for change in changes)
    # The very same frames are answered twice: that is counted and not estimated, and has no interval.
    other = sum(change["different"] for change in changes) / looked if looked else None
    yield _at_most("plank-unchanged", 0.0, Figure(other, other, other, looked))
    yield _at_least("plank-accepted", 0.95, _figure(scored["accepted"]) if scored else NOTHING)


def _acceptance(table: dict[str, Any], evidence: Evidence, every: Sequence[Asked]) -> Iterator[Goal]:
    for asked in (asked for asked in every if asked.task.exercise.id == "side-plank"):
        name = "side-plank-accepted" if asked.as_shown else "side-plank-accepted-short"
        found = [(v.unasked.state.in_position, v.still.file.name) for v in asked.right_stills]
        yield _at_least(name, 0.9, share([hit for hit, _ in found]), [name for hit, name in found if not hit])
    plank = next(asked.task for asked in every if asked.task.exercise.id == "plank")
    sights = crossing.sights(evidence.stills, (), (), evidence.seen)
    others, taken = crossing.others_taken(plank, sights)
    names = [sight.name for sight in taken]
    yield _at_most("others-as-plank", 0.02, share([sight.name in names for sight in others]), names)
    yield _credited(evidence, every)
    drawn = table["drawn_poses"]
    yield _at_most("drawn-poses", 0.02, _figure(drawn["credited"]), drawn["taken"])
    yield _resting(evidence, every)


def _credited(evidence: Evidence, every: Sequence[Asked]) -> Goal:
    """Stills of something else, in front of every exercise where everybody starts."""
    hits, people, names = [], [], []
    for task in (asked.task for asked in every if asked.task.rung.first):
        for still in evidence.stills:
            if still.shown.exercise != task.exercise.id:
                taken = task.look(evidence.seen[still.file][0], None).state.counts
                hits.append(taken)
                people.append(still.shown.person)
                names += [f"{task.exercise.id}: {still.file.name}"] if taken else []
    return _at_most("others-credited", 0.02, clustered_share(hits, people), names)


def _resting(evidence: Evidence, every: Sequence[Asked]) -> Goal:
    """People of the clips who lie, kneel or rest, in front of every exercise."""
    rests = crossing.sights((), evidence.clips, (), evidence.seen)
    hits, clips, names = [], [], []
    for asked in every:
        for sight in rests:
            taken = asked.task.look(sight.frame, None).state.counts
            hits.append(taken)
            clips.append(sight.cluster)
            names += [f"{crossing.asked(asked.task)}: {sight.name}"] if taken else []
    return _at_most("at-rest", 0.02, clustered_share(hits, clips), names)


def _faults(kind: str, looks: Sequence[Look], counted: faults.Counted) -> Iterator[Goal]:
    faulty = [look for look in looks if look.truth.present]
    caught = [look for look in faulty if look.faulted]
    clean = [look for look in looks if look.truth.blameless]
    yield _at_least(
        f"caught-{kind}", 0.95, counted(faulty, lambda it: it.faulted), _named(faulty, lambda it: not it.faulted)
    )
    yield _at_least(
        f"named-{kind}", 0.95, counted(caught, lambda it: it.named_right), _named(caught, lambda it: not it.named_right)
    )
    yield _at_most(f"false-{kind}", 0.02, counted(clean, lambda it: it.faulted), _named(clean, lambda it: it.faulted))


def _named(looks: Sequence[Look], hit: Callable[[Look], bool]) -> list[str]:
    return [_story(look) for look in looks if hit(look)]


def _story(look: Look) -> str:
    true = ", ".join(look.truth.present) or "no fault"
    said = ", ".join(look.said.faults) or look.said.state.value
    return f"{look.name}: {true} -> {said}"


def _alarms(shown: Sequence[Asked]) -> Iterator[Goal]:
    clips = [v.clip.name for asked in shown for v in asked.right_clips]
    for name, told in (
        ("false-alarms", [alarm for asked in shown for alarm in asked.alarms]),
        ("alarms-at-rest", [alarm for asked in shown for alarm in asked.resting_alarms]),
    ):
        yield _at_most(name, 0.0, share([any(a.startswith(f"{clip} ") for a in told) for clip in clips]), told)


def _line(shown: Sequence[Asked]) -> Iterator[Goal]:
    """The body line of planks, seen from the side, against the true line in space."""
    planks = [asked for asked in shown if asked.task.exercise.id == "plank"]
    still = [r for asked in planks for r in readings.of_stills(asked.task, readings.LINE, asked.right_stills)]
    moving = [r for asked in planks for v in asked.right_clips for r in readings.of_clip(asked.task, readings.LINE, v)]
    for kind, found, by in (("stills", still, "person"), ("frames", moving, "clip")):
        off = [r.read - r.space for r in found]
        clusters = [str(getattr(r, by)) for r in found]
        worst = sorted(found, key=lambda r: -abs(r.read - r.space))[:5] if kind == "stills" else []
        names = [f"{r.clip}: {r.read:.1f} for {r.space:.1f} deg" for r in worst]
        yield _at_most(f"line-error-{kind}", 3.0, readings.mean([abs(it) for it in off], clusters), names, "deg")
        yield _at_most(f"line-bias-{kind}", 1.5, readings.mean(off, clusters), (), "deg")


def _high(shown: Sequence[Asked]) -> Iterator[Goal]:
    """A camera at head height, looking down: wrong only where the exercise does not ask for any view."""
    looked = [asked for asked in shown if not asked.task.is_right(_HIGH)]
    stills = [v for asked in looked for v in asked.stills if v.still.shown.view == _HIGH]
    clips = [v for asked in looked for v in asked.clips if v.clip.shown.view == _HIGH]
    for kind, looks, counted in (
        ("stills", faults.of_stills(stills), faults.each_alone),
        ("frames", faults.of_frames(clips), faults.by_clip),
    ):
        clear = [look for look in looks if look.truth.present or look.truth.blameless]
        figure = counted(clear, lambda it: it.wrong)
        yield _at_most(f"high-{kind}", 0.02, figure, _named(clear, lambda it: it.wrong))


def _time(shown: Sequence[Asked]) -> Iterator[Goal]:
    edges = [edge for asked in shown for clock in asked.right_clocks for edge in clock.edges]
    for end in ("start", "end"):
        mine = [edge for edge in edges if edge.end == end]
        figure = clustered_share([_kept(edge) for edge in mine], [edge.clip for edge in mine])
        late = [f"{e.clip}: {e.end} at {e.true_s:.2f} s, off by {e.error_s:+.2f} s" for e in mine if not _kept(e)]
        yield _at_least(f"clock-{end}", 1.0, figure, late)
    onsets = [onset for asked in shown for onset in asked.onsets]
    delays = [onset.delay_s for onset in onsets if onset.delay_s is not None]
    slow = [f"{o.clip}: {o.fault} of {o.began_s:.2f} s after {o.delay_s:.2f} s" for o in onsets if (o.delay_s or 0) > 1]
    yield _at_most("delay", 1.0, median(delays), slow, "s")
    missed = [onset for onset in onsets if onset.delay_s is None]
    untold = [f"{onset.clip}: {onset.fault} of {onset.began_s:.2f} s" for onset in missed]
    yield _at_most("delay-missed", 0.0, share([onset.delay_s is None for onset in onsets]), untold)


def _kept(edge: Edge) -> bool:
    return edge.missed_s <= EDGE_S + 1e-6


def _sides(shown: Sequence[Asked]) -> Iterator[Goal]:
    two = [asked for asked in shown if asked.task.exercise.two_sided]
    looks = [look for asked in two for look in faults.of_stills(asked.right_stills)]
    sided = [look for look in looks if look.side is not None and look.truth.belongs]
    wrong = [look for look in sided if look.found_side not in (None, look.side)]
    figure = share([look in wrong for look in sided])
    yield _at_most("sides-stills", 0.0, figure, [look.name for look in wrong])
    clips = [v for asked in two for v in asked.right_clips if v.clip.shown.side is not None]
    mixed = [v for v in clips if v.latched not in (None, v.clip.shown.side)]
    yield _at_most("sides-clips", 0.0, share([v in mixed for v in clips]), [v.clip.name for v in mixed])
