/**
 * Joins the player to the world: clock, voice, sounds, camera, the line to the coach, the record and this browser's memory.
 * All decisions are the player's; this file carries them out.
 */

import { type Signal, signal } from "@preact/signals";
import { deviceId, idIn } from "../api/device";
import { flush, record } from "../api/facts";
import { get } from "../api/http";
import { Camera, type CameraState, type Seen } from "../camera/camera";
import type { Model } from "../camera/messages";
import { figureOf } from "../figure/asset";
import { nobody } from "../live/frames";
import { LiveLine, ownSocket } from "../live/live";
import { change, settings } from "../ui/settings";
import { type Line, SpeechQueue } from "../voice/queue";
import { readingMs } from "../voice/sentences";
import { placeOf, Sounds } from "../voice/sounds";
import { type Speaker, speakerOf } from "../voice/speaker";
import { spoken, words } from "../words/words";
import { counted } from "./counted";
import { forgetSession, keepSession, keptSession } from "./kept";
import { forgetScript, keepScript } from "./offline";
import { type Command, type Earcon, type Effect, type Ending, Player, type Snapshot, type View } from "./player";
import type { Asked, HoldStep, SessionScript, Step } from "./script";

const TICK_MS = 100;
/** How long words stay in a hold after they were said. */
const CAPTION_MS = 2500;
/** How often the seconds of a running hold are kept. */
const KEEP_MS = 1000;
/** How long the end waits for its last words. */
const LAST_WORDS_MS = 4000;

export type How = Ending | "elsewhere";

/** Who runs a person's unfinished session, as far as this file asks. */
interface Run {
  script: { session: string };
  device: string;
}

export interface Stage {
  view: Signal<View>;
  caption: Signal<string>;
  camera: Signal<CameraState>;
  model: Signal<Model>;
  seen: Signal<Seen | null>;
  lineUp: Signal<boolean>;
  asking: Signal<boolean>;
  /** What is asked after the session. */
  questions: Signal<Asked>;
  voiceless: Signal<boolean>;
  over: Signal<How | null>;
}

export class Conductor {
  get session(): string {
    return this.script.session;
  }

  readonly stage: Stage;
  readonly camera: Camera;
  private readonly player: Player;
  private readonly sounds = new Sounds(() => settings.value.volume);
  private readonly speaker: Speaker;
  private readonly queue: SpeechQueue;
  private readonly line: LiveLine;
  private timer = 0;
  private open: HoldStep | null = null;
  private holdFrom_ms: number | null = null;
  private holdStep: number | null = null;
  private lastFrame_s = -1;
  private readingTimer = 0;
  private waitTimer = 0;
  private captionTimer = 0;
  private left = false;
  /** Whether a reload left this session behind here. */
  private takenUp = false;
  private done = false;
  private askedAt_ms: number | null = null;
  private asked: Asked | null = null;
  private keptAt_ms = 0;
  private readonly unwatch: () => void;
  private wakeLock: WakeLockSentinel | null = null;
  private readonly onVisible = (): void => void this.keepAwake();

  private readonly script: SessionScript;

  constructor(script: SessionScript) {
    this.script = counted(script);
    this.player = new Player(this.script);
    this.speaker = speakerOf(
      () => settings.value,
      () => words.value?.language ?? "en",
    );
    this.queue = new SpeechQueue(
      {
        say: (text, done) => this.utter(text, done),
        wait: (seconds, done) => {
          this.waitTimer = window.setTimeout(done, seconds * 1000);
        },
        stop: () => this.silence(),
      },
      () => performance.now() / 1000,
      { begun: (line) => this.begun(line), ended: (line) => this.ended(line) },
    );
    this.line = new LiveLine(ownSocket, {
      progress: (progress) => this.feed({ type: "progress", progress }),
      event: (event) => this.feed({ type: "coach", event }),
      coach: (coach) => this.feed({ type: "coached-by", coach }),
      line: (up) => {
        this.stage.lineUp.value = up;
        this.feed({ type: "line", up });
      },
    });
    this.camera = new Camera({
      state: (state, model) => this.cameraBecame(state, model),
      seen: (seen) => this.saw(seen),
    });
    this.stage = {
      view: signal(this.player.view()),
      caption: signal(""),
      camera: signal<CameraState>("off"),
      model: signal<Model>("full"),
      seen: signal<Seen | null>(null),
      lineUp: signal(true),
      asking: signal(false),
      questions: signal({ questions: [], which: null, ranOut: [] }),
      voiceless: signal(!this.speaker.able),
      over: signal<How | null>(null),
    };
    const heard = (): void => {
      this.stage.voiceless.value = !this.speaker.able;
    };
    this.unwatch = this.speaker.watch?.(heard) ?? (() => undefined);
  }

