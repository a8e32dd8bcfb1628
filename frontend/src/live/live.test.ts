import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CoachEvent, HoldStep } from "../session/script";
import { encode, FRAME_BYTES, nobody } from "./frames";
import { LiveLine, type Wire } from "./live";

class FakeWire implements Wire {
  binaryType = "";
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly hellos: Record<string, unknown>[] = [];
  readonly seqs: number[] = [];

  send(data: string | ArrayBuffer): void {
    if (typeof data === "string") {
      this.hellos.push(JSON.parse(data));
      return;
    }
    const view = new DataView(data);
    for (let at = 0; at < data.byteLength; at += FRAME_BYTES) this.seqs.push(view.getUint32(at, true));
  }

  close(): void {
    this.readyState = 3;
  }

  opened(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  up(next_seq: number): void {
    this.readyState = 1;
    this.onopen?.();
    this.tell({ type: "welcome", next_seq });
  }

  drop(): void {
    this.readyState = 3;
    this.onclose?.();
  }

  tell(message: Record<string, unknown>): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const step = { i: 3, exercise: "plank", rung: "forearm", side: null, target_s: 60 } as unknown as HoldStep;

describe("the line to the coach", () => {
  const wires: FakeWire[] = [];
  const ups: boolean[] = [];
  const events: CoachEvent[] = [];
  const coaches: string[] = [];
  const booked: unknown[] = [];
  let line: LiveLine;

  beforeEach(() => {
    vi.useFakeTimers();
    wires.length = 0;
    ups.length = 0;
    events.length = 0;
    coaches.length = 0;
    booked.length = 0;
    line = new LiveLine(
      () => {
        const wire = new FakeWire();
        wires.push(wire);
        return wire;
      },
      {
        progress: (progress) => booked.push(progress),
        event: (event) => events.push(event),
        coach: (version) => coaches.push(version),
        line: (up) => ups.push(up),
      },
    );
  });

  afterEach(() => {
    line.close();
    vi.useRealTimers();
  });

  const see = (from: number, to: number, aspect = 16 / 9): void => {
    for (let n = from; n < to; n++) line.frame(n / 15, aspect, nobody());
  };

  it("sends nothing before it is welcome, then everything in order", () => {
    line.open("s", step, 16 / 9);
    see(0, 5);
    vi.advanceTimersByTime(500);
    expect(wires[0]?.seqs).toEqual([]);
    wires[0]?.up(0);
    expect(wires[0]?.seqs).toEqual([0, 1, 2, 3, 4]);
  });

  it("after a drop sends again what the server lost, and only that", () => {
    line.open("s", step, 16 / 9);
    wires[0]?.up(0);
    see(0, 10);
    vi.advanceTimersByTime(200);
    wires[0]?.drop();
    see(10, 14);
    vi.advanceTimersByTime(300);
    wires[1]?.up(7);
    expect(wires[1]?.seqs).toEqual([7, 8, 9, 10, 11, 12, 13]);
    expect(ups).toEqual([false]);
    wires[1]?.tell({ type: "ack", progress: {} });
    expect(ups).toEqual([false, true]);
  });

  it("is not up, and asks ever more seldom, where a server takes calls and does not answer", () => {
    line.open("s", step, 16 / 9);
    see(0, 3);
    for (let ms = 0; ms < 20_000; ms += 50) {
      const last = wires.at(-1);
      if (last?.readyState === 0) {
        last.opened();
        last.drop();
      }
      vi.advanceTimersByTime(50);
    }
    expect(ups).toEqual([false]);
    expect(wires.length).toBeLessThan(10);
  });

  it("is down when the server cannot use what it was told, and tries again", () => {
    line.open("s", step, 16 / 9);
    wires[0]?.up(0);
    see(0, 3);
    vi.advanceTimersByTime(100);
    wires[0]?.tell({ type: "problem", detail: "no" });
    expect(ups).toEqual([false]);
    expect(wires[0]?.readyState).toBe(3);
    vi.advanceTimersByTime(5_000);
    expect(wires).toHaveLength(2);
    wires[1]?.up(3);
    expect(ups).toEqual([false, true]);
  });

  it("is up between holds as soon as a server takes the call", () => {
    line.open("s", step, 16 / 9);
    wires[0]?.up(0);
    line.finish();
    wires[0]?.drop();
    vi.advanceTimersByTime(500);
    expect(ups).toEqual([false]);
    wires[1]?.opened();
    expect(ups).toEqual([false, true]);
  });

  it("sends the whole hold to a server that forgot it", () => {
    line.open("s", step, 16 / 9);
    wires[0]?.up(0);
    see(0, 200);
    vi.advanceTimersByTime(200);
    wires[0]?.drop();
    vi.advanceTimersByTime(300);
    wires[1]?.up(0);
    expect(wires[1]?.seqs).toHaveLength(200);
  });

  it("hears once what a coach that was told again tells again", () => {
    const cue = { type: "event", event: "cue", fault: "hips-sagging", t_s: 7.25 };
    line.open("s", step, 16 / 9);
    wires[0]?.up(0);
    see(0, 200);
    vi.advanceTimersByTime(200);
    wires[0]?.tell(cue);
    wires[0]?.drop();
    vi.advanceTimersByTime(300);
    wires[1]?.up(0);
    wires[1]?.tell(cue);
    wires[1]?.tell({ ...cue, t_s: 12.5 });
    expect(events.map((event) => event.t_s)).toEqual([7.25, 12.5]);
  });

  it("hears a fault again in the next hold", () => {
    const cue = { type: "event", event: "cue", fault: "hips-sagging", t_s: 7.25 };
    for (const hold of [step, { ...step, i: 5 }]) {
      line.open("s", hold, 16 / 9);
      wires[0]?.up(0);
      wires[0]?.tell(cue);
    }
    expect(events).toHaveLength(2);
  });

  it("passes on which coach it is", () => {
    line.open("s", step, 16 / 9);
    wires[0]?.tell({ type: "welcome", next_seq: 0, coach: "0.1.0" });
    expect(coaches).toEqual(["0.1.0"]);
  });

  it("goes on from the server's count after a reload", () => {
    line.open("s", step, 16 / 9);
    wires[0]?.up(120);
    see(0, 3);
    vi.advanceTimersByTime(200);
    expect(wires[0]?.seqs).toEqual([120, 121, 122]);
  });

  const raised = { type: "event", event: "hand-raised", t_s: 1 };

  it("watches for a hand where nothing is held, and keeps none of it", () => {
    line.watch("s", { exercise: null, rung: null }, 16 / 9);
    wires[0]?.up(0);
    expect(wires[0]?.hellos).toEqual([
      ...[
        { type: "hello", session: "s", epoch: 0, aspect: 16 / 9, exercise: null, rung: null, watch: true, side: null },
      ],
    ]);
    see(0, 5);
    vi.advanceTimersByTime(200);
    wires[0]?.drop();
    see(5, 8);
    vi.advanceTimersByTime(300);
    wires[1]?.up(0);
    expect(wires[1]?.seqs).toEqual([5, 6, 7]);
    wires[1]?.tell(raised);
    expect(events.map((event) => event.event)).toEqual(["hand-raised"]);
  });

  it("sets a hold aside while it is paused, and goes on where it was", () => {
    line.open("s", step, 16 / 9);
    wires[0]?.up(0);
    see(0, 6);
    line.watch("s", { exercise: "plank", rung: "forearm" }, 16 / 9);
    line.watch("s", { exercise: "plank", rung: "forearm" }, 16 / 9);
    expect(wires[0]?.hellos).toHaveLength(2);
    wires[0]?.tell({ type: "ack", progress: { credited_s: 1 } });
    wires[0]?.tell({ type: "event", event: "cue", fault: "hips-sagging", t_s: 1 });
    wires[0]?.tell({ type: "welcome", next_seq: 0, progress: null });
    see(0, 3);
    vi.advanceTimersByTime(100);
    wires[0]?.tell(raised);
    wires[0]?.tell({ type: "event", event: "hand-kept", t_s: 5 });
    line.goOn();
    expect(wires[0]?.hellos.at(-1)).toMatchObject({ step: 3, exercise: "plank" });
    wires[0]?.tell({ type: "welcome", next_seq: 6 });
    see(6, 8);
    vi.advanceTimersByTime(100);
    expect(wires[0]?.seqs).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 6, 7]);
    expect(events.map((event) => event.event)).toEqual(["hand-raised", "hand-kept"]);
    expect(booked).toEqual([]);
  });

  it("lets a hold that was set aside be when it is over", () => {
    line.open("s", step, 16 / 9);
    wires[0]?.up(0);
    line.watch("s", { exercise: "plank", rung: "forearm" }, 16 / 9);
    line.finish();
    line.goOn();
    expect(wires[0]?.hellos).toHaveLength(2);
  });

  it("announces a turned device before its frames", () => {
    line.open("s", step, 16 / 9);
    wires[0]?.up(0);
    see(0, 2);
    see(2, 4, 9 / 16);
    expect(wires[0]?.seqs).toEqual([0, 1]);
    expect(wires[0]?.hellos.at(-1)).toMatchObject({ epoch: 1, aspect: 9 / 16 });
    wires[0]?.tell({ type: "welcome", next_seq: 2 });
    expect(wires[0]?.seqs).toEqual([0, 1, 2, 3]);
  });
});

describe("a frame as bytes", () => {
  it("is 540 bytes, little endian, NaN where nothing was seen", () => {
    const landmarks = nobody();
    landmarks[0] = 0.25;
    const view = new DataView(encode(7, 1.5, landmarks));
    expect(view.byteLength).toBe(540);
    expect(view.getUint32(0, true)).toBe(7);
    expect(view.getFloat64(4, true)).toBe(1.5);
    expect(view.getFloat32(12, true)).toBe(0.25);
    expect(view.getFloat32(16, true)).toBeNaN();
  });
});
