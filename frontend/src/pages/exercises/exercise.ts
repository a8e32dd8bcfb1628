import type { ExerciseInfo } from "../../api/types";
import { t } from "../../words/words";

/** The rung in the brief's own form; the hardest where none is marked. */
export const goalRung = (one: ExerciseInfo): string =>
  (one.rungs.find((rung) => rung.goal_form) ?? one.rungs.at(-1))?.id ?? "";

/** The rung where everybody begins. */
export const firstRung = (one: ExerciseInfo): string =>
  (one.rungs.find((rung) => rung.first) ?? one.rungs[0])?.id ?? "";

/** How often: every other day, once or twice a day. */
export function often(one: ExerciseInfo): string {
  const { every_days, times_per_day } = one.dose;
  if (every_days === 2) return t("ui.exercise.every-other-day");
  if (every_days && every_days > 2) return t("ui.exercise.every-days", { days: every_days });
  const [low, high] = [times_per_day[0] ?? 1, times_per_day.at(-1) ?? 1];
  if (high > low) return t("ui.exercise.times", { low, high });
  return t("ui.exercise.once-a-day");
}
