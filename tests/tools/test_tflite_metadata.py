"""The models with metadata are still the same models, and say how their input is normalised."""

import re
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from pose_models import DETECTOR, LANDMARKS, WrongModelError, copy_models
from tflite_metadata import Normalisation, with_normalisation

MODELS = Path(__file__).parent.parent.parent / "src/lumbar/pose/models"
STATIC = MODELS.parent.parent / "web/static"

pytestmark = pytest.mark.skipif(
    not (MODELS / "models.json").exists(), reason="the models are not built; run `make page`"
)


def _output(model: bytes) -> list[np.ndarray]:
    """What LiteRT makes of one fixed picture."""
    interpreter = pytest.importorskip("ai_edge_litert.interpreter").Interpreter(model_content=model)
    interpreter.allocate_tensors()
    given = interpreter.get_input_details()[0]
    interpreter.set_tensor(
        given["index"], np.linspace(0, 1, int(np.prod(given["shape"])), dtype=np.float32).reshape(given["shape"])
    )
    interpreter.invoke()
    return [interpreter.get_tensor(output["index"]) for output in interpreter.get_output_details()]


@pytest.mark.parametrize("model", [DETECTOR, *LANDMARKS], ids=lambda model: model.name)
def test_a_model_computes_the_same_with_its_metadata(model) -> None:
    plain = (MODELS / model.file).read_bytes()
    described = with_normalisation(plain, model.normalisation)
    assert plain in described
    for before, after in zip(_output(plain), _output(described), strict=True):
        np.testing.assert_array_equal(before, after)


def test_the_metadata_holds_mean_and_deviation_of_every_channel() -> None:
    plain = (MODELS / DETECTOR.file).read_bytes()
    described = with_normalisation(plain, Normalisation(mean=12.5, std=62.25))
    added = described[: described.index(plain[8:200])]
    assert b"TFLITE_METADATA\0" in added
    assert b"M001" in added
    for value in (12.5, 62.25):
        assert struct.pack("<I3f", 3, value, value, value) in added


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not a TFLite model"):
        with_normalisation(b"\x89PNG\r\n\x1a\n" + bytes(100), Normalisation(0, 255))


def test_a_changed_model_is_refused(tmp_path: Path) -> None:
    for model in (DETECTOR, *LANDMARKS):
        (tmp_path / model.npm_file).write_bytes((MODELS / model.file).read_bytes())
    broken = tmp_path / LANDMARKS[0].npm_file
    broken.write_bytes(broken.read_bytes()[:-1] + b"\x01")
    with pytest.raises(WrongModelError, match=re.escape(LANDMARKS[0].npm_file)):
        copy_models(tmp_path, tmp_path / "out")


@pytest.mark.parametrize("model", LANDMARKS, ids=lambda model: model.name)
def test_a_bundle_holds_both_models_uncompressed_and_aligned(model) -> None:
    path = STATIC / f"models/pose_landmarker_{model.name}.task"
    data = path.read_bytes()
    with zipfile.ZipFile(path) as bundle:
        assert bundle.namelist() == ["pose_detector.tflite", "pose_landmarks_detector.tflite"]
        for entry in bundle.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            content = bundle.read(entry)
            assert content[4:8] == b"TFL3"
            assert data.index(content) % 64 == 0
