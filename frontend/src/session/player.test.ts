import { describe, expect, it } from "vitest";
import { type Effect, type Input, Player } from "./player";
import type { HoldStep, Message, Progress, SessionScript, Side, Step } from "./script";

const say = (id: string): Message => ({ id, params: {} });

function hold(i: number, exercise: string, side: Side | null, target_s: number, judged = true): HoldStep {
  const base = { i, say: [], show: null, kind: "hold" as const, exercise, rung: "r", side };
  const dose = { set: 1, sets: 1, hold: 1, holds: 1, target_s, judged, core: exercise === "plank", prompts: [] };
  const plain = { test: false, least_s: 0, of_test: null, load_kg: 0, repetition: false };
  return { ...base, ...dose, ...plain, half: target_s > 5, last_five: target_s > 5 };
}

function ready(i: number, exercise: string, side: Side | null): Step {
  const base = { i, say: [say("ready")], show: null, kind: "get-ready" as const };
  return { ...base, exercise, rung: "r", side, seconds: 3, wait_for_position_s: 20 };
}

/** A plank, a stretch on both sides, and the questions. */
function script(): SessionScript {
  const announce = (i: number, exercise: string): Step => ({
    i,
    say: [say(`${exercise}.start`)],
    show: null,
    kind: "announce",
    exercise,
    rung: "r",
    side: null,
    seconds: 2,
    camera: [say(`${exercise}.camera`)],
  });
  const steps: Step[] = [
    { i: 0, say: [say("sound")], show: null, kind: "sound-check", seconds: 1 },
    announce(1, "plank"),
    ready(2, "plank", null),
    hold(3, "plank", null, 20),
    { i: 4, say: [], show: null, kind: "change", exercise: "stretch", seconds: 4, transfer: null },
    announce(5, "stretch"),
    ready(6, "stretch", "left"),
    hold(7, "stretch", "left", 10),
    {
      i: 8,
      say: [],
      show: null,
      kind: "switch-sides",
      exercise: "stretch",
      rung: "r",
      side: "right",
      seconds: 3,
      camera: [say("turn")],
    },
    ready(9, "stretch", "right"),
    hold(10, "stretch", "right", 10),
    { i: 11, say: [], show: null, kind: "ask", questions: ["effort"], which: null },
    { i: 12, say: [], show: null, kind: "end" },
  ];
  return {
    format: "lumbar-session/1",
    session: "s",
    on: "2026-03-01",
    programme: "p",
    catalogue: "c",
    minutes: 3,
    patience: { away_s: 15, faults_to_end: 2, stuck_s: 30, line_down_s: 8 },
    steps,
  };
}

/** Runs a player with a hand-cranked clock and a voice that says each line in half a second. */
class Room {
  readonly effects: Effect[] = [];
  private talking: { id: number; until_s: number }[] = [];
  now_s = 0;
  /** A voice that does not come to an end. */
  longWinded = false;

  constructor(readonly player: Player) {}

  take(effects: Effect[]): void {
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.do === "say") this.talking.push({ id: effect.id, until_s: this.now_s + 0.5 });
      if (effect.do === "hush") this.talking = [];
    }
  }

  feed(input: Input): void {
    this.take(this.player.feed(input));
  }

  run(seconds: number, each?: (now_s: number) => void): void {
    const end_s = this.now_s + seconds;
    while (this.now_s < end_s - 1e-9) {
      this.now_s += 0.1;
      const said = this.longWinded ? [] : this.talking.filter((line) => line.until_s <= this.now_s);
      this.talking = this.talking.filter((line) => !said.includes(line));
      for (const line of said) this.feed({ type: "spoken", id: line.id });
      each?.(this.now_s);
      this.feed({ type: "tick", t_s: this.now_s });
    }
  }

  untilHold(): void {
    for (let i = 0; i < 1000 && this.player.view().step.kind !== "hold"; i++) this.run(0.1);
  }

  stored(type: string): Record<string, unknown>[] {
    return this.effects.flatMap((effect) => (effect.do === "store" && effect.type === type ? [effect.body] : []));
  }

  said(): string[] {
    return this.effects.flatMap((effect) => (effect.do === "say" ? [effect.message.id] : []));
  }
}

function started(): Room {
  const room = new Room(new Player(script()));
  room.take(room.player.start(0));
  return room;
}

const books = (credited_s: number, state = "good"): Progress => ({
  credited_s,
  in_position_s: credited_s,
  unjudged_s: 0,
  longest_hold_s: credited_s,
  state,
  side: null,
  faults: [],
});

