/** Figures in words, and what of them is shown for one exercise. */
import type { Clock, LabelledPlanks, Measure, MeasuredExercise, Promised } from "../../api/types";
import { t } from "../../words/words";

const UNITS = { share: "ui.trust.percent", deg: "ui.trust.degrees", s: "ui.trust.seconds" } as const;

/** A number in its unit: a share as a percentage, with a decimal where it has one. */
export function inUnit(value: number, unit: Promised["unit"]): string {
  const shown = unit === "share" ? value * 100 : value;
  return t(UNITS[unit], { value: Math.round(shown * 10) / 10 });
}

/** The same share of what is left: of good form, what was not faulted. */
export function rest(of: Measure): Measure {
  const less = (value: number | null) => (value === null ? null : 1 - value);
  return { ...of, value: less(of.value), low: less(of.high), high: less(of.low) };
}

/** How many of how many; null where nothing was looked at. */
export function counted(share: Measure): { hits: number; n: number } | null {
  return share.value === null ? null : { hits: Math.round(share.value * share.n), n: share.n };
}

/** How many labelled planks of one kind were answered as what they are. */
export function answered(planks: LabelledPlanks, label: "C" | "H" | "L"): { hits: number; n: number } {
  const row = planks.confusion[label];
  return { hits: row[label], n: Object.values(row).reduce((sum, count) => sum + count, 0) };
}

/** By how many seconds a hold was counted too early or too late, at worst, in recordings from the right place. */
export function worstEdge(clocks: Clock[], views: string[]): { worst_s: number; n: number } | null {
  const edges = clocks
    .filter((clock) => views.includes(clock.view))
    .flatMap((clock) => [...clock.starts_s, ...clock.ends_s]);
  return edges.length > 0 ? { worst_s: Math.max(...edges.map(Math.abs)), n: edges.length } : null;
}

/** The views of an exercise that are those that it asks for. */
export const rightViews = (one: MeasuredExercise): string[] =>
  Object.entries(one.views)
    .filter(([, view]) => view.right)
    .map(([name]) => name);

/** Promises that were not kept, and those that were. What nothing was measured for is neither. */
export function split(goals: Promised[]): { broken: Promised[]; kept: Promised[] } {
  return { broken: goals.filter((goal) => goal.met === false), kept: goals.filter((goal) => goal.met === true) };
}
