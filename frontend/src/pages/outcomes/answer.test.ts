import { describe, expect, it } from "vitest";
import { minutes, rated, ticked } from "./answer";

describe("activities", () => {
  it("are told once each has a name and a number", () => {
    expect(rated([{ name: " stairs ", rating: 4 }])).toEqual([{ name: "stairs", rating: 4 }]);
    expect(rated([{ name: "stairs", rating: null }])).toBeNull();
    expect(rated([{ name: "  ", rating: 4 }])).toBeNull();
    expect(rated([])).toBeNull();
  });

  it("may be fewer than there is room for, and nought is a number", () => {
    const told = rated([
      { name: "stairs", rating: 0 },
      { name: "", rating: null },
    ]);
    expect(told).toEqual([{ name: "stairs", rating: 0 }]);
  });

  it("have names of their own", () => {
    expect(
      rated([
        { name: "stairs", rating: 1 },
        { name: "stairs ", rating: 2 },
      ]),
    ).toBeNull();
  });
});

describe("minutes", () => {
  it("are whole and no more than a week has", () => {
    expect(["", " 90 ", "0", "10080", "10081", "-5", "1.5", "an hour"].map(minutes)).toEqual([
      null,
      90,
      0,
      10_080,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("ticks", () => {
  it("come and go, and stay in order", () => {
    expect(ticked([2, 9], 4, true)).toEqual([2, 4, 9]);
    expect(ticked([2, 4, 9], 4, false)).toEqual([2, 9]);
  });
});
