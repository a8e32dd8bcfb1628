/** What of a figure is shown, and where it stands. */
import { describe, expect, it } from "vitest";
import { forSide, frameOf, isLoop, type RungAsset, type StillAsset } from "./asset";
import type { Point } from "./draw";

const HOLD = Array.from({ length: 33 }, (_, joint): Point => [0.8 + 0.01 * (joint % 2), 0.5]);

const STILL: StillAsset = {
  aspect: 1.78,
  near: "left",
  hold: HOLD,
  unit: 1,
  body_line: [11, 23],
  floor_y: 0.86,
  window: { bust: false, ground_y: 0.86, left: 0.3, right: 0.81, top: 0.2 },
  props: [],
};

const LOOP: RungAsset = {
  ...STILL,
  fps: 15,
  duration_s: 10,
  hold_from_s: 4,
  back_from_s: 6,
  into: [HOLD, HOLD],
  start: HOLD,
};

describe("what is shown of a figure", () => {
  it("ends where the figure stands, with a little room around the rest of it", () => {
    const box = frameOf(STILL, false);
    expect(box.y + box.height).toBeCloseTo(0.86);
    expect(box.x).toBeCloseTo(0.3 - 0.09);
    expect(box.x + box.width).toBeCloseTo(0.81 + 0.09);
    expect(box.y).toBeCloseTo(0.2 - 0.09);
  });

  it("has more air at its sides in a large window, and stands on the same floor", () => {
    const [small, large] = [frameOf(STILL, false), frameOf(STILL, true)];
    expect(large.width).toBeGreaterThan(small.width);
    expect(large.y + large.height).toBe(small.y + small.height);
  });
});

describe("the other side", () => {
  it("is the mirror image, window and all", () => {
    const right = forSide(STILL, "right");
    expect(right.near).toBe("right");
    expect(right.window.left).toBeCloseTo(1.78 - 0.81);
    expect(right.window.right).toBeCloseTo(1.78 - 0.3);
    expect(right.hold[11]?.[0]).toBeCloseTo(1.78 - 0.8);
    expect(right.body_line).toEqual([12, 24]);
    expect(forSide(right, "right").window.left).toBeCloseTo(STILL.window.left);
  });

  it("moves as the first one does, and a still stays one", () => {
    expect(isLoop(forSide(LOOP, "right"))).toBe(true);
    expect(isLoop(forSide(STILL, "right"))).toBe(false);
    expect(forSide(STILL, "left")).toBe(STILL);
  });
});
