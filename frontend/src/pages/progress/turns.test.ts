import { describe, expect, it } from "vitest";
import type { Message, Turn } from "../../api/types";
import { byDay } from "./turns";

const message = (id: string, params: Message["params"] = {}): Message => ({ id, params });
const turn = (on: string, what: Message, why: Message | null): Turn => ({ on, exercise: "plank", what, why });

const [PLANK, BRIDGE, FLARE] = [message("plank"), message("bridge"), message("flare")];
const EASED = message("eased", { share: 60 });

describe("changes by day", () => {
  it("stand under one date where they came on one day, and say a reason that they share once", () => {
    const told = [
      turn("2026-03-08", PLANK, EASED),
      turn("2026-03-08", FLARE, null),
      turn("2026-03-08", BRIDGE, message("eased", { share: 60 })),
      turn("2026-03-02", PLANK, EASED),
    ];
    expect(byDay(told)).toEqual([
      {
        on: "2026-03-08",
        groups: [
          { whats: [PLANK, BRIDGE], why: EASED },
          { whats: [FLARE], why: null },
        ],
      },
      { on: "2026-03-02", groups: [{ whats: [PLANK], why: EASED }] },
    ]);
  });

  it("keep reasons apart that have other numbers, and changes that have none", () => {
    const told = [
      turn("2026-03-08", PLANK, EASED),
      turn("2026-03-08", BRIDGE, message("eased", { share: 50 })),
      turn("2026-03-08", PLANK, null),
      turn("2026-03-08", BRIDGE, null),
    ];
    expect(byDay(told)[0]?.groups.length).toBe(4);
  });

  it("are none where nothing changed", () => {
    expect(byDay([])).toEqual([]);
  });
});
