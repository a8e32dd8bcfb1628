/** How a view is to be drawn, as far as that decides what somebody believes of what they see. */

import type { View } from "./player";

/** The colour of the judged line: of what counts, of what waits, or of a line that nobody judges. */
export function lineMood({ mood, measured }: Pick<View, "mood" | "measured">): "counting" | "waiting" | "other" {
  // Seconds that go by the clock say nothing of the form: its line has no colour of praise.
  if (mood === "counting") return measured ? "counting" : "other";
  return mood === "waiting" ? "waiting" : "other";
}

/** A camera looks on and a hold that it could judge goes by the clock: to be said for as long as it is so. */
export function unjudged({ step, measured }: Pick<View, "step" | "measured">, seeing: boolean): boolean {
  return seeing && step.kind === "hold" && step.judged && !measured;
}