describe("without a camera", () => {
  it("runs from start to the questions without a touch, and stores every hold once", () => {
    const room = started();
    room.run(120);
    const sets = room.stored("set-done");
    expect(sets.map((body) => [body.step, body.side, body.outcome, body.measured])).toEqual([
      [3, null, "done", false],
      [7, "left", "done", false],
      [10, "right", "done", false],
    ]);
    expect(sets.map((body) => body.credited_s)).toEqual([20, 10, 10]);
    expect(room.player.view().mood).toBe("asking");
    expect(room.stored("session-ended")).toEqual([{ session: "s", how: "finished" }]);
  });

  it("says half way, the last five, and taps five times", () => {
    const room = started();
    room.untilHold();
    const before = room.effects.length;
    room.run(20.5);
    const during = room.effects.slice(before);
    expect(during.filter((e) => e.do === "say").map((e) => e.do === "say" && e.message.id)).toContain("session.half");
    expect(during.filter((e) => e.do === "earcon" && e.sound === "tap")).toHaveLength(5);
  });

  it("does not count a closed lid", () => {
    const room = started();
    room.untilHold();
    room.run(5);
    room.now_s += 600;
    room.run(1);
    expect(room.player.view().credited_s).toBeLessThan(7);
  });

  it("counts nothing while paused and goes on where it was", () => {
    const room = started();
    room.untilHold();
    room.run(5);
    const before = room.player.view().credited_s;
    room.feed({ type: "command", command: "pause" });
    room.run(60);
    expect(room.player.view().credited_s).toBeCloseTo(before, 5);
    room.feed({ type: "command", command: "resume" });
    room.run(2.9);
    expect(room.player.view()).toMatchObject({ mood: "ready", credited_s: expect.closeTo(before, 5) });
    room.run(2.1);
    expect(room.player.view().mood).toBe("counting");
    expect(room.player.view().credited_s).toBeCloseTo(before + 2, 0);
    expect(room.said().slice(-2)).toEqual(["session.resumed", "session.go"]);
  });

  const hand = (t_s: number): Input => ({ type: "coach", event: { event: "hand-raised", t_s } });

  it("pauses by a raised hand and goes on by the next one, and answers with two notes each time", () => {
    const room = started();
    room.untilHold();
    room.run(5);
    const before = room.player.view().credited_s;
    room.feed(hand(5));
    expect(room.player.view().mood).toBe("paused");
    expect(room.said().at(-1)).toBe("session.paused-by-hand");
    room.run(30);
    expect(room.player.view().credited_s).toBeCloseTo(before, 5);
    room.feed(hand(35));
    expect(room.player.view().mood).toBe("ready");
    expect(room.effects.filter((e) => e.do === "earcon" && e.sound === "heard")).toHaveLength(2);
  });

  it("pauses by a raised hand between holds, and a key goes on", () => {
    const room = started();
    room.feed(hand(0));
    room.run(30);
    expect(room.player.view()).toMatchObject({ mood: "paused", step: { kind: "sound-check" } });
    room.feed({ type: "command", command: "resume" });
    room.untilHold();
    expect(room.player.view().mood).toBe("counting");
  });

  const kept = (t_s: number): Input => ({ type: "coach", event: { event: "hand-kept", t_s } });

  it("takes the hand that paused and stays up for pain: it notes it, stops the set and leaves the exercise out", () => {
    const room = started();
    room.untilHold();
    room.run(5);
    room.feed(hand(5));
    room.run(4);
    room.feed(kept(9));
    expect(room.stored("set-done")[0]).toMatchObject({ exercise: "plank", outcome: "hurt" });
    expect(room.stored("pain-reported")).toHaveLength(1);
    expect(room.said()).toContain("session.hurt");
    expect(room.player.view().mood).not.toBe("paused");
    room.feed(kept(14));
    room.run(120);
    expect(room.stored("pain-reported")).toHaveLength(1);
    expect(room.stored("session-ended")).toEqual([{ session: "s", how: "hurt" }]);
  });

  it("takes the hand that goes on and stays up for pain too, and no arm that is up at another time", () => {
    const late = started();
    late.untilHold();
    late.run(3);
    late.feed(kept(3));
    expect(late.stored("pain-reported")).toEqual([]);
    late.feed(hand(4));
    late.run(6);
    late.feed(hand(10));
    late.run(9);
    late.feed(kept(19));
    expect(late.stored("pain-reported")).toEqual([]);
    late.feed(hand(20));
    late.run(6);
    late.feed(hand(26));
    late.run(4);
    late.feed(kept(30));
    expect(late.stored("pain-reported")).toHaveLength(1);
  });

  it("takes no hand for pain in a pause that a key began", () => {
    const room = started();
    room.untilHold();
    room.run(3);
    room.feed(hand(3));
    room.feed({ type: "command", command: "resume" });
    room.feed({ type: "command", command: "pause" });
    room.feed(kept(8));
    expect(room.player.view().mood).toBe("paused");
    expect(room.stored("pain-reported")).toEqual([]);
  });

  it("does nothing for a raised hand once the exercises are over", () => {
    const room = started();
    room.run(120);
    const effects = room.effects.length;
    room.feed(hand(120));
    expect(room.player.view().mood).toBe("asking");
    expect(room.effects).toHaveLength(effects);
  });

  it("hums only while seconds count, a pause within a hold included", () => {
    const room = started();
    room.untilHold();
    room.run(2);
    room.feed({ type: "command", command: "pause" });
    room.feed({ type: "command", command: "resume" });
    room.run(1);
    expect(room.effects.findLast((e) => e.do === "hum")).toEqual({ do: "hum", on: false });
    room.run(3);
    expect(room.effects.findLast((e) => e.do === "hum")).toEqual({ do: "hum", on: true });
  });
});

