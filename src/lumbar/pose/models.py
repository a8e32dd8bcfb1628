"""The two model files, and that they are the ones we measured with."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lumbar.core.errors import BadMedia

_FOLDER = Path(__file__).parent / "models"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file and its fingerprint."""

    name: str
    sha256: str

    @property
    def path(self) -> Path:
        """Where the build put it."""
        return _FOLDER / self.name

    def read(self) -> bytes:
        """Its bytes. Raises BadMedia when it is missing or not the file we measured with."""
        try:
            content = self.path.read_bytes()
        except OSError:
            raise BadMedia("error.model-missing", model=self.name) from None
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise BadMedia("error.model-altered", model=self.name)
        return content


DETECTOR = ModelFile("pose_detection.tflite", "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85")
LANDMARKS = ModelFile("pose_landmark_full.tflite", "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f")
