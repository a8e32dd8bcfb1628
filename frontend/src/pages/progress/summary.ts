import type { Held, HistorySet } from "../../api/types";
import { heldWords } from "../../words/held";
import { t } from "../../words/words";

/** What a day's sets of each exercise came to: the longest hold of each side, or how many repetitions, and whether it ended because it hurt. */
export function summaries(sets: HistorySet[]): { exercise: string; words: string }[] {
  const ids = [...new Set(sets.map((set) => set.exercise))];
  return ids.map((exercise) => {
    const held: Held = {};
    for (const set of sets) {
      if (set.exercise !== exercise || set.outcome === "skipped") continue;
      if (set.repetition) {
        held.times = (held.times ?? 0) + (set.outcome === "done" ? 1 : 0);
        continue;
      }
      const side = set.side ?? "both";
      held[side] = Math.max(held[side] ?? 0, set.credited_s);
    }
    const hurt = sets.some((set) => set.exercise === exercise && set.outcome === "hurt");
    const words = heldWords(held) || t("ui.progress.skipped");
    return { exercise, words: hurt ? t("ui.progress.hurt", { held: words }) : words };
  });
}
