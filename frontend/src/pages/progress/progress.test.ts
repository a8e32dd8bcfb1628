import { beforeAll, describe, expect, it } from "vitest";
import type { HistoryDay, HistorySet } from "../../api/types";
import { words } from "../../words/words";
import { courseOf, partsOf } from "./holds";
import { summaries } from "./summary";
import { sinceFirst, weeksOf } from "./weekdays";

const day = (on: string, sets: HistorySet[] = []): HistoryDay => ({
  on,
  rest: sets.length === 0,
  missed: false,
  kept: sets.length > 0,
  sets,
  pain: [],
  effort: [],
});
const set = (side: HistorySet["side"], credited_s: number, outcome: HistorySet["outcome"] = "done"): HistorySet => ({
  exercise: "side-plank",
  side,
  rung: "forearm",
  told: false,
  target_s: 5,
  credited_s,
  measured: false,
  outcome,
  repetition: false,
  at: "2026-11-24T07:40:00+01:00",
});

describe("weeks", () => {
  it("begin on Monday and are whole", () => {
    const weeks = weeksOf([day("2026-11-25"), day("2026-11-26"), day("2026-11-30")]);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeks[0]?.findIndex((one) => one?.on === "2026-11-25")).toBe(2);
  });

  it("begin with the first day that has anything in it", () => {
    const days = [day("2026-11-22"), day("2026-11-23", [set(null, 5)]), day("2026-11-24")];
    expect(sinceFirst(days).map((one) => one.on)).toEqual(["2026-11-23", "2026-11-24"]);
    expect(sinceFirst([day("2026-11-22")])).toEqual([]);
  });
});

describe("a day's sets in words", () => {
  beforeAll(() => {
    words.value = {
      languages: ["en"],
      language: "en",
      decimal: ".",
      written: {
        "ui.held.left": "{seconds} s left",
        "ui.held.right": "{seconds} s right",
        "ui.held.both": "{seconds} s",
        "ui.held.times.one": "once",
        "ui.held.times.other": "{count} times",
        "ui.progress.skipped": "left out",
        "ui.progress.known": "{held}, {by}",
        "ui.progress.by.seen": "seen by the camera",
        "ui.progress.by.told": "as you said",
        "ui.progress.hurt": "{held}, then it hurt",
      },
      spoken: {},
    };
  });

  it("say the longest hold of each side, in whole seconds that were reached", () => {
    expect(summaries([set("left", 4.9), set("right", 5), set("left", 3)])).toEqual([
      { exercise: "side-plank", words: "4 s left, 5 s right" },
    ]);
  });

  it("count a drill's repetitions that were done", () => {
    const one = (outcome: HistorySet["outcome"]): HistorySet => ({
      ...set(null, 2, outcome),
      exercise: "hip-hinge",
      repetition: true,
    });
    expect(summaries([one("done"), one("stopped"), one("done"), one("skipped")])).toEqual([
      { exercise: "hip-hinge", words: "2 times" },
    ]);
  });

  it("say when it ended because it hurt", () => {
    expect(summaries([set(null, 5), set(null, 1, "hurt")])[0]?.words).toBe("5 s, then it hurt");
  });

  it("say who knows how long it was, once for both sides where it is the same for both", () => {
    const told = (side: HistorySet["side"], credited_s: number): HistorySet => ({
      ...set(side, credited_s),
      told: true,
    });
    const seen = (side: HistorySet["side"], credited_s: number) => ({ ...set(side, credited_s), measured: true });
    expect(summaries([told(null, 30), set(null, 5)])[0]?.words).toBe("30 s, as you said");
    expect(summaries([seen("left", 20), seen("right", 25)])[0]?.words).toBe(
      "20 s left, 25 s right, seen by the camera",
    );
    expect(summaries([told("left", 20), seen("right", 25)])[0]?.words).toBe(
      "20 s left, as you said; 25 s right, seen by the camera",
    );
  });

  it("say when it was left out", () => {
    expect(summaries([set("left", 0, "skipped")])[0]?.words).toBe("left out");
  });
});

