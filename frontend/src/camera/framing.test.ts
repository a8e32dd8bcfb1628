import { describe, expect, it } from "vitest";
import { CENTRED, framing } from "./framing";

/** Somebody whose points lie between these heights in the picture. */
function person(top: number, bottom: number): Float32Array {
  const landmarks = new Float32Array(33 * 4);
  for (let point = 0; point < 33; point++) landmarks.set([0.5, top + ((bottom - top) * point) / 32, 0, 1], point * 4);
  return landmarks;
}

/** Where a picture lies that fills its window in a hold. */
function filled(landmarks: Float32Array | null, aspect: number, windowAspect: number): number {
  const { whole, shows } = framing(landmarks, aspect, windowAspect, false);
  expect(whole).toBe(false);
  return shows;
}

describe("what the window shows of the picture", () => {
  it("is the middle while nobody is seen, and where nothing is cut off", () => {
    expect(filled(null, 4 / 3, 2)).toBe(CENTRED);
    expect(filled(person(0.4, 0.6), 2, 2)).toBe(CENTRED);
  });

  it("puts somebody in the middle of the picture low in the window", () => {
    // 1.5 windows high: the lowest point, at 0.9 windows from the top, needs no cut above.
    expect(filled(person(0.4, 0.6), 4 / 3, 2)).toBeCloseTo(0);
  });

  it("keeps the feet of somebody low in the picture in sight", () => {
    const share = filled(person(0.6, 0.95), 4 / 3, 2);
    const cut = share * 0.5;
    expect(0.95 * 1.5 - cut).toBeLessThanOrEqual(1);
    expect(share).toBeGreaterThan(0.9);
  });

  it("takes no notice of points that are guessed", () => {
    const landmarks = person(0.4, 0.6);
    landmarks.set([0.5, 0.99, 0, 0.1], 32 * 4);
    expect(filled(landmarks, 4 / 3, 2)).toBeLessThan(0.1);
  });

  it("is the whole picture while somebody finds their place, in a window of any shape", () => {
    for (const windowAspect of [0.5, 1, 4 / 3, 2, 3]) {
      expect(framing(person(0.4, 0.6), 16 / 9, windowAspect, true)).toEqual({ whole: true, shows: CENTRED });
    }
  });

  it("cuts off no head and no feet in a window that is narrower than the picture", () => {
    expect(framing(person(0.4, 0.6), 16 / 9, 308 / 467, false)).toEqual({ whole: true, shows: 1 });
    expect(framing(person(0.1, 0.9), 9 / 16, 308 / 467, false).whole).toBe(false);
  });
});
