"""The landmarks are those that the models' makers see, they stay with one person, and nothing leaves the machine."""

import json
import socket
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from lumbar.core.errors import BadMedia
from lumbar.pose import models
from lumbar.pose.detector import Detector
from lumbar.pose.landmarker import Landmarker, Pose
from lumbar.pose.media import picture, video_shots

# In percent of the torso. mediapipe decodes the JPEG with another library; nothing else is left to differ.
TYPICAL, WORST = 0.6, 1.5
_WALL = 60


def test_stills_agree_with_mediapipe(bundle: Path) -> None:
    offs = {file: _off(bundle, file, reference) for file, reference in _references(bundle)}
    assert len(offs) == 12
    assert np.median(list(offs.values())) < TYPICAL
    assert max(offs.values()) < WORST, offs


def test_three_hundred_stills_agree_with_mediapipe(ground_truth: Path) -> None:
    folder = ground_truth / "synthetic"
    offs = [_off(folder, file, reference) for file, reference in _references(folder)[::6]]
    assert np.median(offs) < TYPICAL
    assert np.percentile(offs, 95) < WORST


def test_world_landmarks_depth_and_visibility_agree_too(bundle: Path) -> None:
    for file, reference in _references(bundle):
        pose, width = _seen(bundle / file)
        theirs = np.array(reference["image"])
        reach = np.ptp(theirs[:, 2])
        assert np.median(np.abs(pose.points[:, 2] * width - theirs[:, 2])) < 0.02 * reach, file
        assert np.median(np.abs(pose.points[:, 3] - theirs[:, 3])) < 0.02, file
        world = np.array(reference["world"])[:, :3]
        assert np.median(np.linalg.norm(pose.world - world, axis=1)) < 0.01, file


def test_a_person_is_followed_as_well_as_found_anew(bundle: Path) -> None:
    follower = Landmarker()
    for shot in list(video_shots(bundle / "clips/plank.mp4"))[:45:3]:
        followed, found = follower.see(shot.rgb, shot.t_s), Landmarker().see(shot.rgb, shot.t_s)
        assert followed is not None
        assert found is not None
        assert _apart(followed, found) < 0.04


@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180])
def test_a_person_on_their_side_or_head_is_seen_at_the_same_place(bundle: Path, turn: int) -> None:
    shot = picture(bundle / "stills/10_chest_stretch_good_front.jpg")
    upright = Landmarker().see(shot.rgb, 0.0)
    turned = Landmarker().see(np.asarray(cv2.rotate(shot.rgb, turn), dtype=np.uint8), 0.0)
    assert upright is not None
    assert turned is not None
    x, y = upright.points[:, 0], upright.points[:, 1]
    expected = np.stack([1 - y, x] if turn == cv2.ROTATE_90_CLOCKWISE else [1 - x, 1 - y], axis=1)
    body = [11, 12, 23, 24, 25, 26]
    assert np.abs(turned.points[body, :2] - expected[body]).max() < 0.03


@pytest.mark.parametrize("picture_of", [np.zeros((480, 640, 3), np.uint8), np.full((64, 32, 3), 255, np.uint8)])
def test_nobody_in_an_empty_picture(picture_of: NDArray[np.uint8]) -> None:
    assert Landmarker().see(picture_of, 0.0) is None


def test_points_are_raw_and_the_same_every_time(bundle: Path) -> None:
    shots = list(video_shots(bundle / "clips/plank.mp4"))[:6]
    first, second = Landmarker(threads=1), Landmarker(threads=1)
    for shot in shots:
        one, other = first.see(shot.rgb, shot.t_s), second.see(shot.rgb, shot.t_s)
        assert one is not None
        assert other is not None
        assert np.array_equal(one.points, other.points)
        assert np.isfinite(one.points).all()
        assert ((one.points[:, 3] >= 0) & (one.points[:, 3] <= 1)).all()