describe("with a camera", () => {
  function inPlank(): Room {
    const room = started();
    room.feed({ type: "camera", on: true });
    for (let i = 0; i < 300 && !room.effects.some((e) => e.do === "open"); i++) room.run(0.1);
    room.run(1.2);
    room.feed({ type: "progress", progress: books(0) });
    room.run(0.1);
    return room;
  }

  it("begins by itself when somebody is in position", () => {
    const room = inPlank();
    expect(room.player.view().step.kind).toBe("hold");
    expect(room.player.view().measured).toBe(true);
  });

  it("says where the camera belongs to whoever uses one, and to nobody else", () => {
    const without = started();
    without.run(60);
    expect(without.said()).not.toContain("plank.camera");
    const room = new Room(new Player(script()));
    room.feed({ type: "camera", on: false, coming: true });
    room.take(room.player.start(0));
    room.run(90);
    expect(room.said()).toEqual(expect.arrayContaining(["plank.camera", "stretch.camera", "turn"]));
  });

  it("says what to change before anybody can be judged, and waits for it anew", () => {
    const room = started();
    room.feed({ type: "camera", on: true });
    for (let i = 0; i < 300 && !room.effects.some((e) => e.do === "open"); i++) room.run(0.1);
    room.run(18);
    room.feed({ type: "coach", event: { event: "placement-asked", t_s: 18, message: say("placement.lower") } });
    expect(room.said().at(-1)).toBe("placement.lower");
    expect(room.player.view()).toMatchObject({ cue: say("placement.lower"), looking: true });
    room.run(5);
    expect(room.player.view().cue).toBeNull();
    room.run(14);
    expect(room.player.view().step.kind).toBe("get-ready");
    room.run(2);
    expect(room.player.view()).toMatchObject({ step: { kind: "hold" }, measured: false });
  });

  it("says why it goes on by the clock, when that is known", () => {
    const room = inPlank();
    room.feed({ type: "coach", event: { event: "tracking-lost", t_s: 9, message: say("placement.cut.feet") } });
    expect(room.said().slice(-2)).toEqual(["placement.cut.feet", "session.by-the-clock"]);
  });

  it("lets its words end before a hold that has begun, but not for long", () => {
    const room = started();
    room.feed({ type: "camera", on: true });
    for (let i = 0; i < 300 && !room.effects.some((e) => e.do === "open"); i++) room.run(0.1);
    room.longWinded = true;
    room.feed({ type: "progress", progress: books(0) });
    room.run(3);
    expect(room.player.view().step.kind).toBe("get-ready");
    room.feed({ type: "progress", progress: books(2) });
    room.run(3);
    expect(room.player.view()).toMatchObject({ step: { kind: "hold" }, credited_s: 2, measured: true });
  });

  it("counts the coach's seconds and no others", () => {
    const room = inPlank();
    room.run(25, () => room.feed({ type: "progress", progress: books(0) }));
    expect(room.player.view().credited_s).toBe(0);
    room.feed({ type: "progress", progress: books(7.25) });
    expect(room.player.view().credited_s).toBe(7.25);
  });

  it("stores what was measured when the coach is done, and by what", () => {
    const room = started();
    room.feed({ type: "camera", on: true, model: "e9a5c5cb" });
    for (let i = 0; i < 300 && !room.effects.some((e) => e.do === "open"); i++) room.run(0.1);
    room.feed({ type: "coached-by", coach: "0.1.0" });
    room.run(1.2);
    room.feed({ type: "progress", progress: books(0) });
    room.run(0.1);
    room.feed({ type: "progress", progress: books(20) });
    const [set] = room.stored("set-done");
    expect(set).toMatchObject({ step: 3, credited_s: 20, outcome: "done", measured: true });
    expect(set).toMatchObject({ coach: "0.1.0", model: "e9a5c5cb" });
  });

  it("does not wait for ever for a second that counts", () => {
    const room = inPlank();
    const sagging = (): void => room.feed({ type: "progress", progress: books(6, "fault") });
    sagging();
    room.run(29, sagging);
    expect(room.stored("set-done")).toEqual([]);
    room.run(2, sagging);
    expect(room.stored("set-done")[0]).toMatchObject({ outcome: "stopped", credited_s: 6, measured: true });
  });

  it("keeps what was earned while a coach that forgot it is told again, however often the line drops", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(9) });
    for (const caught_up_s of [0, 2, 5, 0, 3]) {
      room.feed({ type: "progress", progress: books(caught_up_s) });
      expect(room.player.view().credited_s).toBe(9);
      room.feed({ type: "line", up: false });
      room.run(1);
      room.feed({ type: "line", up: true });
    }
    room.feed({ type: "line", up: false });
    room.run(8.5);
    expect(room.player.view().measured).toBe(false);
    expect(room.player.view().credited_s).toBeGreaterThanOrEqual(9);
  });

  it("ends a hold that somebody left, and says so", () => {
    const room = inPlank();
    const away = (): void => room.feed({ type: "progress", progress: books(6, "not-in-position") });
    away();
    room.feed({ type: "coach", event: { event: "left-position", t_s: 8 } });
    room.run(14.5, away);
    expect(room.stored("set-done")).toEqual([]);
    room.run(1, away);
    expect(room.stored("set-done")[0]).toMatchObject({ outcome: "stopped", credited_s: 6 });
    expect(room.said()).toContain("session.away");
  });

  it("measures every hold of a set, and not the first one alone", () => {
    const several = script();
    const first = several.steps[3] as HoldStep;
    const rest: Step = { i: 4, say: [say("rest")], show: null, kind: "rest", seconds: 2 };
    const second: HoldStep = { ...first, i: 5, hold: 2 };
    several.steps.splice(4, 0, rest, second);
    const room = new Room(new Player(several));
    room.take(room.player.start(0));
    room.feed({ type: "camera", on: true });
    for (let i = 0; i < 300 && !room.effects.some((e) => e.do === "open"); i++) room.run(0.1);
    room.run(1.2);
    room.feed({ type: "progress", progress: books(0) });
    room.run(0.1);
    room.feed({ type: "progress", progress: books(20) });
    for (let i = 0; i < 100 && room.player.view().step.kind !== "hold"; i++) room.run(0.1);
    expect(room.player.view()).toMatchObject({ step: { hold: 2 }, measured: true, credited_s: 0 });
    expect(room.effects.filter((e) => e.do === "open").map((e) => e.hold.hold)).toEqual([1, 2]);
    room.run(3, () => room.feed({ type: "progress", progress: books(0, "not-in-position") }));
    expect(room.player.view().credited_s).toBe(0);
    room.feed({ type: "coach", event: { event: "done", t_s: 30, credited_s: 20 } });
    expect(room.stored("set-done").map((body) => body.measured)).toEqual([true, true]);
  });

  it("stores a whole target when the coach is done before its books come", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(19.93) });
    room.feed({ type: "coach", event: { event: "done", t_s: 22, credited_s: 20 } });
    expect(room.stored("set-done")[0]).toMatchObject({ outcome: "done", credited_s: 20 });
  });

  it("does not take an old word for now, and goes on by the clock when none comes", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(6) });
    room.run(1.5);
    expect(room.player.view().mood).toBe("unseen");
    expect(room.player.view().reached).toBe(false);
    room.run(8);
    expect(room.player.view()).toMatchObject({ measured: false, mood: "counting" });
    expect(room.said().at(-1)).toBe("session.clock-now");
  });

  it("forgives a closed lid", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(6) });
    room.now_s += 600;
    room.feed({ type: "tick", t_s: room.now_s });
    expect(room.stored("set-done")).toEqual([]);
    room.feed({ type: "progress", progress: books(7) });
    expect(room.player.view()).toMatchObject({ measured: true, mood: "counting", credited_s: 7 });
  });

  it("lets go of the coach when the session is stopped", () => {
    const room = inPlank();
    room.feed({ type: "command", command: "stop" });
    expect(room.effects.some((e) => e.do === "close")).toBe(true);
  });

  it("waits for a server that comes back, and goes on by the clock without one", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(6) });
    room.feed({ type: "line", up: false });
    room.run(5);
    expect(room.player.view()).toMatchObject({ measured: true, credited_s: 6 });
    room.feed({ type: "line", up: true });
    room.feed({ type: "progress", progress: books(11) });
    room.feed({ type: "line", up: false });
    room.run(8.2);
    expect(room.player.view().measured).toBe(false);
    room.run(4);
    expect(room.player.view().credited_s).toBeGreaterThan(14);
  });

  it("says soon that the line is down and that it is back, and never that it does not see well", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(6) });
    room.feed({ type: "line", up: false });
    room.run(1.4);
    expect(room.said()).not.toContain("session.line-moment");
    room.run(0.3);
    expect(room.said().at(-1)).toBe("session.line-moment");
    expect(room.player.view()).toMatchObject({ mood: "unseen", reached: false });
    room.run(2);
    room.feed({ type: "line", up: true });
    room.feed({ type: "progress", progress: books(9) });
    expect(room.said().at(-1)).toBe("session.line-back");
    expect(room.player.view()).toMatchObject({ mood: "counting", reached: true });
    room.feed({ type: "line", up: false });
    room.run(8.3);
    expect(room.said().slice(-2)).toEqual(["session.line-moment", "session.line-down-clock"]);
    room.feed({ type: "line", up: true });
    expect(room.said().at(-1)).toBe("session.line-down-clock");
    expect(room.said()).not.toContain("session.by-the-clock");
  });

  it("says nothing of a line that is back at once", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(6) });
    const before = room.said().length;
    room.feed({ type: "line", up: false });
    room.run(0.9);
    room.feed({ type: "line", up: true });
    expect(room.said()).toHaveLength(before);
  });

  it("does not say that it cannot see where nobody answered whether somebody got into position", () => {
    const room = started();
    room.feed({ type: "camera", on: true });
    for (let i = 0; i < 300 && !room.effects.some((e) => e.do === "open"); i++) room.run(0.1);
    room.feed({ type: "line", up: false });
    room.run(22);
    expect(room.player.view()).toMatchObject({ step: { kind: "hold" }, measured: false });
    expect(room.said()).toContain("session.line-down-clock");
    expect(room.said()).not.toContain("session.by-the-clock");
  });

  it("says a cue at once and shows where", () => {
    const room = inPlank();
    room.feed({ type: "coach", event: { event: "fault-began", t_s: 3, fault: "hips-sagging" } });
    room.feed({ type: "coach", event: { event: "cue", t_s: 3, fault: "hips-sagging", message: say("lift") } });
    expect(room.said()).toContain("lift");
    expect(room.player.view()).toMatchObject({ mood: "waiting", fault: "hips-sagging" });
  });

  it("ends the set at the second fault after a cue", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(6) });
    for (const t_s of [3, 9]) {
      room.feed({ type: "coach", event: { event: "fault-began", t_s, fault: "hips-sagging" } });
      room.feed({ type: "coach", event: { event: "cue", t_s, fault: "hips-sagging", message: say("lift") } });
      room.feed({ type: "coach", event: { event: "fault-ended", t_s: t_s + 2, fault: "hips-sagging" } });
    }
    const [set] = room.stored("set-done");
    expect(set).toMatchObject({ outcome: "stopped", credited_s: 6, measured: true });
    expect(set?.faults).toHaveLength(2);
  });

  it("goes on by the clock when tracking is lost, keeping what was earned", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(6) });
    room.feed({ type: "coach", event: { event: "tracking-lost", t_s: 9, message: say("lost") } });
    expect(room.player.view().measured).toBe(false);
    room.run(4);
    expect(room.player.view().credited_s).toBeCloseTo(10, 1);
    room.run(11);
    expect(room.stored("set-done")[0]).toMatchObject({ outcome: "done", measured: false, credited_s: 20 });
  });

  it("goes on by the clock when the camera goes away", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(6) });
    const before = room.said().length;
    room.feed({ type: "camera", on: false, why: "session.camera.gone" });
    expect(room.said().slice(before)).toEqual(["session.camera.gone"]);
    room.run(14.5);
    expect(room.stored("set-done")).toHaveLength(1);
    expect(room.said()).not.toContain("session.by-the-clock");
  });

  it("says that it goes on by the clock when somebody turns the camera off in a hold", () => {
    const room = inPlank();
    room.feed({ type: "progress", progress: books(6) });
    const before = room.said().length;
    room.feed({ type: "camera", on: false });
    expect(room.said().slice(before)).toEqual(["session.clock-now"]);
  });

  it("says why there is no camera once, whatever is going on", () => {
    const room = started();
    room.feed({ type: "camera", on: false, why: "session.camera.refused" });
    room.run(90);
    expect(room.said().filter((id) => id.startsWith("session.camera."))).toEqual(["session.camera.refused"]);
  });

  it("waits for a camera that is still coming, and not for ever", () => {
    const room = started();
    room.feed({ type: "camera", on: false, coming: true });
    for (let i = 0; i < 300 && room.player.view().step.kind !== "get-ready"; i++) room.run(0.1);
    room.run(10);
    expect(room.player.view().step.kind).toBe("get-ready");
    room.run(11);
    expect(room.player.view().step.kind).toBe("hold");
  });

  it("does not wait for ever for somebody who never gets into position", () => {
    const room = started();
    room.feed({ type: "camera", on: true });
    room.run(120);
    expect(room.stored("set-done").every((body) => body.measured === false)).toBe(true);
    expect(room.stored("set-done")).toHaveLength(3);
  });
});

