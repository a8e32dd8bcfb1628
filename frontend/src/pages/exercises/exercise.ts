import type { ExerciseInfo, ExerciseRung } from "../../api/types";
import { doseWords } from "../../words/dose";
import { t } from "../../words/words";

/** The rung in the brief's own form; the hardest where none is marked. */
export const goalRung = (one: ExerciseInfo): string =>
  (one.rungs.find((rung) => rung.goal_form) ?? one.rungs.at(-1))?.id ?? "";

/** The rung where everybody begins. */
export const firstRung = (one: ExerciseInfo): string =>
  (one.rungs.find((rung) => rung.first) ?? one.rungs[0])?.id ?? "";

/** A form of an exercise; where its id is of an older catalogue, the one where everybody begins. */
export const formOf = (one: ExerciseInfo, rung: string): ExerciseRung =>
  one.rungs.find(({ id }) => id === rung) ?? one.rungs.find(({ first }) => first) ?? (one.rungs[0] as ExerciseRung);

/** Whether it is one of slow repetitions, which is our addition. */
export const isDrill = (one: ExerciseInfo): boolean => one.dose.repetitions > 1;

/** What it works up to: so long, or so many sets of repetitions. */
export function goalWords(one: ExerciseInfo): string {
  const { sets, target_s, repetitions } = one.dose;
  if (isDrill(one)) return doseWords({ sets: sets * repetitions, hold_s: target_s, repetitions });
  return t("ui.dose.once", { hold: target_s });
}

/** How often: every other day, once or twice a day, on so many days a week. */
export function often(one: ExerciseInfo): string {
  const { every_days, times_per_day, days_per_week } = one.dose;
  if (days_per_week > 0) return t("ui.exercise.days-per-week", { count: days_per_week });
  if (every_days === 2) return t("ui.exercise.every-other-day");
  if (every_days && every_days > 2) return t("ui.exercise.every-days", { days: every_days });
  const [low, high] = [times_per_day[0] ?? 1, times_per_day.at(-1) ?? 1];
  if (high > low) return t("ui.exercise.times", { low, high });
  return t("ui.exercise.once-a-day");
}
