/** How a view is to be drawn, as far as that decides what somebody believes of what they see. */

import type { View } from "./player";
import type { Step } from "./script";

/** The colour of the judged line: of what counts, of what waits, or of a line that nobody judges. */
export function lineMood({ mood, measured }: Pick<View, "mood" | "measured">): "counting" | "waiting" | "other" {
  // Seconds that go by the clock say nothing of the form: its line has no colour of praise.
  if (mood === "counting") return measured ? "counting" : "other";
  return mood === "waiting" ? "waiting" : "other";
}

/** A camera looks on and a hold that it could judge goes by the clock: to be said for as long as it goes. */
export function unjudged({ step, mood, measured }: Pick<View, "step" | "mood" | "measured">, seeing: boolean): boolean {
  return seeing && step.kind === "hold" && step.judged && !measured && mood !== "paused";
}

/** Somebody finds their place before the camera: they have to see whether all of them is in the picture. */
export const placing = ({ kind }: Step): boolean => ["announce", "get-ready", "switch-sides"].includes(kind);
