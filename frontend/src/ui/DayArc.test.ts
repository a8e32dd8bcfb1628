import { describe, expect, it } from "vitest";
import type { DayStep, Item } from "../api/types";
import { arcs, pieces } from "./DayArc";

const item = (exercise: string, state: Item["state"], hold_s = 30): Item => ({
  exercise,
  rung: "r",
  side_order: ["left", "right"],
  sets: 1,
  hold_s,
  test: "none",
  test_s: 0,
  load_kg: 0,
  repetitions: 1,
  goal: null,
  state,
  done_at: null,
  not_before: null,
  not_after: null,
  reasons: [],
  held: null,
  proposal: null,
});
const step = (state: DayStep["state"], items: Item[], minutes = 5): DayStep => ({
  step: "hips",
  state,
  message: null,
  minutes,
  items,
});

const ends = (d: string): number[] => (d.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

describe("the day's pieces", () => {
  it("share a step's minutes among its exercises", () => {
    const all = pieces([step("due", [item("a", "due"), item("b", "done"), item("c", "due")], 6)]);
    expect(all.map((piece) => piece.done)).toEqual([false, true, false]);
    expect(all.reduce((sum, piece) => sum + piece.minutes, 0)).toBeCloseTo(6);
  });

  it("leave out what does not belong to this day", () => {
    expect(pieces([step("not-today", [item("a", "later")]), step("closed", [item("b", "closed")])])).toEqual([]);
    expect(pieces([step("due", [item("a", "due"), item("b", "closed")])])).toHaveLength(1);
  });

  it("have the drill on its days alone", () => {
    const move = (state: Item["state"]): DayStep => ({ ...step("due", [item("hip-hinge", state)]), step: "move" });
    expect(pieces([move("later")])).toEqual([]);
    expect(pieces([move("due")])).toHaveLength(1);
  });

  it("are all done in a step that is", () => {
    expect(pieces([step("done", [item("a", "done"), item("b", "done")], 0)]).every((piece) => piece.done)).toBe(true);
  });
});

describe("arcs", () => {
  it("run from the left horizon to the right one, in order, above it", () => {
    const drawn = arcs([
      { minutes: 1, done: true },
      { minutes: 5, done: false },
      { minutes: 2, done: false },
    ]).map((arc) => ends(arc.d));
    expect(drawn[0]?.[0]).toBeLessThan(-99);
    expect(drawn.at(-1)?.at(-2)).toBeGreaterThan(99);
    const xs = drawn.flatMap((all) => [all[0] ?? 0, all.at(-2) ?? 0]);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(drawn.every((all) => (all[1] ?? 1) <= 0 && (all.at(-1) ?? 1) <= 0)).toBe(true);
  });

  it("are as long as their minutes", () => {
    const [short, long] = arcs([
      { minutes: 1, done: false },
      { minutes: 3, done: false },
    ]).map((arc) => {
      const [x0 = 0, y0 = 0, , , , , , x1 = 0, y1 = 0] = ends(arc.d);
      return Math.atan2(-y0, x0) - Math.atan2(-y1, x1);
    });
    expect((long ?? 0) / (short ?? 1)).toBeCloseTo(3, 2);
  });
});
