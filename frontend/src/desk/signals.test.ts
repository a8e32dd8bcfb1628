import { describe, expect, it } from "vitest";
import { signals } from "./signals";

describe("what a page can tell", () => {
  it("is only whether it fills the screen itself; all else is unknown and never no", () => {
    const unknown = { call: "unknown", focus: "unknown", locked: "unknown" };
    expect(signals({ fullscreenElement: null })).toEqual({ ...unknown, full_screen: "unknown" });
    expect(signals({ fullscreenElement: {} as Element })).toEqual({ ...unknown, full_screen: "yes" });
  });
});
