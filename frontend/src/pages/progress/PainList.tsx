import type { History, HistoryPain } from "../../api/types";
import { dayMonth } from "../../words/when";
import { t } from "../../words/words";

export interface PainEntry extends HistoryPain {
  on: string;
}

/** What was told about pain, newest first. */
export const painEntries = (history: History): PainEntry[] =>
  history.days.flatMap((day) => day.pain.map((pain) => ({ ...pain, on: day.on }))).reverse();

const MOST = 14;

export function PainList({ entries }: { entries: PainEntry[] }) {
  return (
    <ul class="painlist">
      {entries.slice(0, MOST).map((entry) => (
        <li key={`${entry.at} ${entry.when}`}>
          <time dateTime={entry.on}>{dayMonth(entry.on)}</time>
          <span>{t(`ui.progress.pain.${entry.when}`)}</span>
          <strong class={entry.nprs === null ? "" : "number"}>
            {entry.nprs ?? (entry.words ? t(`ui.progress.pain.${entry.words}`) : "–")}
          </strong>
        </li>
      ))}
    </ul>
  );
}
