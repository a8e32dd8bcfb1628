"""posture.toml: every number has its source, and every mistake of the file is told at once, with its place."""

import copy
from typing import Any

import pytest

from lumbar.catalog.load import HERE, read_toml, shipped_catalogue
from lumbar.catalog.posture import read_posture, shipped_posture
from lumbar.catalog.words import shipped_words
from lumbar.core.errors import BadCatalog
from lumbar.core.message import say
from lumbar.core.posture import Doubt, State
from lumbar.core.posture.nudge import Silence

SOURCES = shipped_catalogue().sources


@pytest.fixture
def table() -> dict[str, Any]:
    return copy.deepcopy(read_toml(HERE / "posture.toml"))


def test_the_shipped_file_is_what_the_clinical_design_asks_for() -> None:
    settings = shipped_posture()
    limits = {gauge.id: gauge.limit(100.0) for gauge in settings.gauges}
    assert limits == pytest.approx(
        {"ear-shoulder-deg": -8.0, "trunk-forward-deg": 12.0, "head-height-ratio": -12.0, "face-scale-ratio": 15.0}
    )
    nudges = settings.nudges
    assert (nudges.interval_min, nudges.shortest_interval_min, nudges.longest_interval_min) == (30, 20, 60)
    assert (nudges.gap_min, nudges.an_hour, nudges.a_day, nudges.patience, nudges.doubling) == (20, 2, 8, 2, 2)
    watch = settings.watch
    assert (watch.smoothing_s, watch.window_s, watch.drift_share) == (10.0, 180.0, 0.6)
    assert (watch.leave_share, watch.leave_after_s, watch.away_s) == (0.7, 30.0, 60.0)
    assert settings.calibration.separation_sd == 3.0
    assert settings.pause.stand_s + settings.pause.walk_s == 60


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda t: t["measure"][0].update(source="hearsay"), "no source hearsay"),
        (lambda t: t["measure"][0].update(id="nose-length-ratio"), "no measure nose-length-ratio"),
        (lambda t: t["measure"][0].update(share=0.9), "either a difference or a share"),
        (lambda t: t["nudges"].update(interval_min=90), "nudges.interval_min"),
        (lambda t: t["nudges"].update(quiet_from_h=24), "hours go from 0 to 23"),
        (lambda t: t["watch"].pop("window_s"), "watch.window_s"),
        (lambda t: t["watch"].update(window=1), "watch.window"),
        (lambda t: t.update(more=1), "more"),
    ],
)
def test_a_mistake_is_told_with_its_place(table: dict[str, Any], spoil: Any, place: str) -> None:
    spoil(table)
    with pytest.raises(BadCatalog) as refused:
        read_posture(table, SOURCES)
    assert any(place in mistake for mistake in refused.value.mistakes), refused.value.mistakes


def test_whatever_can_be_told_has_words() -> None:
    words = shipped_words()
    ids = [f"posture.state.{state}" for state in State] + [f"posture.doubt.{doubt}" for doubt in Doubt]
    ids += [f"posture.silence.{silence}" for silence in Silence]
    ids += [f"cli.posture.measure.{gauge.id}" for gauge in shipped_posture().gauges]
    assert [message_id for message_id in ids if not words.has(message_id)] == []
    for cue in ("crown", "shoulders", "slouch"):
        text = words.written(say("posture.nudge.drift", cue=f"@posture.cue.{cue}"))
        assert text.index("movement") < text.index("comfort"), "movement is offered first"
