/** What was to be seen well held before a weight, and what was ticked of it. */
import type { Day } from "../../api/types";

/** The exercises whose weight waits for a camera, or for an expert who watches. */
export const unseen = (day: Day): string[] =>
  day.steps
    .flatMap((step) => step.items)
    .filter((item) => item.reasons.some((why) => why.message.id === "plan.load.seen"))
    .map((item) => item.exercise);

/** Those that they watched, from the form's fields. */
export const watched = (fields: FormData, day: Day): string[] => {
  const ticked = new Set(fields.getAll("watched"));
  return unseen(day).filter((exercise) => ticked.has(exercise));
};
