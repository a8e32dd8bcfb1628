import { describe, expect, it, vi } from "vitest";
import type { DeskPicture } from "../../api/types";

vi.stubGlobal("location", { pathname: "/", search: "" });
const { inWeeks, shadeOf } = await import("./DeskWeeks");

const day = (on: string, part: Partial<DeskPicture> = {}): DeskPicture => ({
  on,
  watched_s: 0,
  judged_s: 0,
  shares: null,
  percents: null,
  longest_still_s: 0,
  changes: 0,
  breaks: 0,
  nudges: 0,
  ...part,
});

describe("the weeks at the desk", () => {
  it("are none without anything", () => {
    expect(inWeeks([day("2026-03-02"), day("2026-03-03")])).toEqual([]);
  });

  it("run from Monday to Sunday, from the first day with anything", () => {
    const seen = { watched_s: 60 };
    const days = ["2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09"].map((on) => day(on, seen));
    const weeks = inWeeks([day("2026-03-04"), ...days]);
    expect(weeks.map((week) => week.map((one) => one?.on.slice(-2) ?? "-").join(" "))).toEqual([
      "- - - 05 06 07 08",
      "09 - - - - - -",
    ]);
  });

  it("are stronger for more changes of position, and empty for a day without a look or a break", () => {
    const from = [1, 5, 10, 20];
    expect(shadeOf(day("2026-03-02", { changes: 9 }), from)).toBe(0);
    const shades = [0, 1, 5, 10, 20, 90].map((changes) => shadeOf(day("2026-03-02", { breaks: 1, changes }), from));
    expect(shades).toEqual([1, 2, 3, 4, 5, 5]);
  });
});
