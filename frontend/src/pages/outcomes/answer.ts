/** What a form of an outcome measure comes to: the body of a fact, or null while something is missing. */
import type { Rated } from "../../api/types";

export interface Activity {
  name: string;
  rating: number | null;
}

/** The activities that are told in full; null while one that was begun lacks its name or number, or two have one name. */
export function rated(activities: Activity[]): Rated[] | null {
  const begun = activities.filter((one) => one.name.trim() !== "" || one.rating !== null);
  const told = begun.flatMap((one) => (one.rating === null ? [] : [{ name: one.name.trim(), rating: one.rating }]));
  const names = new Set(told.map((one) => one.name));
  const whole = told.length === begun.length && names.size === told.length && !names.has("");
  return whole && told.length > 0 ? told : null;
}

/** Minutes as they were typed; null for none, or for what is no such number. */
export function minutes(typed: string): number | null {
  const value = Number(typed.trim());
  return typed.trim() !== "" && Number.isInteger(value) && value >= 0 && value <= 10_080 ? value : null;
}

/** The ticks after one was set or taken away, in order. */
export const ticked = (ticks: number[], item: number, set: boolean): number[] =>
  set ? [...ticks, item].sort((a, b) => a - b) : ticks.filter((one) => one !== item);
