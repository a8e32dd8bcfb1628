/** Days and times as a person says them, in the words' language. */
import { words } from "./words";

const language = (): string => (words.value?.language === "en" ? "en-GB" : (words.value?.language ?? "en-GB"));

/** Times of day go by the device's own habit where it reads English: 3:40 pm or 15:40. */
const habit = (): string => {
  const own = globalThis.navigator?.language ?? "";
  return language() === "en-GB" && own.startsWith("en-") ? own : language();
};

/** A date (2026-11-22) without any time zone in the way. */
const asDate = (on: string): Date => {
  const [year = 1970, month = 1, day = 1] = on.split("-").map(Number);
  return new Date(year, month - 1, day, 12);
};

const say = (on: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language(), options).format(asDate(on)).replace(",", "");

/** Sunday 22 November */
export const longDay = (on: string): string => say(on, { weekday: "long", day: "numeric", month: "long" });
/** Sun 22 November */
export const shortDay = (on: string): string => say(on, { weekday: "short", day: "numeric", month: "long" });
/** 22 Nov */
export const dayMonth = (on: string): string => say(on, { day: "numeric", month: "short" });
/** 22 November 2026 */
export const fullDate = (on: string): string => say(on, { day: "numeric", month: "long", year: "numeric" });
/** M, T, W … */
export const weekdayLetter = (on: string): string => say(on, { weekday: "narrow" });
/** 7:40, as the clock on the wall shows it here */
export const clock = (at: string): string => timeOfDay(new Date(at));
/** A whole hour of the day: 8:00 */
export const hourOfDay = (hour: number): string => timeOfDay(new Date(2026, 0, 15, hour));

const timeOfDay = (at: Date): string =>
  new Intl.DateTimeFormat(habit(), { hour: "numeric", minute: "2-digit" }).format(at).replace(/^0(?=\d:)/, "");

/** The date of a moment, where this device is. */
export const dateOf = (at: string): string => {
  const when = new Date(at);
  return `${when.getFullYear()}-${String(when.getMonth() + 1).padStart(2, "0")}-${String(when.getDate()).padStart(2, "0")}`;
};
/** 0 is Monday. */
export const weekday = (on: string): number => (asDate(on).getDay() + 6) % 7;
/** Some days before or after a date. */
export const addDays = (on: string, days: number): string => {
  const date = asDate(on);
  date.setDate(date.getDate() + days);
  return dateOf(date.toISOString());
};