describe("commands", () => {
  it("leaves an exercise out when it hurts, and asks nothing", () => {
    const room = started();
    room.untilHold();
    room.run(3);
    room.feed({ type: "command", command: "hurts" });
    expect(room.stored("set-done")[0]).toMatchObject({ exercise: "plank", outcome: "hurt" });
    expect(room.stored("pain-reported")[0]).toMatchObject({ when: "during", exercise: "plank" });
    room.run(120);
    expect(room.stored("set-done").map((body) => body.exercise)).toEqual(["plank", "stretch", "stretch"]);
    expect(room.stored("session-ended")).toEqual([{ session: "s", how: "hurt" }]);
  });

  it("notes that it hurts before anything was held, and ends", () => {
    const room = started();
    room.run(0.2);
    expect(room.player.view().step.kind).toBe("sound-check");
    room.feed({ type: "command", command: "hurts" });
    expect(room.stored("set-done")).toEqual([]);
    expect(room.stored("pain-reported")).toHaveLength(1);
    expect(room.stored("session-ended")).toHaveLength(1);
    expect(room.said()).not.toContain("session.stopped");
  });

  it("skips both sides of an exercise", () => {
    const room = started();
    for (let i = 0; i < 600 && room.player.view().step.i < 7; i++) room.run(0.1);
    expect(room.player.view().step).toMatchObject({ kind: "hold", side: "left" });
    room.feed({ type: "command", command: "skip" });
    room.run(60);
    const stretch = room.stored("set-done").filter((body) => body.exercise === "stretch");
    expect(stretch.map((body) => [body.side, body.outcome])).toEqual([["left", "skipped"]]);
    expect(room.player.view().mood).toBe("asking");
  });

  it("stops, stores what was held, and ends once", () => {
    const room = started();
    room.untilHold();
    room.run(4);
    room.feed({ type: "command", command: "stop" });
    expect(room.stored("set-done")[0]).toMatchObject({ outcome: "stopped" });
    room.feed({ type: "answered" });
    room.run(5);
    expect(room.stored("session-ended")).toEqual([{ session: "s", how: "stopped" }]);
    expect(room.effects.filter((effect) => effect.do === "finish")).toHaveLength(1);
  });
});

