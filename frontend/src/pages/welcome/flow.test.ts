import { describe, expect, it } from "vitest";
import type { Form, ScreenCard } from "../../api/types";
import {
  answered,
  emptyFlow,
  full,
  furthest,
  isOver,
  leftOpen,
  none,
  places,
  screenBody,
  warnings,
  withoutOver,
} from "./flow";

const item = (id: string, tier: "A" | "B" | "C") => ({ id, tier, short: id, full: id, details: [], ends: id === "B9" });
const signs: ScreenCard = { id: "legs", title: "legs", items: [item("A5", "A"), item("A6", "A")] };
const facts: ScreenCard = { id: "floor", title: "floor", items: [item("C2", "C"), item("B9", "B")] };
const form: Form = {
  version: 1,
  cards: [signs, facts],
  emergency: { number: null, urgent: null, country: null },
  daily: [],
  acknowledge: { text: "x", version: 1 },
  changed_since: {},
};

describe("the way through the first screen", () => {
  it("has a place for each card, two for pain, and one to agree where it is due", () => {
    expect(places(form, true).map((place) => place.at)).toEqual(["card", "card", "pain-week", "pain-now", "agree"]);
    expect(places(form, false).at(-1)?.at).toBe("pain-now");
  });

  it("goes no further than the first open question", () => {
    const all = places(form, true);
    let flow = emptyFlow(form);
    expect(furthest(all, flow)).toBe(0);
    flow = none(signs, flow);
    expect(furthest(all, flow)).toBe(1);
    flow = { ...none(facts, flow), painNow: 2 };
    expect(furthest(all, flow)).toBe(2);
    expect(furthest(all, { ...flow, nprs: 0 })).toBe(4);
  });

  it("takes nought for an answer", () => {
    expect(answered({ at: "pain-week" }, { ...emptyFlow(form), nprs: 0 })).toBe(true);
  });
});

describe("what was cleared and passes", () => {
  const no = { C2: "no", B9: "no" } as const;

  it("is over by a no that says so, which is kept with the answers", () => {
    const over = full(facts, emptyFlow(form), no, { B9: { now: "over" }, C2: { other: "x" } });
    expect(over.answers).toEqual(no);
    expect(over.details).toEqual({ B9: { now: "over" } });
    expect(isOver("no", over.details.B9 ?? {})).toBe(true);
    expect(isOver("yes", over.details.B9 ?? {})).toBe(false);
  });

  it("is as it was by a plain no", () => {
    expect(full(facts, emptyFlow(form), no, { B9: withoutOver({ now: "over" }) }).details).toEqual({});
  });
});

describe("answers", () => {
  it("none of these is a no to every item of the card, whatever was said before", () => {
    const before = full(signs, emptyFlow(form), { A5: "yes" }, { A5: { when: "now" } });
    const after = none(signs, before);
    expect(after.answers).toEqual({ A5: "no", A6: "no" });
    expect(after.details).toEqual({});
  });

  it("an item left open counts as rather not say", () => {
    expect(leftOpen(signs, { A5: "no" })).toEqual(["A6"]);
    expect(full(signs, emptyFlow(form), { A5: "no" }, {}).answers).toEqual({ A5: "no", A6: "rather-not-say" });
  });

  it("details belong to a yes or a not sure only", () => {
    const draft = { A5: "yes", A6: "no" } as const;
    const details = { A5: { how: "fast" }, A6: { how: "slow" } };
    expect(full(signs, emptyFlow(form), draft, details).details).toEqual({ A5: { how: "fast" } });
  });

  it.each(["yes", "not-sure", "rather-not-say"] as const)("%s to a warning sign is read back", (answer) => {
    expect(warnings(signs, { A5: answer, A6: "no" })).toEqual(["A5"]);
    expect(warnings(facts, { C2: answer, B9: answer })).toEqual([]);
  });

  it("what has not been asked is not sent", () => {
    expect(screenBody(none(signs, emptyFlow(form)))).toEqual({
      kind: "full",
      answers: { A5: "no", A6: "no" },
      details: {},
      nprs: null,
      pain_now: null,
    });
  });
});
