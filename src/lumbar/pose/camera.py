"""A camera that is looked through now and then. Its pictures live in memory for the time of one look.

Between two looks nothing is decoded. A camera keeps a picture or two in store; they are let go before a look, so that
it sees what is there now.
"""

import cv2
import numpy as np

from lumbar.app.desk_ports import Look
from lumbar.core.body import Frame
from lumbar.core.errors import BadMedia
from lumbar.pose.hush import hushed
from lumbar.pose.landmarker import Landmarker

_STORED = 2
_SETTLING = 10
"""The first pictures after a camera is switched on are dark until it has found its exposure: they say nothing."""
_WIDTH_PX, _HEIGHT_PX = 640, 480
_BRIGHTEST = 255.0
_THIN = 8
"""Light is measured on every eighth row and column."""


class CameraEyes:
    """One camera and the landmarks of whoever is before it. From one thread."""

    def __init__(self, camera: int | str, landmarker: Landmarker | None = None) -> None:
        """camera: its number; a recording's path stands in for one. Raises BadMedia when a model is missing."""
        self._camera = camera
        self._landmarker = landmarker or Landmarker(threads=1)
        self._capture: cv2.VideoCapture | None = None

    @property
    def model(self) -> str:
        """The fingerprint of the landmark model: what one model saw is no baseline for another."""
        return self._landmarker.model["sha256"]

    @property
    def comes_back(self) -> bool:
        """Whether it is a camera: a recording that is over stays so."""
        return isinstance(self._camera, int)

    def open(self) -> None:
        """Switch the camera on. Raises BadMedia when there is none, or somebody else has it."""
        with hushed():
            capture = cv2.VideoCapture(self._camera)
            opened = capture.isOpened()
        if not opened:
            raise BadMedia("error.camera-none", camera=str(self._camera))
        if isinstance(self._camera, int):
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDTH_PX)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT_PX)
            capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
            with hushed():
                for _ in range(_SETTLING):
                    capture.grab()
        self._capture = capture

    def close(self) -> None:
        """Switch it off. Does nothing when it is off."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def look(self, t_s: float) -> Look:
        """Who is there now. Raises BadMedia when the camera is off or gives nothing."""
        if self._capture is None:
            raise BadMedia("error.camera-lost")
        with hushed():
            if isinstance(self._camera, int):
                for _ in range(_STORED):
                    self._capture.grab()
            ok, bgr = self._capture.read()
        if not ok:
            raise BadMedia("error.camera-lost")
        rgb = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8)
        height, width = rgb.shape[:2]
        pose = self._landmarker.see(rgb, t_s)
        points = None if pose is None else pose.points.tolist()
        frame = Frame.from_landmarks(points, aspect=width / height, t_s=t_s)
        return Look(frame, float(rgb[::_THIN, ::_THIN].mean()) / _BRIGHTEST)