describe("a reload", () => {
  it("takes a timed hold up again with its seconds", () => {
    const room = started();
    room.untilHold();
    room.run(8);
    const snapshot = room.player.snapshot();
    const again = new Room(new Player(script()));
    again.take(again.player.start(0, snapshot));
    again.untilHold();
    expect(again.player.view().step.i).toBe(3);
    expect(again.player.view().credited_s).toBeCloseTo(snapshot.earned_s, 1);
    again.run(60);
    expect(again.stored("set-done")[0]).toMatchObject({ step: 3, credited_s: 20, outcome: "done" });
  });

  it("gives time to get back into a later hold of a set, which has no get-ready of its own", () => {
    const several = script();
    const first = several.steps[3] as HoldStep;
    several.steps.splice(4, 0, { i: 4, say: [], show: null, kind: "rest", seconds: 9 }, { ...first, i: 5, hold: 2 });
    const again = new Room(new Player(several));
    again.take(again.player.start(0, { session: "s", step: 5, earned_s: 4, left_out: [] }));
    again.run(2.8);
    expect(again.player.view()).toMatchObject({ step: { hold: 2 }, mood: "ready", credited_s: 4 });
    again.run(3);
    expect(again.player.view().mood).toBe("counting");
    expect(again.player.view().credited_s).toBeGreaterThan(6);
  });

  it("counts seconds once that the server's coach still knows", () => {
    const again = new Room(new Player(script()));
    again.feed({ type: "camera", on: true });
    again.take(again.player.start(0, { session: "s", step: 3, earned_s: 6, left_out: [] }));
    again.feed({ type: "camera", on: true });
    again.run(0.2);
    again.feed({ type: "progress", progress: books(6) });
    again.run(1.5);
    again.feed({ type: "progress", progress: books(7) });
    expect(again.player.view().credited_s).toBe(7);
  });

  it("keeps what the clock counted beside a coach that knows of less", () => {
    const again = new Room(new Player(script()));
    again.take(again.player.start(0, { session: "s", step: 3, earned_s: 15, left_out: [] }));
    again.feed({ type: "camera", on: true });
    again.run(0.2);
    again.feed({ type: "progress", progress: books(2) });
    again.run(1.5);
    again.feed({ type: "progress", progress: books(3) });
    expect(again.player.view().credited_s).toBe(16);
  });

  it("loses nothing to a second reload, a stop or a skip while somebody gets back into the hold", () => {
    const back = (): Room => {
      const again = new Room(new Player(script()));
      again.take(again.player.start(0, { session: "s", step: 3, earned_s: 15, left_out: [] }));
      again.run(0.3);
      expect(again.player.view().step.kind).toBe("get-ready");
      return again;
    };
    expect(back().player.snapshot()).toMatchObject({ step: 3, earned_s: 15 });
    for (const [command, outcome] of [
      ["stop", "stopped"],
      ["skip", "skipped"],
      ["hurts", "hurt"],
    ] as const) {
      const again = back();
      again.feed({ type: "command", command });
      expect(again.stored("set-done")[0]).toMatchObject({ step: 3, credited_s: 15, outcome });
    }
  });

  it("carries seconds itself when the server's coach is gone", () => {
    const again = new Room(new Player(script()));
    again.take(again.player.start(0, { session: "s", step: 3, earned_s: 6, left_out: [] }));
    again.feed({ type: "camera", on: true });
    again.run(0.2);
    again.feed({ type: "progress", progress: books(0) });
    again.run(1.5);
    again.feed({ type: "progress", progress: books(2) });
    expect(again.player.view().credited_s).toBe(8);
  });
});

