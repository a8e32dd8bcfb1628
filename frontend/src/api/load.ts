/** Things that the page fetches: each a signal that is loading, here, or failed with a sentence. */
import { type Signal, signal } from "@preact/signals";
import { zone } from "./device";
import { flush, todayAfterFacts } from "./facts";
import { get, Problem, ServerGone } from "./http";
import type {
  Backup,
  Day,
  DeskState,
  ExerciseInfo,
  Form,
  History,
  Myself,
  Outcomes,
  Packet,
  RunningSession,
  ToldAnswer,
  Trust,
} from "./types";

export type Loaded<T> =
  | { state: "loading"; value: T | null }
  | { state: "here"; value: T }
  | { state: "gone"; value: T | null }
  | { state: "refused"; value: T | null; why: string };

export interface Source<T> {
  signal: Signal<Loaded<T>>;
  load(): Promise<T | null>;
}

/** Days and times of day are those of the clock on this device's wall. */
const here = (path: string): string => `${path}${path.includes("?") ? "&" : "?"}zone=${encodeURIComponent(zone())}`;

/** Something at one address. What was seen last stays on show while it is fetched again. */
export function source<T>(path: string): Source<T> {
  const state: Signal<Loaded<T>> = signal({ state: "loading", value: null });
  let latest = 0;
  const load = async (): Promise<T | null> => {
    const mine = ++latest;
    const settle = (loaded: Loaded<T>) => {
      if (mine === latest) state.value = loaded;
      return loaded.value;
    };
    if (state.peek().state !== "here") state.value = { state: "loading", value: state.peek().value };
    try {
      return settle({ state: "here", value: await get<T>(here(path)) });
    } catch (error) {
      if (error instanceof ServerGone) return settle({ state: "gone", value: state.peek().value });
      if (error instanceof Problem) return settle({ state: "refused", value: state.peek().value, why: error.detail });
      throw error;
    }
  };
  return { signal: state, load };
}

export const today = source<Day>("/api/today");
export const screening = source<Form>("/api/screening");
export const current = source<RunningSession | null>("/api/sessions/current");
export const history = source<History>("/api/history?days=56");
export const myself = source<Myself>("/api/myself");
export const outcomes = source<Outcomes>("/api/outcomes");
export const answers = source<ToldAnswer[]>("/api/answers");
export const exercises = source<ExerciseInfo[]>("/api/exercises");
export const backups = source<{ backups: Backup[] }>("/api/backups");
export const packet = source<Packet>("/api/packet");
export const calendar = source<{ path: string | null }>("/api/calendar");
export const desk = source<DeskState>("/api/desk?days=56");
export const trust = source<Trust>("/api/validation");

todayAfterFacts.subscribe((day) => {
  if (day) today.signal.value = { state: "here", value: day };
});

/** Send what waits, then look at the day again. */
export async function settleToday(): Promise<Day | null> {
  await flush();
  return today.load();
}
