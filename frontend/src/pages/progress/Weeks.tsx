/** The weeks as suns: full where something was held, resting where a day was rest, empty where one was left out. Rest
 * days count as kept. */
import type { Day, HistoryDay } from "../../api/types";
import { shortDay, weekday, weekdayLetter } from "../../words/when";
import { t } from "../../words/words";
import { anythingDue } from "../today/needs";
import { useToday } from "../today/useToday";
import { sinceFirst, weeksOf } from "./weekdays";

type Kind = "exercise" | "rest" | "begun" | "missed" | "open";

const kindOf = (day: HistoryDay): Kind => (day.rest ? "rest" : day.missed ? "missed" : day.kept ? "exercise" : "begun");

/** A day on which nothing is done yet is no day of rest while something of it is still to do. */
const isOpen = (day: HistoryDay, today: Day | null): boolean =>
  day.rest && today !== null && day.on === today.on && anythingDue(today);

export function Weeks({ days }: { days: HistoryDay[] }) {
  const { day: today } = useToday();
  const counted = sinceFirst(days);
  const weeks = weeksOf(counted);
  const monday = weeks.flat().find((day) => day !== null);
  // Nobody has kept to a day or not before it is over, unless something of it is done.
  const lived = counted.at(-1)?.rest ? counted.slice(0, -1) : counted;
  const kept = lived.filter((day) => day.rest || day.kept).length;
  const open = counted.some((day) => isOpen(day, today));
  return (
    <section class="card">
      <h2>{t("ui.progress.days")}</h2>
      {lived.length > 0 ? <p class="quiet">{t("ui.progress.days.text", { kept, count: lived.length })}</p> : null}
      {monday ? (
        <table class="weeks">
          <tbody>
            {WEEKDAYS.map((day) => (
              <tr key={day}>
                <th scope="row">{weekdayLetter(day)}</th>
                {weeks.map((week, index) => (
                  <td key={index}>
                    <Sun day={week[weekday(day)] ?? null} today={today} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <ul class="key" aria-hidden="true">
        <li>
          <Shape kind="exercise" /> {t("ui.progress.key.exercise")}
        </li>
        <li>
          <Shape kind="rest" /> {t("ui.progress.key.rest")}
        </li>
        <li>
          <Shape kind="begun" /> {t("ui.progress.key.begun")}
        </li>
        <li>
          <Shape kind="missed" /> {t("ui.progress.key.missed")}
        </li>
        {open ? (
          <li>
            <Shape kind="open" /> {t("ui.progress.key.open")}
          </li>
        ) : null}
      </ul>
    </section>
  );
}

/** Any week will do for the letters of its days: this one begins on a Monday. */
const WEEKDAYS = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08"];

function Sun({ day, today }: { day: HistoryDay | null; today: Day | null }) {
  if (!day) return null;
  const kind = isOpen(day, today) ? "open" : kindOf(day);
  return (
    <span title={t(`ui.progress.day.${kind}`, { on: shortDay(day.on) })}>
      <Shape kind={kind} />
      <span class="hidden">{t(`ui.progress.day.${kind}`, { on: shortDay(day.on) })}</span>
    </span>
  );
}

function Shape({ kind }: { kind: Kind }) {
  return (
    <svg class={`weeksun weeksun-${kind}`} width="30" height="17" viewBox="-15 -15.5 30 17" aria-hidden="true">
      <path d="M-13 0 A13 13 0 0 1 13 0 Z" />
      {kind === "rest" ? <path class="weeksun-line" d="M-13 0 H13" /> : null}
    </svg>
  );
}
