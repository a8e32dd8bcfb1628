import type { Item } from "../api/types";
import { t } from "./words";

interface Dose {
  sets: number;
  hold_s: number;
  repetitions: number;
  test?: Item["test"];
}

/** What follows a measured hold; nothing where there is none. */
export function thenWords({ sets, hold_s, test }: Pick<Item, "sets" | "hold_s" | "test">): string {
  if (test === "none") return "";
  return test === "first" ? t("ui.dose.then-one") : t("ui.dose.then", { sets: sets - 1, hold: hold_s });
}

type Counted = Pick<Dose, "sets" | "repetitions">;

/** Whether a drill's holds make up whole sets. */
export const inSets = ({ sets, repetitions }: Counted): boolean => repetitions > 1 && sets % repetitions === 0;

/** The same within a line of text, where nothing stands beside it that says what is counted. */
export function doseSaid(dose: Dose): string {
  const { sets, repetitions } = dose;
  if (!inSets(dose)) return doseWords(dose);
  return t("ui.dose.repetitions.said", { sets: sets / repetitions, repetitions });
}

/** The same with all that belongs to it: a measured hold and what follows, the sides, and what is carried. */
export function doseLine(
  dose: Pick<Item, "sets" | "hold_s" | "repetitions" | "test" | "side_order" | "load_kg">,
): string {
  const sides = dose.side_order.length > 1 ? t("ui.dose.each-side") : "";
  const load = dose.load_kg > 0 ? t("ui.dose.load", { kg: dose.load_kg }) : "";
  return [doseSaid(dose), thenWords(dose), sides, load].filter((part) => part !== "").join(", ");
}

/** What is to do, in a few signs: 30 s, 2 × 60 s, a measured hold, or of a drill 2 × 8 repetitions. */
export function doseWords({ sets, hold_s, repetitions, test = "none" }: Dose): string {
  if (test !== "none") return t("ui.dose.measured");
  if (inSets({ sets, repetitions })) return t("ui.dose.repetitions", { sets: sets / repetitions, repetitions });
  if (repetitions > 1) return t("ui.dose.times", { count: sets });
  return t(sets > 1 ? "ui.dose.sets" : "ui.dose.once", { sets, hold: hold_s });
}
