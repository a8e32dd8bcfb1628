/** What rests until a review, and what was ticked of it. */
import type { Day } from "../../api/types";

const RESTS: ReadonlySet<string> = new Set(["plan.reason.rests", "plan.reason.removed", "plan.reason.review-left-out"]);

/** The exercises that rest until somebody has looked at them. */
export const resting = (day: Day): string[] =>
  day.steps
    .flatMap((step) => step.items)
    .filter((item) => item.reasons.some((why) => RESTS.has(why.message.id)))
    .map((item) => item.exercise);

/** Those that may go on, from the form's fields; all others rest on. */
export const goOn = (fields: FormData, day: Day): string[] => {
  const ticked = new Set(fields.getAll("go_on"));
  return resting(day).filter((exercise) => ticked.has(exercise));
};
