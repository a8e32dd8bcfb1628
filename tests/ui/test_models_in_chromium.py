"""The bundles load in a real browser with MediaPipe's task and find the person in a picture."""

import functools
import http.server
import json
import math
import statistics
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "src/lumbar/web/static"
VISION = ROOT / "frontend/node_modules/@mediapipe/tasks-vision/vision_bundle.mjs"

pytestmark = [
    pytest.mark.ui,
    pytest.mark.skipif(
        not (STATIC / "wasm").is_dir() or not VISION.exists(), reason="the page is not built; run `make page`"
    ),
]

# As the product does it: a module worker, which is the only place where MediaPipe's module build finds its factory.
WORKER = """
import { FilesetResolver, PoseLandmarker } from "/vision_bundle.mjs";

self.onmessage = async ({ data: { model, picture } }) => {
  const files = await FilesetResolver.forVisionTasks("/wasm", true);
  const landmarker = await PoseLandmarker.createFromOptions(files, {
    baseOptions: { modelAssetPath: `/models/pose_landmarker_${model}.task`, delegate: "CPU" },
    runningMode: "IMAGE",
  });
  const result = landmarker.detect(picture);
  landmarker.close();
  self.postMessage(result.landmarks[0].map((point) => [point.x * picture.width, point.y * picture.height]));
};
"""

LANDMARKS_OF_THE_PICTURE = """
async (model) => {
  const answer = await fetch("/picture.jpg");
  const picture = await createImageBitmap(await answer.blob());
  const worker = new Worker("/worker.js", { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ model, picture }, [picture]);
  });
}
"""


class _Files(http.server.SimpleHTTPRequestHandler):
    """The built page's folder, plus the library and one picture."""

    picture: Path

    def translate_path(self, path: str) -> str:
        own = {"/vision_bundle.mjs": VISION, "/picture.jpg": self.picture}
        return str(own.get(path, super().translate_path(path)))

    def do_GET(self) -> None:
        written = {"/blank": ("text/html", ""), "/worker.js": ("text/javascript", WORKER)}
        if self.path not in written:
            super().do_GET()
            return
        kind, text = written[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def origin(bundle: Path) -> Iterator[str]:
    handler = type("Files", (_Files,), {"picture": bundle / "stills/00_plank_good_side.jpg"})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(STATIC)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(("model", "within_px"), [("full", 3.0), ("lite", 12.0)])
def test_a_bundle_finds_the_person(browser, origin: str, bundle: Path, model: str, within_px: float) -> None:
    """The reference is MediaPipe 0.10.21 in Python with the full model on the same picture."""
    page = browser.new_page()
    page.goto(f"{origin}/blank")
    found = page.evaluate(LANDMARKS_OF_THE_PICTURE, model)
    page.close()
    reference = json.loads((bundle / "mp_stills.jsonl").read_text().splitlines()[0])
    assert reference["id"] == 0
    assert len(found) == 33
    distances = [math.dist(point, expected[:2]) for point, expected in zip(found, reference["image"], strict=True)]
    assert statistics.median(distances) < within_px