describe("between holds", () => {
  const resting = (): Room => {
    const several = script();
    const first = several.steps[3] as HoldStep;
    several.steps.splice(4, 0, { i: 4, say: [], show: null, kind: "rest", seconds: 9 }, { ...first, i: 5, hold: 2 });
    const room = new Room(new Player(several));
    room.take(room.player.start(0));
    for (let i = 0; i < 600 && room.player.view().step.kind !== "rest"; i++) room.run(0.1);
    return room;
  };

  it("keeps the pain of a rest with what was held, and leaves that out", () => {
    const room = resting();
    room.feed({ type: "command", command: "hurts" });
    expect(room.stored("pain-reported")[0]).toMatchObject({ exercise: "plank", when: "during" });
    expect(room.stored("session-ended")).toEqual([]);
    expect(room.player.view().step).toMatchObject({ kind: "change", exercise: "stretch" });
  });

  it("leaves out what rests, and on the way what comes", () => {
    const room = resting();
    room.feed({ type: "command", command: "skip" });
    expect(room.player.view().step).toMatchObject({ kind: "change", exercise: "stretch" });
    room.feed({ type: "command", command: "skip" });
    expect(room.player.view().step.kind).toBe("ask");
  });

  it("asks for the shape of core work that no camera measured, and of nothing else", () => {
    const asked = (measured: boolean): string[] => {
      const whole = script();
      whole.steps[11] = { i: 11, say: [], show: null, kind: "ask", questions: ["effort", "shape"], which: null };
      const room = new Room(new Player(whole));
      room.take(room.player.start(0));
      if (measured) {
        room.feed({ type: "camera", on: true, model: "m" });
        for (let i = 0; i < 300 && !room.effects.some((e) => e.do === "open"); i++) room.run(0.1);
        room.run(1.2);
        room.feed({ type: "progress", progress: books(0) });
        room.run(0.1);
        room.feed({ type: "progress", progress: books(20) });
        expect(room.stored("set-done")[0]).toMatchObject({ exercise: "plank", measured: true });
        room.feed({ type: "camera", on: false });
      }
      room.run(120);
      return room.effects.flatMap((e) => (e.do === "ask" ? e.questions : []));
    };
    expect(asked(true)).toEqual(["effort"]);
    expect(asked(false)).toEqual(["effort", "shape"]);
  });

  it("asks for the shape where the camera saw a part of a hold alone", () => {
    const asked = (seen_s: number): string[] => {
      const whole = script();
      whole.steps[11] = { i: 11, say: [], show: null, kind: "ask", questions: ["effort", "shape"], which: null };
      const room = new Room(new Player(whole));
      room.take(room.player.start(0));
      room.feed({ type: "camera", on: true, model: "m" });
      for (let i = 0; i < 300 && !room.effects.some((e) => e.do === "open"); i++) room.run(0.1);
      room.run(1.2);
      room.feed({ type: "progress", progress: books(0) });
      room.run(0.1);
      room.feed({ type: "progress", progress: { ...books(20), in_position_s: seen_s } });
      expect(room.stored("set-done")[0]).toMatchObject({ measured: true, credited_s: 20, in_position_s: seen_s });
      room.feed({ type: "camera", on: false });
      room.run(120);
      return room.effects.flatMap((e) => (e.do === "ask" ? e.questions : []));
    };
    expect(asked(2)).toEqual(["effort", "shape"]);
    expect(asked(20)).toEqual(["effort"]);
  });

  it("asks for no shape where nothing was held, and remembers over a reload that something was", () => {
    const whole = script();
    whole.steps[11] = { i: 11, say: [], show: null, kind: "ask", questions: ["effort", "shape"], which: null };
    const asked = (room: Room): string[] => room.effects.flatMap((e) => (e.do === "ask" ? e.questions : []));
    const room = new Room(new Player(whole));
    room.take(room.player.start(0));
    for (let i = 0; i < 300 && room.player.view().step.kind !== "hold"; i++) room.run(0.1);
    const held = new Player(whole);
    room.feed({ type: "command", command: "stop" });
    expect(room.stored("set-done")[0]).toMatchObject({ exercise: "plank", credited_s: 0 });
    expect(asked(room)).toEqual(["effort"]);
    const again = new Room(held);
    again.take(held.start(0, { session: "s", step: 6, earned_s: 0, left_out: [], unmeasured: true }));
    again.feed({ type: "command", command: "stop" });
    expect(again.player.snapshot().unmeasured).toBe(true);
    expect(asked(again)).toEqual(["effort", "shape"]);
  });

  it("asks nothing where there is nothing to ask", () => {
    const quiet = script();
    quiet.steps[11] = { i: 11, say: [], show: null, kind: "ask", questions: [], which: null };
    const room = new Room(new Player(quiet));
    room.take(room.player.start(0));
    room.run(120);
    expect(room.effects.filter((e) => e.do === "ask")).toEqual([]);
    expect(room.effects).toContainEqual({ do: "finish", how: "finished" });
  });
});

/** The first day of a plank: a measured hold of at most 20 s, a rest, and another hold that is half of it. */
function measuring(): SessionScript {
  const half = { share: 0.5, round_s: 5, half_from_s: 15, last_five_from_s: 10 };
  const steps: Step[] = [
    ready(0, "plank", null),
    { ...hold(1, "plank", null, 20), test: true, least_s: 5, half: false, last_five: false },
    { i: 2, say: [], show: null, kind: "rest", seconds: 2 },
    ready(3, "plank", null),
    { ...hold(4, "plank", null, 5), of_test: half, load_kg: 10 },
    { i: 5, say: [], show: null, kind: "ask", questions: ["effort", "held"], which: null },
    { i: 6, say: [], show: null, kind: "end" },
  ];
  return { ...script(), steps };
}

