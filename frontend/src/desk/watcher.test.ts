/** The watch in the page by a hand-cranked clock: what the server decides is obeyed, whatever the page, the camera and the line do. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CameraListener, CameraState } from "../camera/camera";

const LOOK_AGAIN_S = 30;
const UNTIL = "2026-03-02T11:00:00+00:00";
const SEEN = new Float32Array(33 * 4).fill(0.5);

/** What the page would have done to the world, and how the server stands. */
const world = {
  sent: [] as { path: string; body: Record<string, unknown> }[],
  on: false,
  listener: null as CameraListener | null,
  answer: {} as Record<string, unknown>,
  trouble: null as (() => Response) | null,
  delay_ms: 0,
  plays: 0,
  every_ms: () => 0,
};

vi.mock("../camera/camera", () => ({
  Camera: class {
    video = Object.assign(new EventTarget(), { videoWidth: 0, play: async () => world.plays++ });
    fingerprint = "f00d";
    every_ms = 0;
    state: CameraState = "off";
    constructor(readonly listener: CameraListener) {
      world.listener = listener;
      world.every_ms = () => this.every_ms;
    }
    private become(state: CameraState) {
      world.on = state === "on";
      this.listener.state(state, "full");
    }
    start = async () => this.become("on");
    stop = () => this.become("off");
    rest = () => this.become("off");
  },
}));
vi.mock("./light", () => ({ lightOf: () => 0.5 }));
vi.mock("../api/device", () => ({ deviceId: () => "d", newId: () => `run-${Math.random()}`, zone: () => "Etc/GMT" }));
/** The network alone is stood in for: what its answers mean is for the page's own requests to say. */
vi.stubGlobal("fetch", async (path: string, init: { body: string }) => {
  world.sent.push({ path, body: JSON.parse(init.body) as Record<string, unknown> });
  if (world.delay_ms) await new Promise((done) => setTimeout(done, world.delay_ms));
  if (world.trouble) return world.trouble();
  const told = path === "/api/desk/look" || path === "/api/desk/go-on";
  return Response.json(told ? world.answer : { minutes: 60, until: UNTIL, today: false });
});
const nobody = (): Response => {
  throw new TypeError("fetch failed");
};
const refusal = (status: number, detail: string) => (): Response =>
  Response.json({ status, detail }, { status, headers: { "Content-Type": "application/problem+json" } });

const newPage = () => Object.assign(new EventTarget(), { hidden: false, fullscreenElement: null as Element | null });
let page = newPage();
vi.stubGlobal("window", globalThis);
vi.stubGlobal("addEventListener", () => undefined);
vi.stubGlobal("location", { pathname: "/desk", search: "" });
const { plain, WITHOUT, Watcher } = await import("./watcher");
const { deskCamera, deskSaid, quiet } = await import("./shown");
const { serverThere } = await import("../api/http");
const { path } = await import("../ui/router");

const calm = {
  present: true,
  still_s: 0,
  state: "tall",
  doubt: null,
  silence: null,
  snoozed_until: null,
  snoozed_today: false,
  rests_s: null,
  unknown: [],
};
const nudge = (at: string) => ({ at, kind: "still" as const, message: { id: "posture.nudge.still", params: {} } });
const looks = () => world.sent.filter((one) => one.path === "/api/desk/look");

/** The camera gives a picture, and the server's answer is heard. */
async function look(): Promise<void> {
  if (world.on) world.listener?.seen({ t_ms: 0, aspect: 16 / 9, landmarks: SEEN });
  await vi.advanceTimersByTimeAsync(0);
}

function hide(hidden: boolean): void {
  page.hidden = hidden;
  page.dispatchEvent(new Event("visibilitychange"));
}

let watch: InstanceType<typeof Watcher>;
let said: string[];

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(world, {
    sent: [],
    on: false,
    answer: { ...calm, waiting: null },
    trouble: null,
    delay_ms: 0,
    plays: 0,
  });
  page = newPage();
  vi.stubGlobal("document", page);
  path.value = "/desk";
  said = [];
  watch = new Watcher();
  watch.said = (waiting) => said.push(waiting.at);
  watch.watch("sitting");
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

