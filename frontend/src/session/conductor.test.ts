import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CameraListener, CameraState } from "../camera/camera";
import type { Listener } from "../live/live";
import type { CoachEvent, HoldStep, SessionScript } from "./script";

/** What the session would have done to the world. */
interface World {
  facts: { type: string; body: Record<string, unknown>; id: string | undefined }[];
  sent: unknown[];
  said: string[];
  spoken: { text: string; at_ms: number }[];
  played: { sound: string; at_ms: number; under: boolean }[];
  line: Listener | null;
  storage: Map<string, string>;
  writes: number;
  runsOn: string;
  runs: string;
  finish: (() => void) | null;
  able: boolean;
  changed: () => void;
  camera: CameraListener | null;
}

let world: World;

vi.mock("../api/facts", () => ({
  record: (type: string, body: Record<string, unknown>, options?: { id?: string }) =>
    world.facts.push({ type, body, id: options?.id }),
  flush: async () => true,
}));
vi.mock("../api/http", () => ({
  get: async () => ({ script: { session: world.runs || SESSION }, device: world.runsOn }),
}));
vi.mock("../voice/sounds", async (real) => ({
  placeOf: (await real<typeof import("../voice/sounds")>()).placeOf,
  Sounds: class {
    wake = async () => undefined;
    play = (sound: string) => world.played.push({ sound, at_ms: performance.now(), under: world.finish !== null });
    hum = () => undefined;
    duck = () => undefined;
    close = () => undefined;
  },
}));
vi.mock("../camera/camera", () => ({
  Camera: class {
    aspect = 16 / 9;
    fingerprint = "f00d";
    constructor(listener: CameraListener) {
      world.camera = listener;
    }
    start = async () => undefined;
    stop = () => undefined;
  },
}));
vi.mock("../live/live", () => ({
  ownSocket: () => undefined,
  LiveLine: class {
    holds = false;
    constructor(_: unknown, listener: Listener) {
      world.line = listener;
    }
    open = (_: string, step: HoldStep) => {
      this.holds = true;
      world.sent.push(["open", step.i]);
    };
    watch = (_: string, between: { exercise: string | null }) => {
      this.holds = false;
      world.sent.push(["watch", between.exercise]);
    };
    goOn = () => {
      this.holds = true;
    };
    frame = (t_s: number) => {
      if (this.holds) world.sent.push(["frame", Math.round(t_s * 1000) / 1000]);
    };
    finish = () => world.sent.push(["finish"]);
    close = () => world.sent.push(["close"]);
  },
}));

const SESSION = "01920000-0000-7000-8000-000000000001";

