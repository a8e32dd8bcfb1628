import { describe, expect, it } from "vitest";
import { lineMood, unjudged } from "./looks";
import type { Step } from "./script";

const hold = (judged: boolean) => ({ kind: "hold", judged }) as Step;

describe("the judged line", () => {
  it("has the colour of what counts only where a camera measures it", () => {
    expect(lineMood({ mood: "counting", measured: true })).toBe("counting");
    expect(lineMood({ mood: "counting", measured: false })).toBe("other");
    expect(lineMood({ mood: "waiting", measured: true })).toBe("waiting");
    for (const mood of ["ready", "paused", "unseen", "resting"] as const) {
      expect(lineMood({ mood, measured: true })).toBe("other");
    }
  });

  it("is said to be judged by nobody for as long as that is so", () => {
    expect(unjudged({ step: hold(true), mood: "counting", measured: false }, true)).toBe(true);
    expect(unjudged({ step: hold(true), mood: "counting", measured: true }, true)).toBe(false);
    expect(unjudged({ step: hold(true), mood: "counting", measured: false }, false)).toBe(false);
    expect(unjudged({ step: hold(false), mood: "counting", measured: false }, true)).toBe(false);
    expect(unjudged({ step: hold(true), mood: "paused", measured: false }, true)).toBe(false);
    expect(unjudged({ step: { kind: "rest" } as Step, mood: "resting", measured: false }, true)).toBe(false);
  });
});