describe("a measured hold", () => {
  const begun = (from?: Parameters<Player["start"]>[1]): Room => {
    const room = new Room(new Player(measuring()));
    room.take(room.player.start(0, from));
    return room;
  };
  const at = (step: number, room: Room): void => {
    for (let i = 0; i < 600 && room.player.view().step.i !== step; i++) room.run(0.1);
  };
  const seen = (room: Room): void => {
    room.feed({ type: "camera", on: true, model: "m" });
    for (let i = 0; i < 300 && !room.effects.some((e) => e.do === "open"); i++) room.run(0.1);
    room.run(1.2);
    room.feed({ type: "progress", progress: books(0) });
    at(1, room);
  };
  const ranOut = (room: Room) => room.effects.flatMap((e) => (e.do === "ask" ? e.ranOut : []));

  it("counts aloud by the clock, and asks for the last number when it ran to its end", () => {
    const room = begun();
    at(4, room);
    expect(room.said().filter((id) => id === "session.seconds")).toHaveLength(3 + 1);
    expect(room.stored("set-done")[0]).toMatchObject({ test: true, outcome: "done", credited_s: 20, measured: false });
    expect(room.player.view().target_s).toBe(5);
    room.run(60);
    expect(ranOut(room)).toEqual([{ exercise: "plank", side: null, target_s: 20 }]);
    expect(room.stored("set-done")[1]).toMatchObject({ test: false, target_s: 5, load_kg: 10 });
  });

  it("ends at a touch, which is its measure, and the next hold is half of it", () => {
    const room = begun();
    at(1, room);
    room.run(14);
    room.feed({ type: "command", command: "enough" });
    expect(room.stored("set-done")[0]).toMatchObject({ test: true, outcome: "stopped", target_s: 20 });
    expect(Math.floor(room.stored("set-done")[0]?.credited_s as number)).toBe(14);
    at(4, room);
    expect(room.player.view().target_s).toBe(5);
    room.run(60);
    expect(ranOut(room)).toEqual([]);
  });

  it("keeps its measure over a reload", () => {
    const room = begun({ session: "s", step: 4, earned_s: 0, left_out: [], tests: { plank: 20 } });
    at(4, room);
    expect(room.player.view()).toMatchObject({ target_s: 10 });
    expect(room.player.snapshot()).toMatchObject({ tests: { plank: 20 } });
  });

  it("ends where the form slips after one cue", () => {
    const room = begun();
    seen(room);
    room.feed({ type: "progress", progress: books(12) });
    const fault = { event: "fault-began", fault: "hips-sagging", t_s: 12 };
    room.feed({ type: "coach", event: fault });
    room.feed({ type: "coach", event: { event: "cue", t_s: 12.5, message: say("lift") } });
    expect(room.player.view().step.i).toBe(1);
    room.feed({ type: "coach", event: { event: "fault-ended", fault: "hips-sagging", t_s: 13 } });
    room.feed({ type: "coach", event: { ...fault, t_s: 16 } });
    expect(room.stored("set-done")[0]).toMatchObject({
      test: true,
      outcome: "stopped",
      credited_s: 12,
      measured: true,
    });
    expect(room.said()).toContain("session.measured");
  });

  it("ends when the person comes down, and a whole one that was seen is not asked for", () => {
    const down = begun();
    seen(down);
    down.feed({ type: "progress", progress: books(9) });
    down.feed({ type: "coach", event: { event: "left-position", t_s: 9.5, seen: true } });
    expect(down.stored("set-done")[0]).toMatchObject({ outcome: "stopped", credited_s: 9 });
    const whole = begun();
    seen(whole);
    whole.feed({ type: "progress", progress: books(20) });
    whole.feed({ type: "camera", on: false });
    at(4, whole);
    expect(whole.player.view().target_s).toBe(10);
    whole.run(60);
    expect(ranOut(whole)).toEqual([]);
  });

  it("is not taken for over while the person is out of sight, nor added up over a pause or a reload", () => {
    const unseen = begun();
    seen(unseen);
    unseen.feed({ type: "progress", progress: books(9) });
    unseen.feed({ type: "coach", event: { event: "left-position", t_s: 11, seen: false } });
    expect(unseen.stored("set-done")).toEqual([]);
    const paused = begun();
    at(1, paused);
    paused.run(12);
    paused.feed({ type: "command", command: "pause" });
    expect(paused.stored("set-done")[0]).toMatchObject({ outcome: "stopped" });
    expect(paused.player.view().mood).toBe("paused");
    const again = begun({ session: "s", step: 1, earned_s: 12, left_out: [] });
    expect(again.stored("set-done")[0]).toMatchObject({ test: true, outcome: "stopped", credited_s: 12 });
    expect(again.stored("set-done")).toHaveLength(1);
  });

  it("is asked again when it ends at once, and a second try is what it comes to", () => {
    const room = begun();
    at(1, room);
    room.run(1);
    room.feed({ type: "command", command: "enough" });
    expect(room.stored("set-done")).toEqual([]);
    expect(room.player.view()).toMatchObject({ step: { i: 0, kind: "get-ready" }, credited_s: 0 });
    expect(room.said().at(-2)).toBe("session.measured-again");
    const reloaded = begun(room.player.snapshot());
    for (const one of [room, reloaded]) {
      at(1, one);
      one.run(2);
      one.feed({ type: "command", command: "enough" });
      expect(one.stored("set-done")).toHaveLength(1);
      expect(one.stored("set-done")[0]).toMatchObject({ test: true, again: true, outcome: "stopped" });
      expect(one.stored("set-done")[0]?.credited_s).toBeLessThan(5);
    }
  });

  it("begins anew with the camera too: what the first try earned is not carried over", () => {
    const room = begun();
    seen(room);
    room.feed({ type: "progress", progress: books(2) });
    room.feed({ type: "coach", event: { event: "left-position", t_s: 2.5, seen: true } });
    expect(room.stored("set-done")).toEqual([]);
    expect(room.effects.filter((effect) => effect.do === "open")).toHaveLength(2);
    room.run(1.2);
    room.feed({ type: "progress", progress: books(0) });
    at(1, room);
    room.feed({ type: "progress", progress: books(8) });
    room.feed({ type: "coach", event: { event: "left-position", t_s: 12, seen: true } });
    expect(room.stored("set-done")[0]).toMatchObject({ credited_s: 8, measured: true, again: true });
  });

  it("measures nothing when the session is stopped in it", () => {
    const room = begun();
    at(1, room);
    room.run(8);
    room.feed({ type: "command", command: "stop" });
    expect(room.stored("set-done")[0]).toMatchObject({ test: true, outcome: "skipped" });
  });

  it("is not ended by a touch before anything is held, nor when it is another hold", () => {
    const room = begun();
    room.feed({ type: "command", command: "enough" });
    at(4, room);
    room.feed({ type: "command", command: "enough" });
    expect(room.player.view().step.i).toBe(4);
  });
});