describe("the course of a hold", () => {
  const plank = (credited_s: number, more: Partial<HistorySet> = {}): HistorySet => ({
    ...set(null, credited_s),
    exercise: "plank",
    ...more,
  });

  it("has the longest of each day and side, and says who knows of it", () => {
    const days = [
      day("2026-11-22"),
      day("2026-11-23", [plank(20), plank(25, { measured: true }), plank(22)]),
      day("2026-11-24", [set("left", 9), plank(0, { outcome: "hurt" })]),
      day("2026-11-25", [plank(30), set("left", 10), set("right", 12)]),
      day("2026-11-26"),
    ];
    expect(courseOf(days, "plank")).toEqual({
      from: "2026-11-23",
      to: "2026-11-26",
      span: 3,
      sides: {
        both: [
          { day: 0, seconds: 25, known: "seen", rung: "forearm" },
          { day: 2, seconds: 30, known: "clock", rung: "forearm" },
        ],
      },
      changes: [],
    });
    expect(courseOf(days, "side-plank")?.sides).toEqual({
      left: [
        { day: 0, seconds: 9, known: "clock", rung: "forearm" },
        { day: 1, seconds: 10, known: "clock", rung: "forearm" },
      ],
      right: [{ day: 1, seconds: 12, known: "clock", rung: "forearm" }],
    });
  });

  it("prefers what was seen where two are as long", () => {
    const days = [day("2026-11-23", [plank(20), plank(20, { measured: true })]), day("2026-11-25", [plank(20)])];
    expect(courseOf(days, "plank")?.sides.both?.map(({ known }) => known)).toEqual(["seen", "clock"]);
  });

  it("tells what the person told from what went by the clock", () => {
    const days = [day("2026-11-23", [plank(30, { told: true }), plank(5)]), day("2026-11-25", [plank(20)])];
    expect(courseOf(days, "plank")?.sides.both?.map(({ known }) => known)).toEqual(["told", "clock"]);
  });

  it("is parted where another form begins, once for both sides", () => {
    const easy = (side: HistorySet["side"], credited_s: number) => ({ ...set(side, credited_s), rung: "short-lever" });
    const full = (side: HistorySet["side"], credited_s: number) => ({ ...set(side, credited_s), rung: "long-legs" });
    const days = [
      day("2026-11-21", [easy("left", 40), easy("right", 42)]),
      day("2026-11-23", [easy("left", 45), easy("right", 45)]),
      day("2026-11-25", [full("left", 15), full("right", 15)]),
      day("2026-11-27", [full("left", 20)]),
    ];
    const course = courseOf(days, "side-plank");
    expect(course?.changes).toEqual([{ day: 2, on: "2026-11-25", rung: "long-legs" }]);
    expect(partsOf(course?.sides.left ?? []).map((part) => part.map(({ seconds }) => seconds))).toEqual([
      [40, 45],
      [15, 20],
    ]);
  });

  it("has no other form where the two sides are held in forms of their own, day after day", () => {
    const mixed = (on: string, left: string) =>
      day(on, [
        { ...set("left", 20), rung: left },
        { ...set("right", 20), rung: "short-lever" },
      ]);
    const same = [mixed("2026-11-21", "long-legs"), mixed("2026-11-23", "long-legs")];
    expect(courseOf(same, "side-plank")?.changes).toEqual([]);
    const changed = [mixed("2026-11-21", "short-lever"), mixed("2026-11-23", "long-legs")];
    expect(courseOf(changed, "side-plank")?.changes).toEqual([{ day: 1, on: "2026-11-23", rung: "long-legs" }]);
  });

  it("is none before the second day, and none of repetitions or of what was left out", () => {
    const once = [day("2026-11-23", [plank(20)]), day("2026-11-25", [plank(20, { outcome: "skipped" })])];
    expect(courseOf(once, "plank")).toBeNull();
    const drill = ["2026-11-23", "2026-11-25"].map((on) => day(on, [plank(2, { repetition: true })]));
    expect(courseOf(drill, "plank")).toBeNull();
    expect(courseOf([], "plank")).toBeNull();
  });
});
