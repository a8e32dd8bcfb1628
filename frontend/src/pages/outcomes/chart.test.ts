import { describe, expect, it } from "vitest";
import type { Instrument } from "../../api/types";
import { HEIGHT, plot, shown, WIDTH } from "./chart";

const instrument = (changes: Partial<Instrument>): Instrument => ({
  id: "nprs",
  kind: "rating",
  lowest: 0,
  highest: 10,
  better: "lower",
  activities: 0,
  published: null,
  limits: null,
  due: null,
  series: [],
  says: [],
  ...changes,
});
const at = (on: string, score: number) => ({ on, score, parts: [], change: null });
const SERIES = [at("2026-03-02", 6), at("2026-03-09", 5), at("2026-03-30", 2)];

describe("a chart of scores", () => {
  it("goes from left to right as the days do, and higher scores lie higher", () => {
    const { points } = plot(instrument({ series: SERIES }));
    const [first, second, third] = points as [(typeof points)[0], (typeof points)[0], (typeof points)[0]];
    expect(third.x - second.x).toBeCloseTo(3 * (second.x - first.x));
    expect(first.y).toBeLessThan(second.y);
    expect(second.y).toBeLessThan(third.y);
    for (const point of points) {
      expect(point.x).toBeGreaterThan(0);
      expect(point.x).toBeLessThan(WIDTH);
      expect(point.y).toBeGreaterThan(0);
      expect(point.y).toBeLessThan(HEIGHT);
    }
  });

  it("shows better at the bottom where less is better, and at the top where more is", () => {
    const less = plot(instrument({ series: SERIES, limits: { first: 6, better_at: 4, worse_at: 8 } }));
    expect(less.better && less.worse && less.better.y > less.worse.y).toBe(true);
    const more = plot(
      instrument({ better: "higher", series: SERIES, limits: { first: 6, better_at: 8, worse_at: 4 } }),
    );
    expect(more.better && more.worse && more.better.y < more.worse.y).toBe(true);
  });

  it("leaves a strip out that the scale has no room for", () => {
    const end = plot(instrument({ series: SERIES.slice(0, 1), limits: { first: 1, better_at: null, worse_at: 3 } }));
    expect(end.better).toBeNull();
    expect(end.worse).not.toBeNull();
  });

  it("has a place for a single answer, and for two of one day", () => {
    for (const series of [SERIES.slice(0, 1), [at("2026-03-02", 6), at("2026-03-02", 5)]]) {
      for (const point of plot(instrument({ series })).points) expect(Number.isFinite(point.x + point.y)).toBe(true);
    }
  });

  it("says means to a tenth", () => {
    expect([4.333333, 4, 0].map(shown)).toEqual([4.3, 4, 0]);
  });
});