describe("a circuit", () => {
  const circuit = (): SessionScript => {
    const rest = (i: number): Step => ({ i, say: [], show: null, kind: "rest", seconds: 20 });
    const change = (i: number, exercise: string): Step => ({
      ...{ i, say: [], show: null, kind: "change", exercise, seconds: 4, transfer: null },
    });
    const steps: Step[] = [
      hold(0, "plank", null, 5),
      change(1, "bridge"),
      hold(2, "bridge", null, 5),
      rest(3),
      change(4, "plank"),
      hold(5, "plank", null, 5),
      change(6, "bridge"),
      hold(7, "bridge", null, 5),
      { i: 8, say: [], show: null, kind: "ask", questions: [], which: null },
      { i: 9, say: [], show: null, kind: "end" },
    ];
    return { ...script(), steps };
  };

  it("rests before its next round, with one exercise left out", () => {
    const room = new Room(new Player(circuit()));
    room.take(room.player.start(0));
    room.feed({ type: "command", command: "skip" });
    room.run(11);
    expect(room.player.view().step.i).toBe(3);
    room.run(20);
    expect(room.player.view().step.i).toBe(6);
  });

  it("does not rest before a round that is left out", () => {
    const room = new Room(new Player(circuit()));
    room.take(room.player.start(0, { session: "s", step: 2, earned_s: 0, left_out: ["plank"] }));
    room.feed({ type: "command", command: "skip" });
    expect(room.effects).toContainEqual({ do: "finish", how: "finished" });
  });
});

describe("whatever happens", () => {
  it("every hold ends in exactly one fact", () => {
    const commands = ["pause", "resume", "skip", "hurts"] as const;
    for (let seed = 1; seed < 60; seed++) {
      let state = seed;
      const random = (): number => {
        state = (state * 1103515245 + 12345) % 2147483648;
        return state / 2147483648;
      };
      const room = started();
      for (let i = 0; i < 200; i++) {
        room.run(1 + random());
        const dice = random();
        if (dice < 0.06) room.feed({ type: "command", command: commands[Math.floor(random() * 4)] ?? "resume" });
        else if (dice < 0.1) room.feed({ type: "camera", on: random() < 0.5 });
        else if (dice < 0.6) room.feed({ type: "progress", progress: books(random() * 25) });
        else room.feed({ type: "command", command: "resume" });
      }
      room.feed({ type: "camera", on: false });
      room.feed({ type: "command", command: "resume" });
      room.run(150);
      const sets = room.stored("set-done");
      const leftOut = room.player.snapshot().left_out;
      const due = room.player.script.steps.filter((step) => step.kind === "hold" && !leftOut.includes(step.exercise));
      const held = sets.filter((body) => !leftOut.includes(String(body.exercise)));
      expect(held.map((body) => body.step)).toEqual(due.map((step) => step.i));
      expect(new Set(sets.map((body) => body.step)).size).toBe(sets.length);
      for (const body of sets) expect(body.credited_s).toBeLessThanOrEqual(Number(body.target_s));
      expect(room.stored("session-ended")).toHaveLength(1);
      expect(["asking", "over"]).toContain(room.player.view().mood);
    }
  });
});

/** Three repetitions: each a way down, a short hold and a way up. */
function drill(): SessionScript {
  const repetition = (number: number): Step[] => [
    { ...ready(4 * number + 1, "hinge", null), say: [say("down")] },
    { ...hold(4 * number + 2, "hinge", null, 2), hold: number + 1, holds: 3, repetition: true },
    { i: 4 * number + 3, say: [say("up")], show: null, kind: "rest", seconds: 3 },
  ];
  const steps = [...repetition(0), ...repetition(1), ...repetition(2)];
  const ask: Step = { i: 20, say: [], show: null, kind: "ask", questions: [], which: null };
  return { ...script(), steps: [...steps, ask, { i: 21, say: [], show: null, kind: "end" }] };
}

describe("a drill", () => {
  const begun = (camera = false): Room => {
    const room = new Room(new Player(drill()));
    if (camera) room.feed({ type: "camera", on: true });
    room.take(room.player.start(0));
    return room;
  };

  it("is paced by the clock: three seconds down, two there, three up", () => {
    const room = begun();
    room.run(3 * (3 + 2 + 3) + 2);
    expect(room.said().filter((id) => ["down", "up"].includes(id))).toEqual(["down", "up", "down", "up", "down", "up"]);
    const done = room.stored("set-done");
    expect(done.map((body) => [body.hold, body.credited_s, body.outcome, body.measured])).toEqual([
      [1, 2, "done", false],
      [2, 2, "done", false],
      [3, 2, "done", false],
    ]);
    expect(room.player.view().mood).toBe("over");
  });

  it("waits at each way down until the camera sees the bottom, and asks to stand up first", () => {
    const room = begun(true);
    room.run(9, () => room.feed({ type: "progress", progress: books(0, "not-in-position") }));
    expect(room.player.view().step.kind).toBe("get-ready");
    room.feed({ type: "coach", event: { event: "placement-asked", t_s: 9, message: say("stand-up") } });
    expect(room.said()).toContain("stand-up");
    room.run(0.3, () => room.feed({ type: "progress", progress: books(0, "fault") }));
    expect(room.player.view().step.kind).toBe("hold");
    room.run(0.2, () => room.feed({ type: "progress", progress: books(2) }));
    expect(room.stored("set-done")[0]).toMatchObject({ outcome: "done", credited_s: 2, measured: true });
    expect(room.player.view().step.kind).toBe("rest");
  });

  it("goes on to the next one after a fault that stays, and says so in its own words", () => {
    const room = begun(true);
    room.run(1.5, () => room.feed({ type: "progress", progress: books(0, "fault") }));
    const fault = { event: "fault-began", t_s: 3, fault: "knees-bent" };
    room.feed({ type: "coach", event: fault });
    room.feed({ type: "coach", event: { event: "cue", t_s: 3, fault: "knees-bent", message: say("lift") } });
    room.feed({ type: "coach", event: { ...fault, t_s: 8 } });
    expect(room.said()).toContain("session.enough-for-this-one");
    expect(room.said()).not.toContain("session.enough-for-this-set");
    expect(room.stored("set-done")[0]).toMatchObject({ outcome: "stopped", credited_s: 0 });
    room.run(4);
    expect(room.player.view().step).toMatchObject({ kind: "get-ready", i: 5 });
  });
});