  /** Begin, from the start or from where a reload left it. Call it from a touch, so that sound is allowed. */
  begin(from: Snapshot | null): void {
    keepScript(this.script);
    void this.sounds.wake();
    void this.keepAwake();
    document.addEventListener("visibilitychange", this.onVisible);
    const kept = keptSession(this.script.session);
    this.takenUp = kept !== null;
    if (kept) {
      this.holdFrom_ms = kept.hold_ms;
      this.holdStep = kept.hold_step;
    }
    this.carryOut(this.player.start(this.now_s(), from ?? undefined));
    this.timer = window.setInterval(() => this.feed({ type: "tick", t_s: this.now_s() }), TICK_MS);
    if (settings.value.camera) void this.camera.start();
    // Every figure now: later the network may be gone.
    for (const step of this.script.steps) if (step.kind === "hold") figureOf(step.exercise).catch(() => undefined);
  }

  command(command: Command): void {
    void this.sounds.wake();
    this.feed({ type: "command", command });
  }

  /** The questions after the session are answered, or left out. */
  answered(): void {
    this.stage.asking.value = false;
    this.feed({ type: "answered" });
  }

  toggleCamera(): void {
    const running = !["off", "refused", "absent", "busy", "unable", "gone"].includes(this.stage.camera.value);
    change({ camera: !running });
    if (running) this.camera.stop();
    else void this.camera.start();
  }

  /** Another window or device runs the session now: nothing more is counted or said here. */
  giveUp(): void {
    if (this.done) return;
    this.done = true;
    this.leave();
    this.stage.over.value = "elsewhere";
  }

  /** Leave the page: nothing goes on unseen. */
  leave(): void {
    this.left = true;
    this.unwatch();
    clearInterval(this.timer);
    clearTimeout(this.readingTimer);
    clearTimeout(this.waitTimer);
    clearTimeout(this.captionTimer);
    document.removeEventListener("visibilitychange", this.onVisible);
    this.camera.stop();
    this.line.close();
    this.queue.hush();
    this.sounds.close();
    void this.wakeLock?.release().catch(() => undefined);
  }

  private now_s(): number {
    return performance.now() / 1000;
  }

  private feed(input: Parameters<Player["feed"]>[0]): void {
    if (this.left) return;
    this.carryOut(this.player.feed(input));
  }

  private carryOut(effects: Effect[]): void {
    for (const effect of effects) this.do(effect);
    this.stage.view.value = this.player.view();
    const due = effects.length > 0 || performance.now() - this.keptAt_ms >= KEEP_MS;
    if (due && !this.done) this.keep();
  }

  private do(effect: Effect): void {
    switch (effect.do) {
      case "say":
        this.queue.add({
          id: effect.id,
          text: spoken(effect.message),
          urgent: effect.urgent,
          stale_s: effect.stale_s,
        });
        break;
      case "hush":
        this.queue.hush();
        break;
      case "earcon":
        this.sound(effect.sound);
        break;
      case "hum":
        this.sounds.hum(effect.on);
        break;
      case "open":
        this.openHold(effect.hold);
        break;
      case "close":
        this.open = null;
        this.line.finish();
        break;
      case "store":
        this.store(effect.type, effect.body);
        break;
      case "ask":
        this.camera.stop();
        this.askedAt_ms = Date.now();
        this.asked = { questions: effect.questions, which: effect.which, ranOut: effect.ranOut };
        this.stage.questions.value = this.asked;
        this.stage.asking.value = true;
        break;
      case "finish":
        this.end(effect.how);
        break;
    }
  }

  private store(type: string, body: Record<string, unknown>): void {
    if (type !== "set-done") {
      record(type, body);
      return;
    }
    record(type, body, { id: idIn(this.script.session, `step ${Number(body.step)}`) });
    void this.checkWhoRuns();
  }

  /** A hold has ended, which is a good moment to see whether another device has taken the session over. */
  private async checkWhoRuns(): Promise<void> {
    try {
      await flush();
      const run = await get<Run | null>("/api/sessions/current");
      // Another device goes on with this session, or has ended it and begun what was left of it.
      if (run && (run.script.session !== this.script.session || run.device !== deviceId())) {
        forgetScript();
        this.giveUp();
      }
    } catch {
      // Out of reach: then nobody else can have taken it over either.
    }
  }

  private end(how: How): void {
    this.done = true;
    forgetSession();
    forgetScript();
    this.whenSilent(() => {
      this.stage.over.value = how;
    });
    clearInterval(this.timer);
    this.camera.stop();
    this.line.close();
    void this.wakeLock?.release().catch(() => undefined);
  }

