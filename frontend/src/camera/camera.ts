/**
 * The camera, on request only: its picture is shown, looked at in a worker, and forgotten. One picture is under way at a time;
 * what the machine cannot keep up with is skipped, never queued.
 */

import type { FromWorker, Model, ToWorker } from "./messages";

export type CameraState =
  | "off"
  | "asking"
  | "loading"
  | "on"
  /** The person, or the browser for them, said no. */
  | "refused"
  /** There is no camera. */
  | "absent"
  /** Another program has it. */
  | "busy"
  /** This browser cannot run the pose model. */
  | "unable"
  /** It was there and went away. */
  | "gone";

export interface Seen {
  /** When the picture was taken, on the page's clock. */
  t_ms: number;
  aspect: number;
  /** 33 x (x, y, z, visibility), or null when nobody is in the picture. */
  landmarks: Float32Array | null;
}

export interface CameraListener {
  state(state: CameraState, model: Model): void;
  seen(seen: Seen): void;
}

/**
 * What is asked of the camera. More pictures would only be drawn, not judged: the coach counts the same from ten a second on, and
 * where nothing but the processor draws, every picture shown takes time from the model. In a dim room each is lit longer.
 */
const FRAME_RATE = 15;
/** Slower than this the full model cannot coach, and the lite one takes over. */
const SLOWEST_MS = 140;
const JUDGED_FRAMES = 15;
/** A picture that the model has not answered by then will have no answer. The first ones warm it up, and may take long. */
const STUCK_MS = 6000;
/** No picture for so long: the page was hidden or the lid closed, and the model with it. */
const ASLEEP_MS = 1000;
/** A camera that gives no picture for so long has been covered by its own system, or taken by another program. */
const MUTED_MS = 3000;

export class Camera {
  readonly video = document.createElement("video");
  private stream: MediaStream | null = null;
  private worker: Worker | null = null;
  private underWay = false;
  /** When the video's picture came, where it came while the model still looked at one before it. */
  private waiting_ms: number | null = null;
  private since_ms = 0;
  private looked_ms = 0;
  private lastLook_ms = Number.NEGATIVE_INFINITY;
  private mutedTimer = 0;
  /** The worker was replaced once already. */
  private replaced = false;
  private model: Model = "full";
  private took: number[] = [];
  private run = 0;
  private frameHandle = 0;
  private current: CameraState = "off";
  private sha256: string | null = null;

  /** At least so long between two looks; 0 looks as often as it can. */
  every_ms = 0;

  /** steady: stay with the full model on a slow machine as well, for whoever looks seldom and compares with its past. */
  constructor(
    private readonly listener: CameraListener,
    private readonly steady = false,
  ) {
    this.video.muted = true;
    this.video.playsInline = true;
  }

  get state(): CameraState {
    return this.current;
  }

  /** The fingerprint of the model that looks; null until one does. */
  get fingerprint(): string | null {
    return this.sha256;
  }

  get aspect(): number {
    return this.video.videoWidth > 0 ? this.video.videoWidth / this.video.videoHeight : 16 / 9;
  }

