import { describe, expect, it } from "vitest";
import { CENTRED, framing } from "./framing";

/** Somebody whose points lie between these heights in the picture. */
function person(top: number, bottom: number): Float32Array {
  const landmarks = new Float32Array(33 * 4);
  for (let point = 0; point < 33; point++) landmarks.set([0.5, top + ((bottom - top) * point) / 32, 0, 1], point * 4);
  return landmarks;
}

describe("what the window shows of the picture", () => {
  it("is the middle while nobody is seen, and where nothing is cut off", () => {
    expect(framing(null, 4 / 3, 2)).toBe(CENTRED);
    expect(framing(person(0.4, 0.6), 2, 2)).toBe(CENTRED);
  });

  it("puts somebody in the middle of the picture low in the window", () => {
    // 1.5 windows high: the lowest point, at 0.9 windows from the top, needs no cut above.
    expect(framing(person(0.4, 0.6), 4 / 3, 2)).toBeCloseTo(0);
  });

  it("keeps the feet of somebody low in the picture in sight", () => {
    const share = framing(person(0.6, 0.95), 4 / 3, 2);
    const cut = share * 0.5;
    expect(0.95 * 1.5 - cut).toBeLessThanOrEqual(1);
    expect(share).toBeGreaterThan(0.9);
  });

  it("takes no notice of points that are guessed", () => {
    const landmarks = person(0.4, 0.6);
    landmarks.set([0.5, 0.99, 0, 0.1], 32 * 4);
    expect(framing(landmarks, 4 / 3, 2)).toBeLessThan(0.1);
  });
});
