/** What of a figure is shown, and where it stands. */
import { describe, expect, it } from "vitest";
import { frameOf, isBust, type RungAsset } from "./asset";
import type { Point } from "./draw";

/** Somebody upright: head at 0.2, hips at 0.9, feet a little above the floor. */
function standing(given: Partial<RungAsset>): RungAsset {
  const heights: Record<number, number> = { 0: 0.2, 11: 0.4, 12: 0.4, 23: 0.9, 24: 0.9, 27: 1.6, 28: 1.6 };
  const pose = Array.from({ length: 33 }, (_, joint): Point => [0.8 + 0.01 * (joint % 2), heights[joint] ?? 0.5]);
  return {
    aspect: 1.78,
    fps: 15,
    duration_s: 10,
    hold_from_s: 4,
    back_from_s: 6,
    near: null,
    into: [pose],
    start: pose,
    hold: pose,
    unit: 1,
    body_line: [],
    floor_y: 1.65,
    props: [],
    ...given,
  };
}

const low = (box: { y: number; height: number }): number => box.y + box.height;

describe("what is shown of a figure", () => {
  it("is all of it where a leg's joint is judged", () => {
    const asset = standing({ body_line: [11, 23] });
    expect(isBust(asset)).toBe(false);
    expect(low(frameOf(asset, false))).toBeCloseTo(1.65);
  });

  it("ends at the waist where no leg takes part and the feet lie outside the picture", () => {
    const asset = standing({ body_line: [0, 11] });
    expect(isBust(asset)).toBe(true);
    expect(low(frameOf(asset, false))).toBeGreaterThan(0.5);
    expect(low(frameOf(asset, false))).toBeLessThan(0.9);
  });

  it("is all of it where the feet lie in the picture", () => {
    expect(isBust(standing({ body_line: [0, 11], floor_y: 0.86 }))).toBe(false);
  });

  it("has the chair in it, but not the end of the mat", () => {
    const chair = {
      id: "chair",
      line: [
        [0.3, 1.65],
        [0.3, 1.1],
      ] as Point[],
      along: [],
    };
    const mat = {
      id: "mat",
      line: [
        [-1, 1.65],
        [3, 1.65],
      ] as Point[],
      along: [],
    };
    const box = frameOf(standing({ body_line: [11, 23], props: [chair, mat] }), false);
    expect(box.x).toBeCloseTo(0.3 - 0.09);
    expect(box.x + box.width).toBeCloseTo(0.81 + 0.09);
  });

  it("has more air at its sides in a large window, and stands on the same floor", () => {
    const asset = standing({ body_line: [11, 23] });
    expect(frameOf(asset, true).width).toBeGreaterThan(frameOf(asset, false).width);
    expect(low(frameOf(asset, true))).toBe(low(frameOf(asset, false)));
  });
});