def test_the_larger_and_more_central_of_two_is_chosen(bundle: Path) -> None:
    for scene in (_two_people(bundle), np.ascontiguousarray(_two_people(bundle)[:, ::-1])):
        found = Detector(models.DETECTOR.read(), threads=1).people(scene)
        assert len(found) == 2
        assert found[0].size > found[1].size
        pose = Landmarker().see(scene, 0.0)
        assert pose is not None
        assert abs(_hips_x(pose) - found[0].x / scene.shape[1]) < 0.1


def test_somebody_behind_never_takes_the_place_of_a_person_lost_for_a_moment(bundle: Path) -> None:
    both = _two_people(bundle)
    alone = both.copy()
    alone[:, : both.shape[1] * 2 // 3] = _WALL
    behind = Landmarker().see(alone, 0.0)
    assert behind is not None
    assert _hips_x(behind) > 0.7
    landmarker = Landmarker()
    places: list[float | None] = []
    for number in range(30):
        pose = landmarker.see(alone if 8 <= number < 16 else both, number / 10)
        places.append(None if pose is None else _hips_x(pose))
    assert all(x is not None and x < 0.55 for x in places[:8] + places[16:])
    assert places[8:16] == [None] * 8
    # Once the person has been gone for long, the other one may take their place.
    later = [landmarker.see(alone, 3.0 + number) for number in range(5)]
    assert later[0] is None
    assert later[-1] is not None


def test_no_socket_is_opened(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    shots = video_shots(bundle / "clips/plank.mp4")
    landmarker = Landmarker()
    assert sum(landmarker.see(shot.rgb, shot.t_s) is not None for shot, _ in zip(shots, range(10), strict=False)) == 10


def test_a_missing_or_altered_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    altered = models.DETECTOR.read() + b"\0"
    monkeypatch.setattr(models, "_FOLDER", tmp_path)
    with pytest.raises(BadMedia, match=r"error\.model-missing: model=pose_detection\.tflite"):
        Landmarker()
    models.DETECTOR.path.write_bytes(altered)
    with pytest.raises(BadMedia, match=r"error\.model-altered: model=pose_detection\.tflite"):
        Landmarker()


def _references(folder: Path) -> list[tuple[str, dict[str, list[list[float]]]]]:
    files = {still["id"]: still["file"] for still in map(json.loads, (folder / "stills.jsonl").open())}
    references = map(json.loads, (folder / "mp_stills.jsonl").open())
    return [(files[reference["id"]], reference) for reference in references if reference["detected"]]


def _seen(path: Path) -> tuple[Pose, int]:
    shot = picture(path)
    pose = Landmarker().see(shot.rgb, shot.t_s)
    assert pose is not None, path.name
    return pose, shot.rgb.shape[1]


def _off(folder: Path, file: str, reference: dict[str, list[list[float]]]) -> float:
    """The median distance of a point, in percent of the torso as mediapipe sees it."""
    shot = picture(folder / file)
    pose = Landmarker().see(shot.rgb, shot.t_s)
    assert pose is not None, file
    height, width = shot.rgb.shape[:2]
    theirs = np.array(reference["image"])[:, :2]
    torso = np.linalg.norm(theirs[[11, 12]].mean(axis=0) - theirs[[23, 24]].mean(axis=0))
    return float(100 * np.median(np.linalg.norm(pose.points[:, :2] * (width, height) - theirs, axis=1)) / torso)


def _apart(one: Pose, other: Pose) -> float:
    return float(np.median(np.linalg.norm(one.points[:, :2] - other.points[:, :2], axis=1)))


def _hips_x(pose: Pose) -> float:
    return float(pose.points[[23, 24], 0].mean())


def _two_people(bundle: Path) -> NDArray[np.uint8]:
    """Somebody near on the left, and beside them the same picture at half its size."""
    near = picture(bundle / "stills/09_figure4_good_off20.jpg").rgb
    height, width = near.shape[:2]
    scene = np.full((height, width * 3 // 2, 3), _WALL, np.uint8)
    scene[:, :width] = near
    small = np.asarray(cv2.resize(near, (width // 2, height // 2), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    scene[height // 4 : height // 4 + height // 2, width:] = small
    return scene
