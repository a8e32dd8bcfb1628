/** What changed in the plan and why, newest first: the newest days, and the others when they are asked for. */
import type { Turn } from "../../api/types";
import { dayMonth, shortDay } from "../../words/when";
import { t, written } from "../../words/words";
import { byDay, type TurnDay } from "./turns";

const NEWEST_DAYS = 4;

export function ChangeList({ changes, weeks }: { changes: Turn[]; weeks: number }) {
  const days = byDay(changes);
  return (
    <section class="card changed">
      <h2>{t("ui.progress.changed")}</h2>
      {days.length === 0 ? <p class="quiet">{t("ui.progress.changed.none", { weeks })}</p> : null}
      <Days days={days.slice(0, NEWEST_DAYS)} />
      {days.length > NEWEST_DAYS ? (
        <details class="earlier">
          <summary>{t("ui.progress.changed.earlier")}</summary>
          <Days days={days.slice(NEWEST_DAYS)} />
        </details>
      ) : null}
    </section>
  );
}

function Days({ days }: { days: TurnDay[] }) {
  if (days.length === 0) return null;
  return (
    <ol class="changelist">
      {days.map((day) => (
        <li key={day.on}>
          <a href={`/day?on=${day.on}`} aria-label={shortDay(day.on)}>
            <time dateTime={day.on}>{dayMonth(day.on)}</time>
          </a>
          <ul>
            {day.groups.map(({ whats, why }) => (
              <li key={whats.map(written).join()}>
                {whats.map((what) => (
                  <strong key={written(what)}>{written(what)}</strong>
                ))}
                {why ? <p class="quiet">{written(why)}</p> : null}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
