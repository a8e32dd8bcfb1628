/** How the longest holds of an exercise went, day by day. */
import type { HistoryDay, HistorySet } from "../../api/types";

export type Which = "both" | "left" | "right";

/** Who knows how long a hold was: the camera saw it, the person told it, or it went by the clock. */
export type Known = "seen" | "told" | "clock";

export const knownBy = ({ measured, told }: Pick<HistorySet, "measured" | "told">): Known =>
  measured ? "seen" : told ? "told" : "clock";

/** The longest hold of a day: how many days after the first that is shown, in which form, and who knows how long it was. */
export interface Spot {
  day: number;
  seconds: number;
  known: Known;
  rung: string;
}

/** A course of each side that was held. */
export interface Course {
  sides: Partial<Record<Which, Spot[]>>;
  /** The first day on which any was held, and the last of those that are shown. */
  from: string;
  to: string;
  /** Days from the one to the other. */
  span: number;
  /** The days on which a side was held in another form than when it was held last: those are no shorter holds of the same. */
  changes: { day: number; on: string; rung: string }[];
}

/** The course of an exercise over these days, oldest first; null where it was held on fewer than two. */
export function courseOf(days: HistoryDay[], exercise: string): Course | null {
  const mine = days.map((day) => day.sets.filter((set) => set.exercise === exercise && counts(set)));
  const first = mine.findIndex((sets) => sets.length > 0);
  const last = days.length - 1;
  if (mine.filter((sets) => sets.length > 0).length < 2) return null;
  const sides: Course["sides"] = {};
  for (const [index, sets] of mine.entries()) {
    for (const [which, set] of longestOf(sets)) {
      const spots = sides[which] ?? [];
      sides[which] = [...spots, { day: index - first, seconds: set.credited_s, known: knownBy(set), rung: set.rung }];
    }
  }
  const ends = { from: days[first]?.on ?? "", to: days[last]?.on ?? "", span: last - first };
  const changes = changesOf(sides).map((change) => ({ ...change, on: days[first + change.day]?.on ?? "" }));
  return { sides, ...ends, changes };
}

/** Each side beside itself: two that are held in forms of their own change nothing from day to day. */
function changesOf(sides: Course["sides"]): { day: number; rung: string }[] {
  const changed = Object.values(sides).flatMap((spots) =>
    spots.filter(({ rung }, index) => index > 0 && spots[index - 1]?.rung !== rung),
  );
  const once = new Map(changed.map(({ day, rung }) => [`${day} ${rung}`, { day, rung }]));
  return [...once.values()].sort((one, other) => one.day - other.day);
}

/** A course in the parts that were held in one form each. */
export function partsOf<T extends { rung: string }>(spots: T[]): T[][] {
  const parts: T[][] = [];
  for (const spot of spots) {
    const part = parts.at(-1);
    if (part?.[0]?.rung === spot.rung) part.push(spot);
    else parts.push([spot]);
  }
  return parts;
}

const counts = (set: HistorySet): boolean => set.outcome !== "skipped" && !set.repetition && set.credited_s > 0;

/** The longest of each side; of two that are as long, the one that was measured. */
export function longestOf(sets: HistorySet[]): Map<Which, HistorySet> {
  const found = new Map<Which, HistorySet>();
  for (const set of sets) {
    const which = set.side ?? "both";
    const best = found.get(which);
    if (!best || longer(set, best)) found.set(which, set);
  }
  return found;
}

const longer = (set: HistorySet, than: HistorySet): boolean =>
  set.credited_s > than.credited_s || (set.credited_s === than.credited_s && set.measured && !than.measured);