  /** The last words are said, or have had their time. */
  private whenSilent(then: () => void): void {
    const until_ms = performance.now() + LAST_WORDS_MS;
    const look = (): void => {
      if (!this.queue.busy || performance.now() >= until_ms) then();
      else window.setTimeout(look, TICK_MS);
    };
    look();
  }

  private openHold(hold: HoldStep): void {
    if (this.holdStep !== hold.i) {
      this.holdStep = hold.i;
      this.holdFrom_ms = null;
    }
    this.lastFrame_s = -1;
    this.open = hold;
    this.line.open(this.script.session, hold, this.camera.aspect);
  }

  private saw(seen: Seen): void {
    this.stage.seen.value = seen;
    const { mood, step } = this.stage.view.value;
    if (!this.open || mood === "paused") {
      if (step.kind !== "ask" && mood !== "over") this.watch(seen, step);
      return;
    }
    this.line.goOn();
    const at_ms = performance.timeOrigin + seen.t_ms;
    this.holdFrom_ms ??= at_ms;
    const t_s = (at_ms - this.holdFrom_ms) / 1000;
    if (t_s <= this.lastFrame_s) return;
    this.lastFrame_s = t_s;
    this.line.frame(t_s, seen.aspect, seen.landmarks ?? nobody());
  }

  /** Nothing is coached: only a raised hand is of interest. */
  private watch(seen: Seen, step: Step): void {
    const between = "rung" in step ? { exercise: step.exercise, rung: step.rung } : { exercise: null, rung: null };
    this.line.watch(this.script.session, between, seen.aspect);
    this.line.frame(seen.t_ms / 1000, seen.aspect, seen.landmarks ?? nobody());
  }

  private cameraBecame(state: CameraState, model: Model): void {
    this.stage.camera.value = state;
    this.stage.model.value = model;
    // After a reload the camera was allowed before, and is asked for again in a moment: it is waited for. At the beginning
    // nobody knows whether a question in the browser's bar is ever answered.
    const comesBack = state === "asking" && this.takenUp;
    if (state === "asking" && !comesBack) return;
    const { fingerprint } = this.camera;
    const why = ["refused", "absent", "busy", "unable", "gone"].includes(state) ? `session.camera.${state}` : undefined;
    this.feed({
      type: "camera",
      on: state === "on",
      coming: state === "loading" || comesBack,
      model: fingerprint,
      why,
    });
  }

  /** Never under a voice: it takes its turn. Where nobody speaks there is nothing to wait for. */
  private sound(earcon: Earcon): void {
    const play = (): void => this.sounds.play(earcon);
    if (this.speaks) this.queue.add({ play, ...placeOf(earcon) });
    else play();
  }

  private get speaks(): boolean {
    return settings.value.voice && this.speaker.able;
  }

  private utter(text: string, done: () => void): void {
    if (this.speaks) {
      this.speaker.say(text, done);
      return;
    }
    this.readingTimer = window.setTimeout(done, readingMs(text));
  }

  private silence(): void {
    clearTimeout(this.readingTimer);
    clearTimeout(this.waitTimer);
    this.speaker.stop();
  }

  private begun(line: Line): void {
    this.stage.caption.value = line.text;
    this.sounds.duck(true);
  }

  private ended(line: Line): void {
    if (!this.queue.busy) this.fallSilent();
    // Told later: the queue is in the middle of its own work.
    queueMicrotask(() => this.feed({ type: "spoken", id: line.id }));
  }

  /** Nothing is said any more. In a hold the words go too, after a while: what is shown there is of now. */
  private fallSilent(): void {
    this.sounds.duck(false);
    const text = this.stage.caption.value;
    clearTimeout(this.captionTimer);
    this.captionTimer = window.setTimeout(() => {
      const inHold = this.stage.view.value.step.kind === "hold";
      if (inHold && this.stage.caption.value === text) this.stage.caption.value = "";
    }, CAPTION_MS);
  }

  private keep(): void {
    this.keptAt_ms = performance.now();
    const { holdFrom_ms: hold_ms, holdStep: hold_step, askedAt_ms: asked_ms, asked } = this;
    keepSession({ ...this.player.snapshot(), hold_ms, hold_step, asked_ms, asked, at_ms: Date.now() });
  }

  /** Keep the screen lit; browsers let go of it whenever the page is hidden. */
  private async keepAwake(): Promise<void> {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    this.wakeLock = await navigator.wakeLock.request("screen").catch(() => null);
  }
}
