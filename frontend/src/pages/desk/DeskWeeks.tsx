/** The day at the desk, and the weeks: counts and shares, never a score. */
import type { DeskPicture, DeskState } from "../../api/types";
import { shortDay, weekday, weekdayLetter } from "../../words/when";
import { t } from "../../words/words";

/** Any week will do for the letters of its days: this one begins on a Monday. */
const WEEKDAYS = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08"];

const STATES = ["tall", "usual", "slumped"] as const;

interface DayProps {
  picture: DeskPicture | undefined;
  /** A shorter time is told in no share. */
  worthTelling_s: number;
}

export function TheDay({ picture, worthTelling_s }: DayProps) {
  return (
    <section class="card">
      <h2>{t("ui.desk.day")}</h2>
      {!picture || (picture.watched_s === 0 && picture.breaks === 0) ? (
        <p>{t("ui.desk.day.none")}</p>
      ) : (
        <>
          <ul class="desk-counts">
            <li>{t("ui.desk.changes", { count: picture.changes })}</li>
            <li>{picture.breaks > 0 ? t("ui.desk.breaks", { count: picture.breaks }) : t("ui.desk.breaks-none")}</li>
            <li>{longest(picture)}</li>
          </ul>
          {picture.shares && picture.judged_s >= worthTelling_s ? <Shares picture={picture} /> : null}
        </>
      )}
    </section>
  );
}

function longest({ longest_still_s }: DeskPicture): string {
  const count = Math.round(longest_still_s / 60);
  return count > 0 ? t("ui.desk.longest", { count }) : t("ui.desk.longest-short");
}

function Shares({ picture }: { picture: DeskPicture }) {
  const { shares, percents } = picture;
  const parts = STATES.map((name) => ({ name, share: shares?.[name] ?? 0, percent: percents?.[name] ?? 0 }));
  let at = 0;
  return (
    <>
      <svg class="desk-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ name, share }) => {
          const x = at;
          at += share * 100;
          return <rect key={name} class={`desk-part desk-part-${name}`} x={x} y={0} width={share * 100} height={6} />;
        })}
      </svg>
      <ul class="desk-shares">
        {parts.map(({ name, percent }) => (
          <li key={name}>
            <svg class="desk-swatch" viewBox="0 0 12 12" width="14" height="14" aria-hidden="true">
              <rect class={`desk-part desk-part-${name}`} x="1" y="1" width="10" height="10" />
            </svg>
            {t("ui.desk.share", { state: `@posture.state.${name}`, percent })}
          </li>
        ))}
      </ul>
      <p class="quiet">{t("ui.desk.judged", { count: Math.round(picture.judged_s / 60) })}</p>
    </>
  );
}

export function DeskWeeks({ days, shades }: Pick<DeskState, "days" | "shades">) {
  const weeks = inWeeks(days);
  if (weeks.length === 0) return null;
  return (
    <section class="card">
      <h2>{t("ui.desk.weeks")}</h2>
      <p class="quiet">{t("ui.desk.weeks.text")}</p>
      <table class="weeks">
        <tbody>
          {WEEKDAYS.map((day, row) => (
            <tr key={day}>
              <th scope="row">{weekdayLetter(day)}</th>
              {weeks.map((week, index) => (
                <td key={index}>
                  <Square day={week[row] ?? null} shades={shades} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Square({ day, shades }: { day: DeskPicture | null; shades: number[] }) {
  if (!day) return null;
  const params = { on: shortDay(day.on), changes: day.changes, breaks: day.breaks };
  const words = seen(day) ? t("ui.desk.weeks.day", params) : t("ui.desk.weeks.nothing", params);
  return (
    <span title={words}>
      <svg
        class={`desk-heat desk-heat-${shadeOf(day, shades)}`}
        width="22"
        height="22"
        viewBox="0 0 22 22"
        aria-hidden="true"
      >
        <rect x="2" y="2" width="18" height="18" rx="5" />
      </svg>
      <span class="hidden">{words}</span>
    </span>
  );
}

const seen = (day: DeskPicture): boolean => day.watched_s > 0 || day.breaks > 0;

/** 0 for a day without anything, then stronger with every step. */
export function shadeOf(day: DeskPicture, shades: number[]): number {
  if (!seen(day)) return 0;
  return 1 + shades.filter((least) => day.changes >= least).length;
}

/** Weeks from Monday to Sunday, from the first day with anything; none without one. */
export function inWeeks(days: DeskPicture[]): (DeskPicture | null)[][] {
  const first = days.findIndex(seen);
  if (first < 0) return [];
  const weeks: (DeskPicture | null)[][] = [];
  for (const day of days.slice(first)) {
    const place = weekday(day.on);
    if (weeks.length === 0 || place === 0) weeks.push(Array.from({ length: 7 }, () => null));
    const week = weeks.at(-1);
    if (week) week[place] = day;
  }
  return weeks;
}
