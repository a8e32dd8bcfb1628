"""The camera's eyes, with a recording in the camera's place."""

from pathlib import Path

import pytest

from lumbar.core.errors import BadMedia
from lumbar.core.posture.measures import look as measured
from lumbar.pose.camera import CameraEyes
from lumbar.pose.models import LANDMARKS


def test_it_sees_who_is_there_and_how_light_it_is(bundle: Path) -> None:
    eyes = CameraEyes(str(bundle / "clips/desk_drift.mp4"))
    eyes.open()
    looks = [eyes.look(float(t_s)) for t_s in range(3)]
    eyes.close()
    assert eyes.model == LANDMARKS.sha256
    assert [look.frame.t_s for look in looks] == [0.0, 1.0, 2.0]
    assert all(measured(look.frame, 0.5).build is not None for look in looks)
    assert all(0.2 < look.light < 0.9 for look in looks)


def test_off_is_off(bundle: Path) -> None:
    eyes = CameraEyes(str(bundle / "clips/desk_drift.mp4"))
    with pytest.raises(BadMedia, match="camera-lost"):
        eyes.look(0.0)
    eyes.open()
    eyes.close()
    eyes.close()
    with pytest.raises(BadMedia, match="camera-lost"):
        eyes.look(0.0)


def test_a_camera_that_is_not_there_or_ends_gets_one_sentence(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match="camera-none"):
        CameraEyes(str(tmp_path / "none.mp4")).open()
    with pytest.raises(BadMedia, match="camera-none"):
        CameraEyes(99).open()
    eyes = CameraEyes(str(bundle / "clips/desk_drift.mp4"))
    eyes.open()
    for number in range(256):  # as many as the recording has
        eyes.look(float(number))
    with pytest.raises(BadMedia, match="camera-lost"):
        eyes.look(256.0)
    eyes.close()
