/**
 * The watch at the desk in this page: it has the camera, sends what it sees as points about once a second, and shows what it is
 * told. What is slumped, and whether anything is said, the server decides. No picture leaves the page.
 *
 * The camera is on only while this page can be seen: a page knows of no screen lock, but a locked screen shows none. Every page of
 * ours says that it is on; a session, which has a camera of its own, is a break from the desk.
 */
import { type Signal, signal } from "@preact/signals";
import { deviceId, newId, zone } from "../api/device";
import { addressed, Problem, passes, post } from "../api/http";
import type { DeskStanding } from "../api/types";
import { Camera, type CameraState, type Seen } from "../camera/camera";
import { route } from "../ui/router";
import { lightOf } from "./light";
import { deskCamera, deskSaid, heardQuiet } from "./shown";
import { signals } from "./signals";

const LOOK_MS = 1000;
/** Without a camera there is nothing to look at; a page in the background is woken about once a minute in any case. */
const GO_ON_MS = 10_000;

/** In the place of a profile: no camera, and the clock alone. */
export const WITHOUT = "";

export type Points = (number | null)[] | null;

export interface Captured {
  aspect: number;
  points: Points;
}

/** Why the camera is off while the watch goes on. */
export type Resting = "hidden" | "away" | "unsure" | "break" | null;

/** Doubts that leave it open whether anybody is there. */
const UNSURE = ["dark", "unseen"];

export class Watcher {
  readonly camera: Signal<CameraState> = signal("off");
  readonly standing: Signal<DeskStanding | null> = signal(null);
  readonly resting: Signal<Resting> = signal(null);
  readonly profile: Signal<string | null> = signal(null);
  readonly trouble: Signal<string | null> = signal(null);
  /** Called once for everything that is said. */
  said: (waiting: NonNullable<DeskStanding["waiting"]>) => void = () => undefined;

  private readonly eye = new Camera(
    { state: (state) => this.became(state), seen: (seen) => void this.saw(seen) },
    true, // a profile belongs to one model
  );
  private run = newId();
  private asking = false;
  /** Over once every answer of theirs has reached the server, or could not. */
  private answered: Promise<unknown> = Promise.resolve();
  private saidAt: string | null = null;
  private wakeTimer = 0;
  private goOnTimer = 0;
  private capture: ((seen: Captured) => void) | null = null;

  constructor() {
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("pagehide", () => this.farewell());
    // A video that leaves the document stops by itself, and gives no pictures then; the watch goes on while other pages are read.
    this.video.addEventListener(
      "pause",
      () => isOn(this.camera.value) && void this.video.play().catch(() => undefined),
    );
    route.subscribe(({ page }) => this.pause(page === "session"));
  }

  get runId(): string {
    return this.run;
  }

  get video(): HTMLVideoElement {
    return this.eye.video;
  }

  get model(): string | null {
    return this.eye.fingerprint;
  }

  get hasCamera(): boolean {
    return this.profile.value !== WITHOUT;
  }

  /** Begin with a profile, or WITHOUT. */
  watch(profile: string): void {
    this.run = newId();
    this.saidAt = null;
    this.profile.value = profile;
    this.trouble.value = null;
    this.eye.every_ms = LOOK_MS;
    if (!this.hasCamera) this.goOnTimer = window.setInterval(() => void this.goOn(), GO_ON_MS);
    this.wake();
  }

  /** The watch is over, and the camera off. */
  stop(): void {
    if (this.profile.value !== null) this.end();
    this.profile.value = null;
    this.stands(null);
    this.rests(null);
    clearInterval(this.goOnTimer);
    this.eye.stop();
  }

  /** The camera is off during a break, and on again after it. */
  pause(on: boolean): void {
    if (this.profile.value === null) return;
    if (on) this.rests("break");
    else if (this.resting.value === "break") this.wake();
  }

  async dismiss(): Promise<void> {
    this.clearWaiting();
    await this.answer("/api/desk/dismiss", { run: this.run });
  }

  /** They say that they have moved. */
  async moved(): Promise<void> {
    this.clearWaiting();
    await this.answer("/api/desk/moved", { run: this.run });
    await this.goOn();
  }

  async snooze(span: "while" | "today"): Promise<void> {
    this.clearWaiting();
    const run = this.profile.value === null ? null : this.run;
    const told = await this.answer<{ until: string | null; today: boolean }>("/api/desk/snooze", { run, span });
    heardQuiet(told.until, told.today);
  }

  /** Take the quiet back that was asked for, on whichever device. */
  async speakAgain(): Promise<void> {
    await post("/api/desk/speak-again", this.from({}));
    heardQuiet(null, false);
  }

  /** The camera, for a calibration: so many looks a second go to `to`, until `release`. */
  async borrow(captures_hz: number, to: (seen: Captured) => void): Promise<void> {
    this.stop();
    this.eye.every_ms = 1000 / captures_hz;
    this.capture = to;
    if (!document.hidden) await this.eye.start();
  }