describe("the watch in the page", () => {
  it("sends points, light and what it can tell; no picture, and no more than one look at a time", async () => {
    world.delay_ms = 5_000;
    for (let s = 0; s < 5; s++) {
      await look();
      await vi.advanceTimersByTimeAsync(900);
    }
    expect(looks()).toHaveLength(1);
    expect(Object.keys(looks()[0]?.body ?? {}).sort()).toEqual(
      ["run", "profile", "model", "aspect", "points", "light", "signals", "device", "zone"].sort(),
    );
    expect(looks()[0]?.body.points).toHaveLength(33 * 4);
    await vi.advanceTimersByTimeAsync(1_000);
    await look();
    expect(looks()).toHaveLength(2);
  });

  it("says what the server says once, however often it is told of it, and shows it until it is answered", async () => {
    await look();
    expect(said).toEqual([]);
    world.answer = { ...calm, waiting: nudge("10:00") };
    for (let s = 0; s < 3; s++) await look();
    expect(said).toEqual(["10:00"]);
    expect(deskSaid.value?.id).toBe("posture.nudge.still");
    await watch.dismiss();
    expect(watch.standing.value?.waiting).toBeNull();
    expect(deskSaid.value).toBeNull();
    expect(world.sent.at(-1)?.path).toBe("/api/desk/dismiss");
    world.answer = { ...calm, waiting: nudge("10:30") };
    await look();
    expect(said).toEqual(["10:00", "10:30"]);
  });

  it.each(["call", "quiet-hours", "snoozed", "gap", "hour-full", "day-full", "focus"])(
    "says nothing of its own while the server is silent: %s",
    async (silence) => {
      world.answer = { ...calm, still_s: 4_000, silence, waiting: null };
      for (let minute = 0; minute < 60; minute++) {
        await look();
        await vi.advanceTimersByTimeAsync(60_000);
      }
      expect(said).toEqual([]);
      expect(watch.standing.value?.silence).toBe(silence);
      expect(world.on).toBe(true);
    },
  );

  it("tells that it fills the screen, and of all else that it does not know", async () => {
    page.fullscreenElement = {} as Element;
    await look();
    expect(looks()[0]?.body.signals).toEqual({
      call: "unknown",
      full_screen: "yes",
      focus: "unknown",
      locked: "unknown",
    });
  });

  it("has its camera off while the page is hidden, and on again with the page", async () => {
    expect([world.on, deskCamera.value]).toEqual([true, true]);
    hide(true);
    expect([world.on, deskCamera.value, watch.resting.value]).toEqual([false, false, "hidden"]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(world.on).toBe(false);
    hide(false);
    expect([world.on, watch.resting.value]).toEqual([true, null]);
  });

  it("has its camera off while nobody is there, and looks again when it is time", async () => {
    world.answer = { ...calm, present: false, doubt: "nobody", silence: "away", waiting: null, rests_s: LOOK_AGAIN_S };
    await look();
    expect([world.on, watch.resting.value]).toEqual([false, "away"]);
    await vi.advanceTimersByTimeAsync(LOOK_AGAIN_S * 1000 - 1);
    expect(world.on).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(world.on).toBe(true);
    await look();
    hide(true);
    await vi.advanceTimersByTimeAsync(LOOK_AGAIN_S * 2000);
    expect([world.on, watch.resting.value]).toEqual([false, "hidden"]);
  });

  it.each(["dark", "unseen"])("claims no empty chair where it is off because it cannot tell: %s", async (doubt) => {
    world.answer = { ...calm, present: false, doubt, silence: "cannot-tell", waiting: null, rests_s: LOOK_AGAIN_S };
    await look();
    expect([world.on, watch.resting.value]).toEqual([false, "unsure"]);
    await vi.advanceTimersByTimeAsync(LOOK_AGAIN_S * 1000);
    expect(world.on).toBe(true);
  });

  it("rests during a break and a session, whatever else happens, and goes on after it", async () => {
    watch.pause(true);
    hide(true);
    hide(false);
    expect([world.on, watch.resting.value]).toEqual([false, "break"]);
    watch.pause(false);
    expect(world.on).toBe(true);
    path.value = "/session";
    expect([world.on, watch.resting.value]).toEqual([false, "break"]);
    watch.pause(false); // a break that the session came out of
    expect(world.on).toBe(false);
    path.value = "/";
    expect([world.on, watch.resting.value]).toEqual([true, null]);
  });

  it("goes on when its picture leaves the page, and lets it be when the camera is off", () => {
    watch.video.dispatchEvent(new Event("pause"));
    expect(world.plays).toBe(1);
    hide(true);
    watch.video.dispatchEvent(new Event("pause"));
    expect(world.plays).toBe(1);
  });

  it("is quiet for as long as it was asked to be, and a nudge that waits is answered by that", async () => {
    world.answer = { ...calm, waiting: nudge("10:00") };
    await look();
    await watch.snooze("while");
    expect(quiet.value).toEqual({ until: UNTIL, today: false });
    expect(watch.standing.value?.waiting).toBeNull();
    expect(world.sent.at(-1)).toMatchObject({ path: "/api/desk/snooze", body: { span: "while" } });
    expect(world.sent.at(-1)?.body.run).toBe(watch.runId);
  });

  it("shows a quiet that was asked for elsewhere, and takes it back wherever it was asked for", async () => {
    world.answer = { ...calm, silence: "snoozed", snoozed_until: UNTIL, snoozed_today: true };
    await look();
    expect(quiet.value).toEqual({ until: UNTIL, today: true });
    await watch.speakAgain();
    expect(quiet.value).toBeNull();
    expect(world.sent.at(-1)?.path).toBe("/api/desk/speak-again");
    world.answer = { ...calm };
    await look();
    expect(quiet.value).toBeNull();
  });

  it("goes on when the server is gone for a while, and invents nothing meanwhile", async () => {
    world.trouble = nobody;
    for (let s = 0; s < 3; s++) await look();
    expect([world.on, watch.profile.value, said.length]).toEqual([true, "sitting", 0]);
    world.trouble = null;
    world.answer = { ...calm, waiting: nudge("8:00") };
    await look();
    expect(said).toEqual(["8:00"]);
  });

  it("goes on when the server cannot reach its data for a moment", async () => {
    world.trouble = refusal(503, "The data cannot be reached.");
    await look();
    expect(serverThere.value).toBe(true);
    world.trouble = null;
    await look();
    expect([watch.profile.value, watch.trouble.value]).toEqual(["sitting", null]);
    expect(looks()).toHaveLength(2);
  });

  it("ends when the server refuses, with the camera off and the server's sentence", async () => {
    world.trouble = refusal(409, "Everything rests.");
    await look();
    expect([world.on, deskCamera.value, watch.profile.value]).toEqual([false, false, null]);
    expect(watch.trouble.value).toBe("Everything rests.");
    await look();
    expect(looks()).toHaveLength(1);
  });

  it("forgets an answer that comes after its end", async () => {
    world.delay_ms = 2_000;
    world.answer = { ...calm, waiting: nudge("10:00") };
    await look();
    watch.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said).toEqual([]);
    expect([deskSaid.value, watch.standing.value]).toEqual([null, null]);
  });

  it("forgets a refusal that comes after its end, and ends no other run for it", async () => {
    world.delay_ms = 2_000;
    world.trouble = refusal(409, "Another window looks now.");
    await look();
    watch.watch("sitting");
    await vi.advanceTimersByTimeAsync(5_000);
    expect([watch.profile.value, watch.trouble.value]).toEqual(["sitting", null]);
  });
});

