import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FromWorker, ToWorker } from "./messages";

/** A pose worker that answers when it is told to. */
class FakeWorker {
  static all: FakeWorker[] = [];
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly asked: ToWorker[] = [];
  gone = false;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(message: ToWorker): void {
    this.asked.push(message);
  }

  terminate(): void {
    this.gone = true;
  }

  tell(data: FromWorker): void {
    if (!this.gone) this.onmessage?.({ data });
  }

  ready(): void {
    this.tell({ type: "ready", model: "full", sha256: "f00d" });
  }

  seen(t_ms: number, took_ms = 30): void {
    this.tell({ type: "seen", t_ms, took_ms, landmarks: null });
  }
}

class Track extends EventTarget {
  muted = false;
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

let track: Track;
let frame: (() => void) | null;
let refuse: DOMException | null;

beforeEach(() => {
  vi.useFakeTimers();
  FakeWorker.all = [];
  track = new Track();
  frame = null;
  refuse = null;
  const video = {
    ...{ muted: false, playsInline: false, videoWidth: 640, videoHeight: 480, srcObject: null },
    play: async () => undefined,
    requestVideoFrameCallback: (then: () => void) => {
      frame = then;
    },
  };
  vi.stubGlobal("document", {
    createElement: (kind: string) => (kind === "video" ? video : { getContext: () => ({ getExtension: () => null }) }),
  });
  vi.stubGlobal("navigator", {
    mediaDevices: {
      getUserMedia: async () => {
        if (refuse) throw refuse;
        return { getVideoTracks: () => [track], getTracks: () => [track] };
      },
    },
  });
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("createImageBitmap", async () => ({ close: () => undefined }));
  vi.stubGlobal("cancelAnimationFrame", () => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function running() {
  const { Camera } = await import("./camera");
  const states: string[] = [];
  const seen: number[] = [];
  const camera = new Camera({ state: (state) => states.push(state), seen: ({ t_ms }) => seen.push(t_ms) });
  await camera.start();
  return { camera, states, seen };
}

/** The camera gives a picture every 100 ms for a while. */
async function pictures(seconds: number): Promise<void> {
  for (let i = 0; i < seconds * 10; i++) {
    await vi.advanceTimersByTimeAsync(100);
    const next = frame;
    frame = null;
    next?.();
    await vi.advanceTimersByTimeAsync(0);
  }
}

const looks = (worker: FakeWorker | undefined): number =>
  worker?.asked.filter(({ type }) => type === "look").length ?? 0;

describe("the camera", () => {
  it("has one picture under way at a time", async () => {
    const { states, seen } = await running();
    const [worker] = FakeWorker.all;
    worker?.ready();
    await pictures(1);
    expect(looks(worker)).toBe(1);
    worker?.seen(5);
    await pictures(0.5);
    expect(looks(worker)).toBe(2);
    expect(seen).toEqual([5]);
    expect(states).toEqual(["asking", "loading", "on"]);
  });

  it("looks at the picture that came meanwhile as soon as the model has answered", async () => {
    await running();
    const [worker] = FakeWorker.all;
    worker?.ready();
    await pictures(0.3);
    worker?.seen(5);
    await vi.advanceTimersByTimeAsync(0);
    expect(looks(worker)).toBe(2);
    const [first, second] = (worker?.asked ?? []).filter((message) => message.type === "look");
    expect((second?.t_ms ?? 0) - (first?.t_ms ?? 0)).toBe(200); // as the video had it, not as the model was free
    worker?.seen(6);
    await vi.advanceTimersByTimeAsync(0);
    expect(looks(worker)).toBe(2); // never twice at one picture
  });

  it("replaces a worker that answers no more, once", async () => {
    const { states } = await running();
    FakeWorker.all[0]?.ready();
    await pictures(7);
    expect(FakeWorker.all).toHaveLength(2);
    expect(FakeWorker.all[0]?.gone).toBe(true);
    FakeWorker.all[1]?.ready();
    await pictures(7);
    expect(states).toEqual(["asking", "loading", "on", "loading", "on", "unable"]);
    expect(track.stopped).toBe(true);
  });

  it("does not take a closed lid for a worker that answers no more", async () => {
    await running();
    FakeWorker.all[0]?.ready();
    await pictures(1);
    await vi.advanceTimersByTimeAsync(600_000);
    await pictures(1);
    expect(FakeWorker.all).toHaveLength(1);
  });

  it("is gone when its track ends, or stays mute", async () => {
    const { states } = await running();
    FakeWorker.all[0]?.ready();
    track.muted = true;
    track.dispatchEvent(new Event("mute"));
    await vi.advanceTimersByTimeAsync(1_000);
    track.muted = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(states.at(-1)).toBe("on");
    track.muted = true;
    track.dispatchEvent(new Event("mute"));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(states.at(-1)).toBe("gone");
    expect(track.stopped).toBe(true);
  });

  it("changes to the lite model where the full one is too slow", async () => {
    await running();
    const [worker] = FakeWorker.all;
    worker?.ready();
    for (let i = 0; i < 25; i++) {
      await pictures(0.1);
      worker?.seen(i, 200);
    }
    // A worker can load a model once, and no second time.
    expect(worker?.gone).toBe(true);
    const loads = FakeWorker.all.flatMap(({ asked }) => asked.filter(({ type }) => type === "load"));
    expect(loads).toEqual([
      { type: "load", model: "full" },
      { type: "load", model: "lite" },
    ]);
    expect(FakeWorker.all).toHaveLength(2);
  });

  it.each([
    ["NotAllowedError", "refused"],
    ["NotFoundError", "absent"],
    ["NotReadableError", "busy"],
  ])("says of %s that it is %s", async (name, state) => {
    refuse = new DOMException("no", name);
    const { states } = await running();
    expect(states).toEqual(["asking", state]);
  });

  it("lets a camera go that comes after it was turned off", async () => {
    const { Camera } = await import("./camera");
    const states: string[] = [];
    const camera = new Camera({ state: (state) => states.push(state), seen: () => undefined });
    const starting = camera.start();
    camera.stop();
    await starting;
    expect(track.stopped).toBe(true);
    expect(states).toEqual(["asking", "off"]);
  });
});