  async start(): Promise<void> {
    if (this.stream) return;
    const run = ++this.run;
    if (!canRunModel()) {
      this.become("unable");
      return;
    }
    this.become("asking");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: FRAME_RATE } },
      });
      if (run !== this.run) {
        stopTracks(stream);
        return;
      }
      this.stream = stream;
    } catch (error) {
      if (run === this.run) this.become(stateOf(error));
      return;
    }
    for (const track of this.stream.getVideoTracks()) this.mind(track);
    this.video.srcObject = this.stream;
    await this.video.play().catch(() => undefined);
    this.replaced = false;
    if (this.worker && this.sha256 !== null) {
      this.become("on");
      this.next();
      return;
    }
    this.worker?.terminate();
    this.become("loading");
    this.hire();
  }

  stop(): void {
    this.release();
    this.become("off");
  }

  /** Switch the camera off for a while; the model stays, so that `start` is quick. */
  rest(): void {
    this.release(true);
    this.become("off");
  }

  /** A track that ends is gone; one that is mute may come back, and is given a moment. */
  private mind(track: MediaStreamTrack): void {
    const mine = (): boolean => this.stream?.getVideoTracks().includes(track) ?? false;
    track.addEventListener("ended", () => mine() && this.lose());
    track.addEventListener("mute", () => {
      clearTimeout(this.mutedTimer);
      this.mutedTimer = setTimeout(() => track.muted && mine() && this.lose(), MUTED_MS) as unknown as number;
    });
  }

  private lose(): void {
    this.release();
    this.become("gone");
  }

  private release(keepModel = false): void {
    this.run += 1;
    cancelAnimationFrame(this.frameHandle);
    clearTimeout(this.mutedTimer);
    if (this.stream) stopTracks(this.stream);
    this.stream = null;
    this.video.srcObject = null;
    if (!keepModel) {
      this.worker?.terminate();
      this.worker = null;
    }
    this.underWay = false;
    this.waiting_ms = null;
    this.took = [];
  }

  private hire(): void {
    this.worker = new Worker(new URL("./pose.worker.ts", import.meta.url), { type: "module" });
    this.worker.onmessage = (event: MessageEvent<FromWorker>) => this.hear(event.data);
    this.worker.onerror = () => this.fail();
    this.ask({ type: "load", model: this.model });
  }

  private ask(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker?.postMessage(message, transfer);
  }

  private hear(message: FromWorker): void {
    if (message.type === "failed") {
      this.fail();
    } else if (message.type === "ready") {
      this.sha256 = message.sha256;
      this.become("on");
      this.next();
    } else {
      this.underWay = false;
      if (this.current !== "on") return; // asked for before the camera went off
      this.listener.seen({ t_ms: message.t_ms, aspect: this.aspect, landmarks: message.landmarks });
      this.time(message.took_ms);
      // At once: who waits for the video's next picture loses a third of what the model could look at.
      if (this.waiting_ms !== null) void this.look(this.waiting_ms);
    }
  }

  /** The model does not answer any more: a new worker may, and if that one does not either, this machine cannot. */
  private replace(): void {
    if (this.replaced) {
      this.fail();
      return;
    }
    this.replaced = true;
    this.renew();
  }

  /** Another worker, with the model that is wanted now. */
  private renew(): void {
    this.run += 1;
    this.worker?.terminate();
    this.underWay = false;
    this.waiting_ms = null;
    this.become("loading");
    this.hire();
  }

  private fail(): void {
    this.release();
    this.become("unable");
  }

  /** Change to the lite model, once, where the full one is too slow to coach with. */
  private time(took_ms: number): void {
    if (this.steady || this.model === "lite" || this.took.length >= JUDGED_FRAMES * 2) return;
    this.took.push(took_ms);
    // The first few pictures warm the model up.
    const judged = this.took.slice(5).sort((a, b) => a - b);
    if (judged.length < JUDGED_FRAMES) return;
    if ((judged[Math.floor(judged.length / 2)] ?? 0) > SLOWEST_MS) {
      this.model = "lite";
      this.renew(); // a worker can load a model once, and no second time
    }
  }

  private next(): void {
    const run = this.run;
    const again = (): void => {
      if (run !== this.run) return;
      void this.look(performance.now());
      schedule();
    };
    const schedule = (): void => {
      if ("requestVideoFrameCallback" in this.video) this.video.requestVideoFrameCallback(again);
      else this.frameHandle = requestAnimationFrame(again);
    };
    schedule();
  }

  private async look(t_ms: number): Promise<void> {
    if (this.current !== "on" || this.video.videoWidth === 0) return;
    if (t_ms - this.looked_ms > ASLEEP_MS) this.since_ms = t_ms;
    this.looked_ms = t_ms;
    if (this.underWay) {
      this.waiting_ms = t_ms;
      if (t_ms - this.since_ms > STUCK_MS) this.replace();
      return;
    }
    if (t_ms - this.lastLook_ms < this.every_ms) return;
    this.waiting_ms = null;
    this.underWay = true;
    this.since_ms = this.lastLook_ms = t_ms;
    const run = this.run;
    try {
      const picture = await createImageBitmap(this.video);
      if (run !== this.run) picture.close();
      else this.ask({ type: "look", picture, t_ms }, [picture]);
    } catch {
      this.underWay = false; // the picture was not ready: the next one will be
    }
  }

  private become(state: CameraState): void {
    this.current = state;
    this.listener.state(state, this.model);
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The pose model needs WebGL to read pictures, even where it computes on the processor. */
function canRunModel(): boolean {
  if (!navigator.mediaDevices?.getUserMedia || typeof Worker === "undefined") return false;
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl !== null;
}

function stateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "absent";
}
