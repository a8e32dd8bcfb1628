import type { HistoryDay } from "../../api/types";
import { weekday } from "../../words/when";

/** Days in columns of a week from Monday; null where a week begins before the first day or ends after the last. */
export function weeksOf(days: HistoryDay[]): (HistoryDay | null)[][] {
  const first = days[0];
  if (!first) return [];
  const padded: (HistoryDay | null)[] = [...Array.from({ length: weekday(first.on) }, () => null), ...days];
  while (padded.length % 7 !== 0) padded.push(null);
  return Array.from({ length: padded.length / 7 }, (_, week) => padded.slice(week * 7, week * 7 + 7));
}

/** From the first day with anything in it; what lies before was before the programme. */
export function sinceFirst(days: HistoryDay[]): HistoryDay[] {
  const first = days.findIndex((day) => day.sets.length + day.pain.length > 0);
  return first === -1 ? [] : days.slice(first);
}
