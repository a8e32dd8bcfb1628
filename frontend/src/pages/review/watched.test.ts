import { describe, expect, it } from "vitest";
import type { Day } from "../../api/types";
import { unseen, watched } from "./watched";

const item = (exercise: string, ...ids: string[]) => ({
  exercise,
  reasons: ids.map((id) => ({ message: { id, params: {} }, source: "design" })),
});

const day = {
  steps: [
    { step: "core", items: [item("plank", "plan.load.seen", "plan.load.agreed"), item("glute-bridge")] },
    { step: "hips", items: [item("hamstring-stretch", "plan.reason.stretch-once")] },
  ],
} as unknown as Day;

const fields = (...ticked: string[]): FormData => {
  const form = new FormData();
  for (const one of ticked) form.append("watched", one);
  return form;
};

describe("what was to be seen well held", () => {
  it("is what a weight waits for", () => {
    expect(unseen(day)).toEqual(["plank"]);
  });

  it("was watched where it was ticked, and nowhere else", () => {
    expect(watched(fields(), day)).toEqual([]);
    expect(watched(fields("plank", "glute-bridge"), day)).toEqual(["plank"]);
  });
});
