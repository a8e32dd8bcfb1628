/** What the page and the pose worker say to one another. Pictures go in, points come out; neither leaves the page. */

export type Model = "full" | "lite";

export type ToWorker = { type: "load"; model: Model } | { type: "look"; picture: ImageBitmap; t_ms: number };

export type FromWorker =
  | { type: "ready"; model: Model; sha256: string | null }
  | { type: "seen"; t_ms: number; took_ms: number; landmarks: Float32Array | null }
  | { type: "failed"; why: string };