const script: SessionScript = {
  format: "lumbar-session/1",
  session: SESSION,
  on: "2026-03-01",
  programme: "p",
  catalogue: "c",
  minutes: 1,
  patience: { away_s: 15, faults_to_end: 2, stuck_s: 30, line_down_s: 8 },
  steps: [
    { i: 0, say: [{ id: "hello", params: {} }], show: null, kind: "sound-check", seconds: 1 },
    {
      ...{ i: 1, say: [], show: null, kind: "get-ready", exercise: "plank", rung: "r", side: null },
      ...{ seconds: 2, wait_for_position_s: 20 },
    },
    {
      ...{ i: 2, say: [], show: null, kind: "hold", exercise: "plank", rung: "r", side: null, set: 1, sets: 1 },
      ...{
        hold: 1,
        holds: 1,
        target_s: 5,
        judged: true,
        core: true,
        prompts: [],
        half: false,
        last_five: false,
        ...{ test: false, least_s: 0, of_test: null, load_kg: 0 },
        repetition: false,
      },
    },
    { i: 3, say: [{ id: "bye", params: {} }], show: null, kind: "end" },
  ],
};

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  world = {
    ...{
      facts: [],
      sent: [],
      said: [],
      spoken: [],
      played: [],
      line: null,
      storage: new Map(),
      writes: 0,
      runsOn: "",
      runs: "",
      finish: null,
    },
    ...{ able: true, changed: () => undefined, camera: null },
  };
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => world.storage.get(key) ?? null,
    setItem: (key: string, text: string) => {
      world.writes += 1;
      world.storage.set(key, text);
    },
    removeItem: (key: string) => world.storage.delete(key),
  });
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
  vi.stubGlobal("document", { visibilityState: "visible", addEventListener() {}, removeEventListener() {} });
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("lumbarSpeaker", {
    get able() {
      return world.able;
    },
    say: (text: string, done: () => void) => {
      world.said.push(text);
      world.spoken.push({ text, at_ms: performance.now() });
      world.finish = () => {
        world.finish = null;
        done();
      };
    },
    stop: () => {
      world.finish = null;
    },
    watch: (changed: () => void) => {
      world.changed = changed;
      return () => undefined;
    },
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The same with a second hold after a long rest. */
const longer: SessionScript = {
  ...script,
  steps: [
    ...script.steps.slice(0, 3),
    { i: 3, say: [], show: null, kind: "rest", seconds: 20 },
    { ...(script.steps[2] as HoldStep), i: 4, hold: 2 },
    { i: 5, say: [], show: null, kind: "end" },
  ],
};

async function conductor(runs = script) {
  const { words } = await import("../words/words");
  const texts = {
    hello: "Hello.",
    bye: "Bye.",
    "session.by-the-clock": "Clock.",
    "session.paused": "Paused.",
    "session.resumed": "On.",
    "session.paused-by-hand": "Paused by hand.",
    "session.half": "Half.",
    "session.last-five": "Last.",
    "session.go": "Go.",
    lift: "Lift.",
    chat: "Chat.",
  };
  words.value = { languages: ["en"], language: "en", decimal: ".", written: texts, spoken: {} };
  const { deviceId } = await import("../api/device");
  if (!world.runsOn) world.runsOn = deviceId();
  const { Conductor } = await import("./conductor");
  return new Conductor(runs);
}

const speak = (): void => world.finish?.();

/** Lets everything happen for a while, with a voice that is quick. */
async function pass(seconds: number): Promise<void> {
  for (let i = 0; i < seconds * 10; i++) {
    await vi.advanceTimersByTimeAsync(100);
    if (world.said.at(-1) !== "Bye.") speak();
  }
}

const frames = (what = "frame"): unknown[] => world.sent.filter((each) => Array.isArray(each) && each[0] === what);

/** In position, and seen to hold well: the words before it are said. */
async function seenHolding(one: { begin(from: null): void }): Promise<void> {
  world.camera?.state("on" as CameraState, "full");
  one.begin(null);
  await pass(2.5);
  const books = { in_position_s: 0, unjudged_s: 0, longest_hold_s: 0, state: "good", side: null, faults: [] };
  world.line?.progress({ ...books, credited_s: 0 });
  await pass(1.5);
}

describe("what a coach event leads to", () => {
  const cue: CoachEvent = { event: "cue", t_s: 3, fault: "hips-sagging", message: { id: "lift", params: {} } };

  /** Milliseconds of the clock from a coach event to the words for it, and to the first sound. */
  async function answered(
    event: CoachEvent,
    words: string,
    chatter: boolean,
  ): Promise<{ words_ms: number; sound_ms: number }> {
    const one = await conductor(chattering);
    await seenHolding(one);
    expect(one.stage.view.value).toMatchObject({ measured: true, step: { kind: "hold" } });
    if (chatter) {
      const prompt = { id: "chat", params: {} };
      world.line?.event({ event: "praise", t_s: 2, message: prompt });
      expect(world.said.at(-1), "a sentence that can wait is being said").toBe("Chat.");
    } else speak();
    const from_ms = performance.now();
    const sounds = world.played.length;
    world.line?.event(event);
    for (let i = 0; i < 1000 && world.said.at(-1) !== words; i++) await vi.advanceTimersByTimeAsync(1);
    expect(world.said.at(-1)).toBe(words);
    const words_ms = (world.spoken.at(-1)?.at_ms ?? Number.NaN) - from_ms;
    const sound_ms = (world.played[sounds]?.at_ms ?? Number.NaN) - from_ms;
    one.leave();
    return { words_ms, sound_ms };
  }

  const chattering: SessionScript = {
    ...script,
    steps: script.steps.map((step) => (step.kind === "hold" ? { ...step, target_s: 40 } : step)),
  };

  it.each([false, true])("is spoken within 150 ms, whatever was being said (%s)", async (chatter) => {
    const { words_ms, sound_ms } = await answered(cue, "Lift.", chatter);
    expect(sound_ms).toBe(0);
    expect(words_ms).toBeLessThanOrEqual(150);
  });

  it("is two notes at once for a raised hand, and words after them", async () => {
    const { words_ms, sound_ms } = await answered({ event: "hand-raised", t_s: 3 }, "Paused by hand.", true);
    expect(sound_ms).toBe(0);
    expect(words_ms).toBeLessThanOrEqual(250);
  });
});

describe("the conductor", () => {
  it("plays no sound under its voice, and each before the words that it announces", async () => {
    const runs: SessionScript = {
      ...script,
      steps: script.steps.map((step) =>
        step.kind === "hold"
          ? {
              ...{ ...step, target_s: 30, half: true, last_five: true },
              prompts: [1, 11, 14, 23].map((at_s) => ({ at_s, message: { id: "chat", params: {} } })),
            }
          : step,
      ),
    };
    const one = await conductor(runs);
    one.begin(null);
    // A voice that takes two seconds for a sentence, and far too long for a prompt.
    const takes_ms = (text: string | undefined): number => (text === "Last." ? 700 : text === "Chat." ? 4500 : 2000);
    for (let i = 0; i < 600 && one.stage.over.value === null; i++) {
      await vi.advanceTimersByTimeAsync(100);
      const since_ms = performance.now() - (world.spoken.at(-1)?.at_ms ?? 0);
      if (world.finish && since_ms >= takes_ms(world.said.at(-1))) speak();
    }
    expect(world.played.filter((each) => each.under)).toEqual([]);
    const heard = world.played.map((each) => each.sound);
    expect(heard).toEqual(["ready", "ready", "go", "half", "tap", "tap", "tap", "tap", "tap", "done"]);
    const at = (text: string): number => world.spoken.find((each) => each.text === text)?.at_ms ?? Number.NaN;
    const bell_ms = world.played.find((each) => each.sound === "half")?.at_ms ?? Number.NaN;
    expect(at("Half.") - bell_ms).toBeLessThanOrEqual(150);
    expect(world.said.filter((text) => text === "Chat.")).toHaveLength(3);
    one.leave();
  });

  it("stores a hold under an id that any window would give it", async () => {
    const ids: (string | undefined)[] = [];
    for (let window = 0; window < 2; window++) {
      world.facts = [];
      const one = await conductor();
      one.begin(null);
      await pass(12);
      ids.push(world.facts.find((fact) => fact.type === "set-done")?.id);
      one.leave();
    }
    expect(ids[0]).toMatch(/^01920000-0000-7[0-9a-f]{3}-[89ab]/);
    expect(ids[1]).toBe(ids[0]);
  });

  it("is over when its last words are said, or have had their time", async () => {
    const one = await conductor();
    one.begin(null);
    await pass(9);
    expect(world.said.at(-1)).toBe("Bye.");
    expect(one.stage.over.value).toBeNull();
    speak();
    await pass(0.2);
    expect(one.stage.over.value).toBe("finished");

    const other = await conductor();
    other.begin(null);
    await pass(13);
    expect(other.stage.over.value).toBe("finished");
  });

  it("finds a voice that comes late", async () => {
    world.able = false;
    const one = await conductor();
    expect(one.stage.voiceless.value).toBe(true);
    world.able = true;
    world.changed();
    expect(one.stage.voiceless.value).toBe(false);
    one.begin(null);
    await pass(0.4);
    expect(world.said).toEqual(["Hello."]);
  });

  it("sends what the camera sees in a hold to its coach, from its beginning, and in a pause only to who watches", async () => {
    const one = await conductor();
    const see = (t_ms: number): void => world.camera?.seen({ t_ms, aspect: 16 / 9, landmarks: null });
    world.camera?.state("on" as CameraState, "full");
    one.begin(null);
    see(100);
    expect(frames()).toEqual([]);
    await pass(1.5);
    see(5000);
    see(5100);
    see(5100);
    one.command("pause");
    see(5200);
    one.command("resume");
    see(5300);
    expect(frames()).toEqual([
      ["frame", 0],
      ["frame", 0.1],
      ["frame", 0.3],
    ]);
    expect(frames("watch")).toEqual([
      ["watch", null],
      ["watch", "plank"],
    ]);
  });

  it("goes on in the coach's own time after a reload while getting ready", async () => {
    const see = (t_ms: number): void => world.camera?.seen({ t_ms, aspect: 16 / 9, landmarks: null });
    const one = await conductor();
    world.camera?.state("on" as CameraState, "full");
    one.begin(null);
    await pass(1.5);
    see(5000);
    await pass(1);
    one.leave();
    const kept = JSON.parse(world.storage.get("lumbar.session") ?? "{}");
    expect(kept).toMatchObject({ step: 1, hold_step: 2 });
    const again = await conductor();
    again.begin(kept);
    world.camera?.state("on" as CameraState, "full");
    await pass(0.2);
    see(9000);
    expect(frames().at(-1)).toEqual(["frame", 4]);
  });

  it("keeps the seconds of a hold once a second", async () => {
    const one = await conductor();
    one.begin(null);
    await pass(4);
    const before = world.writes;
    await pass(3);
    expect(world.writes - before).toBeLessThanOrEqual(4);
    expect(world.writes - before).toBeGreaterThanOrEqual(2);
    one.leave();
  });

  it("gives up when another device has ended the session and begun what was left of it", async () => {
    world.runs = "another session";
    const one = await conductor(longer);
    one.begin(null);
    await pass(12);
    expect(one.stage.over.value).toBe("elsewhere");
    one.leave();
  });

  it("waits for a camera that is asked for again after a reload, and for no answer that may never come", async () => {
    const first = await conductor();
    world.camera?.state("asking" as CameraState, "full");
    first.begin(null);
    await pass(2);
    first.leave();
    const kept = JSON.parse(world.storage.get("lumbar.session") ?? "{}");
    const second = await conductor();
    second.begin({ ...kept, step: 1, elapsed_s: 0 });
    world.camera?.state("asking" as CameraState, "full");
    await pass(6);
    expect(second.stage.view.value.step.kind).toBe("get-ready");
    world.storage.clear();
    const fresh = await conductor();
    fresh.begin(null);
    world.camera?.state("asking" as CameraState, "full");
    await pass(6);
    expect(fresh.stage.view.value.step.kind).toBe("hold");
  });

  it("gives up when another device has taken the session, and keeps it for a reload until then", async () => {
    world.runsOn = "another device";
    const one = await conductor(longer);
    one.begin(null);
    await pass(4);
    expect(JSON.parse(world.storage.get("lumbar.session") ?? "{}")).toMatchObject({ session: SESSION, step: 2 });
    await pass(8);
    expect(one.stage.over.value).toBe("elsewhere");
    const told = world.facts.length;
    one.command("stop");
    await pass(5);
    expect(world.facts).toHaveLength(told);
  });
});
