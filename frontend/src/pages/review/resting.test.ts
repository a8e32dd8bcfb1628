import { describe, expect, it } from "vitest";
import type { Day } from "../../api/types";
import { goOn, resting } from "./resting";

const item = (exercise: string, ...ids: string[]) => ({
  exercise,
  reasons: ids.map((id) => ({ message: { id, params: {} }, source: "design" })),
});

const day = {
  steps: [
    { step: "core", items: [item("plank", "plan.reason.rests"), item("side-plank", "plan.reason.start-dose")] },
    { step: "hips", items: [item("hamstring-stretch", "plan.reason.removed")] },
  ],
} as unknown as Day;

const fields = (...ticked: string[]): FormData => {
  const form = new FormData();
  for (const one of ticked) form.append("go_on", one);
  return form;
};

describe("what rests until a review", () => {
  it("is what its reasons say, core work and stretches alike", () => {
    expect(resting(day)).toEqual(["plank", "hamstring-stretch"]);
  });

  it("goes on where it was ticked, and nowhere else", () => {
    expect(goOn(fields(), day)).toEqual([]);
    expect(goOn(fields("hamstring-stretch", "side-plank"), day)).toEqual(["hamstring-stretch"]);
  });
});
