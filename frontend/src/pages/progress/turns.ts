/** Changes by the day on which they came, and by their reason. */
import type { Message, Turn } from "../../api/types";

export interface TurnDay {
  on: string;
  /** What changed for one reason stands together, and the reason is said once. */
  groups: { whats: Message[]; why: Message | null }[];
}

/** The changes of each day, in the order in which they are told. */
export function byDay(changes: Turn[]): TurnDay[] {
  const days: TurnDay[] = [];
  for (const { on, what, why } of changes) {
    let day = days.at(-1);
    if (day?.on !== on) {
      day = { on, groups: [] };
      days.push(day);
    }
    const same = day.groups.find((group) => why !== null && group.why !== null && alike(group.why, why));
    if (same) same.whats.push(what);
    else day.groups.push({ whats: [what], why });
  }
  return days;
}

const alike = (one: Message, other: Message): boolean =>
  one.id === other.id && JSON.stringify(one.params) === JSON.stringify(other.params);