  release(): void {
    this.capture = null;
    this.eye.stop();
  }

  from<T extends object>(body: T): T & { device: string; zone: string } {
    return { ...body, device: deviceId(), zone: zone() };
  }

  private answer<T>(path: string, body: object): Promise<T> {
    const sent = post<T>(path, this.from(body));
    this.answered = Promise.allSettled([this.answered, sent]);
    return sent;
  }

  /** After an answer that is still under way: of a run that is over the server takes none. */
  private end(): void {
    const body = this.from({ run: this.run });
    void this.answered.then(() => post("/api/desk/end", body)).catch(() => undefined);
  }

  private clearWaiting(): void {
    if (this.standing.value) this.stands({ ...this.standing.value, waiting: null });
  }

  private stands(told: DeskStanding | null): void {
    this.standing.value = told;
    deskSaid.value = told?.waiting?.message ?? null;
  }

  /** On while the page can be seen, off while it cannot; during a calibration, too. */
  private look(): void {
    if (this.capture) {
      if (document.hidden) this.eye.rest();
      else void this.eye.start();
      return;
    }
    if (this.profile.value === null || !this.hasCamera || this.resting.value === "break") return;
    if (document.hidden) this.rests("hidden");
    else this.wake();
  }

  private wake(): void {
    const hidden = document.hidden && this.hasCamera;
    this.rests(hidden ? "hidden" : route.peek().page === "session" ? "break" : null);
    if (this.resting.value !== null) return;
    if (this.hasCamera) void this.eye.start();
    else void this.goOn();
  }

  private rests(why: Resting): void {
    clearTimeout(this.wakeTimer);
    this.resting.value = why;
    if (why !== null) this.eye.rest();
  }

  private became(state: CameraState): void {
    this.camera.value = state;
    deskCamera.value = isOn(state);
  }

  private async saw(seen: Seen): Promise<void> {
    const points = plain(seen.landmarks);
    if (this.capture) {
      this.capture({ aspect: seen.aspect, points });
      return;
    }
    const { profile, run, model } = { profile: this.profile.value, run: this.run, model: this.model ?? "" };
    const look = { run, profile, model, aspect: seen.aspect, points, light: lightOf(this.video), signals: signals() };
    await this.tell("/api/desk/look", look);
  }

  /** A moment without a camera. In a break there is none. */
  private async goOn(): Promise<void> {
    if (this.hasCamera || this.resting.value !== null) return;
    await this.tell("/api/desk/go-on", { run: this.run, signals: signals() });
  }

  /** One question is under way at a time; an answer or a refusal that comes after the end is forgotten. */
  private async tell(path: string, body: object): Promise<void> {
    const { run } = this;
    if (this.profile.value === null || this.asking) return;
    this.asking = true;
    try {
      const told = await post<DeskStanding>(path, this.from(body));
      if (this.profile.value !== null && this.run === run) this.heed(told);
    } catch (error) {
      if (this.profile.value !== null && this.run === run) this.refused(error);
    } finally {
      this.asking = false;
    }
  }

  private heed(told: DeskStanding): void {
    this.stands(told);
    heardQuiet(told.snoozed_until, told.snoozed_today);
    if (told.waiting && told.waiting.at !== this.saidAt) {
      this.saidAt = told.waiting.at;
      this.said(told.waiting);
    }
    if (told.rests_s !== null && this.resting.value === null) {
      this.rests(told.doubt !== null && UNSURE.includes(told.doubt) ? "unsure" : "away");
      this.wakeTimer = window.setTimeout(() => this.look(), told.rests_s * 1000);
    }
  }

  /** A server that is gone comes back, and so does its store; one that says no is believed. */
  private refused(error: unknown): void {
    if (passes(error)) return;
    if (!(error instanceof Problem)) throw error;
    this.stop();
    this.trouble.value = error.detail;
  }

  private farewell(): void {
    if (this.profile.value === null) return;
    const body = JSON.stringify(this.from({ run: this.run }));
    navigator.sendBeacon(addressed("/api/desk/end"), new Blob([body], { type: "application/json" }));
  }
}

/** From the moment on in which the camera gives pictures, and not only once the model reads them. */
export const isOn = (state: CameraState): boolean => state === "on" || state === "loading";

/** JSON has no word for what was not seen but null. */
export function plain(landmarks: Float32Array | null): Points {
  return landmarks && Array.from(landmarks, (value) => (Number.isFinite(value) ? Math.round(value * 1e5) / 1e5 : null));
}

/** One watch in a page, which goes on while other pages of ours are read. */
let only: Watcher | null = null;

export function watcher(): Watcher {
  only ??= new Watcher();
  return only;
}
