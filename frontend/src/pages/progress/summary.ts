import type { Held, HistorySet } from "../../api/types";
import { heldWords } from "../../words/held";
import { t } from "../../words/words";
import { type Known, knownBy, longestOf, type Which } from "./holds";

/**
 * What a day's sets of each exercise came to: the longest hold of each side with who knows of it, or how many repetitions, and whether
 * it ended because it hurt.
 */
export function summaries(sets: HistorySet[]): { exercise: string; words: string }[] {
  const ids = [...new Set(sets.map((set) => set.exercise))];
  return ids.map((exercise) => {
    const mine = sets.filter((set) => set.exercise === exercise);
    const hurt = mine.some((set) => set.outcome === "hurt");
    const words = wordsOf(mine.filter((set) => set.outcome !== "skipped")) || t("ui.progress.skipped");
    return { exercise, words: hurt ? t("ui.progress.hurt", { held: words }) : words };
  });
}

function wordsOf(sets: HistorySet[]): string {
  const drill = sets.filter((set) => set.repetition);
  if (drill.length > 0) return heldWords({ times: drill.filter((set) => set.outcome === "done").length });
  const longest = [...longestOf(sets)];
  const ways = new Set(longest.map(([, set]) => knownBy(set)));
  if (ways.size <= 1) return known(heldOf(longest), longest[0] && knownBy(longest[0][1]));
  return longest.map((one) => known(heldOf([one]), knownBy(one[1]))).join("; ");
}

const heldOf = (longest: [Which, HistorySet][]): string =>
  heldWords(Object.fromEntries(longest.map(([which, set]) => [which, set.credited_s])) as Held);

/** The seconds, and who knows them, where that is not the clock alone. */
const known = (held: string, way: Known | undefined): string =>
  way === undefined || way === "clock" ? held : t("ui.progress.known", { held, by: `@ui.progress.by.${way}` });
