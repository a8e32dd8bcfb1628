import { beforeAll, describe, expect, it } from "vitest";
import type { Clock, Measure, Promised } from "../../api/types";
import { words } from "../../words/words";
import { answered, counted, inUnit, rest, split, worstEdge } from "./figures";

const figure = (value: number | null, low: number | null, high: number | null, n = 7): Measure => ({
  value,
  low,
  high,
  n,
});

beforeAll(() => {
  const written = { "ui.trust.percent": "{value} %", "ui.trust.degrees": "{value}°", "ui.trust.seconds": "{value} s" };
  words.value = { languages: ["en"], language: "en", decimal: ".", written, spoken: {} };
});

describe("figures in words", () => {
  it("a share is a percentage with a decimal where it has one", () => {
    expect(inUnit(0.95, "share")).toBe("95 %");
    expect(inUnit(0.9032, "share")).toBe("90.3 %");
    expect(inUnit(1.5, "deg")).toBe("1.5°");
    expect(inUnit(0.133, "s")).toBe("0.1 s");
  });

  it("what is left changes its ends", () => {
    const left = rest(figure(0.25, 0.1, 0.5));
    expect([left.value, left.low, left.high, left.n]).toEqual([0.75, 0.5, 0.9, 7]);
    expect(rest(figure(null, null, null, 0)).value).toBeNull();
  });

  it("counts are whole, and nothing looked at is no count", () => {
    expect(counted(figure(0.7143, 0.36, 0.92))).toEqual({ hits: 5, n: 7 });
    expect(counted(figure(null, null, null, 0))).toBeNull();
  });

  it("labelled planks count as answered only when they are called what they are", () => {
    const row = { C: 2, H: 1, L: 0, "-": 3 };
    const planks = { macro_f1: figure(0.5, null, null), confusion: { C: row, H: row, L: row } };
    expect(answered(planks, "C")).toEqual({ hits: 2, n: 6 });
    expect(answered(planks, "H")).toEqual({ hits: 1, n: 6 });
  });

  it("the worst edge is of the right views only, whichever way it is off", () => {
    const clock = (view: string, starts_s: number[], ends_s: number[]): Clock => ({
      clip: "one",
      view,
      owed_s: 5,
      credited_s: 5,
      starts_s,
      ends_s,
    });
    const clocks = [clock("side", [0.1, -0.4], [0.2]), clock("high", [4], [4])];
    expect(worstEdge(clocks, ["side"])).toEqual({ worst_s: 0.4, n: 3 });
    expect(worstEdge(clocks, ["front"])).toBeNull();
  });

  it("what was not measured is neither kept nor broken", () => {
    const goal = (id: string, met: boolean | null): Promised => ({
      id,
      limit: 1,
      at_least: true,
      unit: "share",
      figure: figure(null, null, null),
      met,
      sure: false,
    });
    const { broken, kept } = split([goal("a", true), goal("b", false), goal("c", null)]);
    expect([broken.map((one) => one.id), kept.map((one) => one.id)]).toEqual([["b"], ["a"]]);
  });
});