describe("the camera during a calibration", () => {
  it("is off while the page is hidden, on again with the page, and off for good at its end", async () => {
    await watch.borrow(4, () => undefined);
    expect([world.on, deskCamera.value]).toEqual([true, true]);
    hide(true);
    expect([world.on, deskCamera.value]).toEqual([false, false]);
    hide(false);
    expect([world.on, deskCamera.value]).toEqual([true, true]);
    watch.release();
    hide(true);
    hide(false);
    expect(world.on).toBe(false);
  });

  it("looks as often as the desk asks for, and once a second again afterwards", async () => {
    await watch.borrow(5, () => undefined);
    expect(world.every_ms()).toBe(200);
    watch.release();
    watch.watch("sitting");
    expect(world.every_ms()).toBe(1000);
  });

  it("waits for a page that is hidden when it begins", async () => {
    watch.stop();
    hide(true);
    await watch.borrow(4, () => undefined);
    expect(world.on).toBe(false);
    hide(false);
    expect(world.on).toBe(true);
    watch.release();
  });
});

describe("a watch without a camera", () => {
  const moments = () => world.sent.filter((one) => one.path === "/api/desk/go-on").length;

  beforeEach(async () => {
    watch.stop();
    watch.watch(WITHOUT);
    await vi.advanceTimersByTimeAsync(0);
  });

  it("opens none, goes on while the page is hidden, and says what it is told", async () => {
    expect([world.on, deskCamera.value, moments()]).toEqual([false, false, 1]);
    hide(true);
    world.answer = { ...calm, waiting: nudge("10:00") };
    await vi.advanceTimersByTimeAsync(60_000);
    expect([world.on, moments(), said]).toEqual([false, 7, ["10:00"]]);
    hide(false);
    expect(world.on).toBe(false);
  });

  it("tells that somebody moved, and hears at once how it stands", async () => {
    world.answer = { ...calm, waiting: nudge("10:00") };
    await vi.advanceTimersByTimeAsync(10_000);
    world.answer = { ...calm, waiting: null };
    await watch.moved();
    expect(world.sent.slice(-2).map((one) => one.path)).toEqual(["/api/desk/moved", "/api/desk/go-on"]);
    expect(deskSaid.value).toBeNull();
  });

  it("ends only once an answer that is still under way has arrived, or could not", async () => {
    for (const trouble of [null, nobody]) {
      Object.assign(world, { sent: [], delay_ms: 5_000, trouble });
      const moved = watch.moved().catch(() => undefined);
      watch.stop();
      await vi.advanceTimersByTimeAsync(4_000);
      expect(world.sent.map((one) => one.path)).toEqual(["/api/desk/moved"]);
      await vi.advanceTimersByTimeAsync(1_000);
      await moved;
      expect(world.sent.map((one) => one.path)).toEqual(["/api/desk/moved", "/api/desk/end"]);
      await vi.advanceTimersByTimeAsync(60_000);
      watch.watch(WITHOUT);
      await vi.advanceTimersByTimeAsync(60_000);
    }
  });

  it("ends after every answer that is under way, and not after the quickest", async () => {
    Object.assign(world, { sent: [], delay_ms: 5_000 });
    const moved = watch.moved();
    world.delay_ms = 1_000;
    const quiet = watch.snooze("while");
    watch.stop();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.sent.map((one) => one.path)).not.toContain("/api/desk/end");
    await vi.advanceTimersByTimeAsync(3_000);
    await Promise.all([moved, quiet]);
    expect(world.sent.map((one) => one.path)).toEqual(["/api/desk/moved", "/api/desk/snooze", "/api/desk/end"]);
  });

  it("is silent in a break and a session, which are an absence then, and ends when it is ended", async () => {
    path.value = "/session";
    const before = moments();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(moments()).toBe(before);
    path.value = "/";
    await vi.advanceTimersByTimeAsync(0);
    expect(moments()).toBe(before + 1);
    watch.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(moments()).toBe(before + 1);
  });
});

describe("points on their way", () => {
  it("have null for what was not seen", () => {
    expect(plain(new Float32Array([0.5, Number.NaN, 0.25, Number.POSITIVE_INFINITY]))).toEqual([0.5, null, 0.25, null]);
    expect(plain(null)).toBeNull();
  });
});
