/** Runs the pose model off the page's own thread, so that the page stays smooth and the voice on time. */

import { FilesetResolver, PoseLandmarker } from "@mediapipe/tasks-vision";
import type { FromWorker, Model, ToWorker } from "./messages";

const POINTS = 33;

let landmarker: PoseLandmarker | null = null;
let last_ms = Number.NEGATIVE_INFINITY;

const tell = (message: FromWorker, transfer: Transferable[] = []): void => {
  (self as unknown as DedicatedWorkerGlobalScope).postMessage(message, transfer);
};

async function load(model: Model): Promise<void> {
  landmarker?.close();
  landmarker = null;
  last_ms = Number.NEGATIVE_INFINITY;
  const files = await FilesetResolver.forVisionTasks("/wasm", true);
  landmarker = await PoseLandmarker.createFromOptions(files, {
    baseOptions: { modelAssetPath: `/models/pose_landmarker_${model}.task`, delegate: "CPU" },
    runningMode: "VIDEO",
    numPoses: 1,
  });
  tell({ type: "ready", model, sha256: await fingerprint(model) });
}

/** Which model this is, for the record; one that cannot be named still sees. */
async function fingerprint(model: Model): Promise<string | null> {
  try {
    const about = (await (await fetch("/models/models.json")).json()) as Partial<Record<Model, { sha256: string }>>;
    return about[model]?.sha256 ?? null;
  } catch {
    return null;
  }
}

function look(picture: ImageBitmap, t_ms: number): void {
  const begun_ms = performance.now();
  let landmarks: Float32Array | null = null;
  if (landmarker && t_ms > last_ms) {
    last_ms = t_ms;
    const found = landmarker.detectForVideo(picture, t_ms).landmarks[0];
    if (found) {
      landmarks = new Float32Array(POINTS * 4);
      for (const [index, point] of found.entries()) {
        landmarks.set([point.x, point.y, point.z, point.visibility ?? 0], index * 4);
      }
    }
  }
  picture.close();
  tell(
    { type: "seen", t_ms, took_ms: performance.now() - begun_ms, landmarks },
    landmarks ? [landmarks.buffer as ArrayBuffer] : [],
  );
}

self.onmessage = (event: MessageEvent<ToWorker>): void => {
  const message = event.data;
  if (message.type === "look") {
    try {
      look(message.picture, message.t_ms);
    } catch (error) {
      tell({ type: "failed", why: String(error) });
    }
    return;
  }
  load(message.model).catch((error: unknown) => tell({ type: "failed", why: String(error) }));
};
