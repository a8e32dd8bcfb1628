/** What was held, beside the goal; how it goes; the days, rest days among them; pain. No streaks. */
import { exercises, history } from "../../api/load";
import type { ExerciseInfo, History, HistoryDay, HistoryExercise, HistorySet } from "../../api/types";
import { ArchTile } from "../../ui/ArchTile";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { heldWords } from "../../words/held";
import { clock, dayMonth, shortDay } from "../../words/when";
import { t } from "../../words/words";
import { firstRung } from "../exercises/exercise";
import { OutcomeCharts } from "../outcomes/OutcomeCharts";
import { ChangeList } from "./ChangeList";
import { HoldChart } from "./HoldChart";
import { type Course, courseOf, type Known, knownBy } from "./holds";
import { PainList, painEntries } from "./PainList";
import { summaries } from "./summary";
import { Weeks } from "./Weeks";
import { sinceFirst } from "./weekdays";

export function ProgressPage() {
  return (
    <Page title={t("ui.progress.title")} className="progress" aside={<Key />}>
      <Show from={history}>{(past) => (begun(past) ? <Past past={past} /> : <Empty />)}</Show>
    </Page>
  );
}

const begun = (past: History): boolean =>
  past.exercises.some((one) => one.last !== null) || past.days.some((day) => day.sets.length + day.pain.length > 0);

/** How it is marked who knows how long a hold was. */
const DOTS: Record<Known, string> = { seen: "dot dot-full", told: "dot dot-told", clock: "dot" };

function Key() {
  return (
    <ul class="key">
      <li>
        <span class={DOTS.seen} aria-hidden="true" />
        {t("ui.progress.measured")}
      </li>
      <li>
        <span class={DOTS.told} aria-hidden="true" />
        {t("ui.progress.told")}
      </li>
      <li>
        <span class={DOTS.clock} aria-hidden="true" />
        {t("ui.progress.clock")}
      </li>
    </ul>
  );
}

function Empty() {
  return (
    <section class="card empty">
      <span class="empty-arch" aria-hidden="true" />
      <h2>{t("ui.progress.empty.title")}</h2>
      <p>{t("ui.progress.empty.text")}</p>
      <a class="button" href="/">
        {t("ui.progress.empty.go")}
      </a>
    </section>
  );
}

function Past({ past }: { past: History }) {
  const weeks = Math.round(past.days.length / 7);
  const held = past.exercises.filter((one) => one.last !== null);
  const fresh = past.exercises.filter((one) => one.last === null);
  return (
    <>
      <Show from={exercises}>
        {(all) => (
          <>
            <HeldList held={held.filter((one) => isCore(all, one))} past={past} all={all} />
            <HeldList held={held.filter((one) => !isCore(all, one))} past={past} all={all} />
            <NotYet fresh={fresh} />
          </>
        )}
      </Show>
      <OutcomeCharts />
      {sinceFirst(past.days).length === 0 ? <Away past={past} weeks={weeks} /> : <Lately past={past} weeks={weeks} />}
    </>
  );
}

/** Nothing in all the days that are shown: it is said once, and nothing is drawn. */
function Away({ past, weeks }: { past: History; weeks: number }) {
  return (
    <>
      <section class="card">
        <h2>{t("ui.progress.away")}</h2>
        <p class="quiet">{t("ui.progress.away.text", { weeks })}</p>
      </section>
      {past.changes.length > 0 ? <ChangeList changes={past.changes} weeks={weeks} /> : null}
    </>
  );
}

function Lately({ past, weeks }: { past: History; weeks: number }) {
  const entries = painEntries(past);
  return (
    <div class="progress-below">
      <Weeks days={past.days} />
      <ChangeList changes={past.changes} weeks={weeks} />
      <section class="card days">
        <h2>{t("ui.progress.list")}</h2>
        <DayList days={past.days} weeks={weeks} />
      </section>
      <section class="card pains">
        <h2>{t("ui.progress.pain")}</h2>
        <p class="quiet">{entries.length > 0 ? t("ui.progress.pain.text") : t("ui.progress.pain.none", { weeks })}</p>
        {entries.length > 0 ? <PainList entries={entries} /> : null}
      </section>
    </div>
  );
}

const infoOf = (all: ExerciseInfo[], held: HistoryExercise): ExerciseInfo | undefined =>
  all.find((one) => one.id === held.exercise);

/** What is worked up to stands first, and shows its way. */
const isCore = (all: ExerciseInfo[], held: HistoryExercise): boolean => infoOf(all, held)?.step === "core";

/** What was never done, in one card: there is nothing to show of any but its goal. */
function NotYet({ fresh }: { fresh: HistoryExercise[] }) {
  if (fresh.length === 0) return null;
  return (
    <section class="card notyet">
      <h2>{t("ui.progress.held.never")}</h2>
      <ul>
        {fresh.map((one) => (
          <li key={one.exercise}>
            <a class="way" href={`/exercises/${one.exercise}`}>
              {t(`${one.exercise}.name`)}
            </a>
            {one.goal_times > 0 ? null : <span class="quiet">{t("ui.dose.goal", { goal: one.goal_s })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function HeldList({ held, past, all }: { held: HistoryExercise[]; past: History; all: ExerciseInfo[] }) {
  if (held.length === 0) return null;
  return (
    <ul class="heldlist">
      {held.map((one) => (
        <Held key={one.exercise} held={one} past={past} info={infoOf(all, one)} />
      ))}
    </ul>
  );
}

/** One exercise: the longest hold of each side beside the goal, in the goal's own form, and who knows how long it was. */
function Held({ held, past, info }: { held: HistoryExercise; past: History; info: ExerciseInfo | undefined }) {
  // What was held in an easier form is not measured against a goal that is for another.
  const best = held.form ? held.easier : held.best;
  const sides = (["both", "left", "right"] as const).filter((side) => best[side] !== undefined);
  const course = info?.step === "core" ? courseOf(past.days, held.exercise) : null;
  const goalForm = info?.rungs.find((rung) => rung.goal_form);
  return (
    <li class="card held">
      <div class="held-head">
        {info ? <ArchTile exercise={held.exercise} rung={firstRung(info)} size="small" line /> : null}
        <h2>
          <a href={`/exercises/${held.exercise}`} class="row-name">
            {t(`${held.exercise}.name`)}
          </a>
        </h2>
      </div>
      {held.goal_times > 0
        ? null
        : sides.map((side) => (
            <Bar
              key={side}
              words={t(side === "both" ? "ui.progress.longest" : `side.${side}`)}
              seconds={best[side] ?? 0}
              goal={held.form ? null : held.goal_s}
              track={course === null}
              known={whoKnows(past, held.exercise, side === "both" ? null : side, best[side] ?? 0)}
            />
          ))}
      {held.form && goalForm && sides.length > 0 ? (
        <p class="quiet">
          {t("ui.progress.easier", {
            form: `@${held.exercise}.rung.${held.form}`,
            goal: held.goal_s,
            goalform: `@${held.exercise}.rung.${goalForm.id}`,
          })}
        </p>
      ) : null}
      {course ? <HoldChart course={course} goal={held.goal_s} /> : null}
      {course && course.changes.length > 0 ? <AnotherForm exercise={held.exercise} changes={course.changes} /> : null}
      {held.last ? (
        <p class="quiet">{t("ui.progress.last", { on: dayMonth(held.last.on), held: lastWords(past, held) })}</p>
      ) : null}
    </li>
  );
}

/** What the upright lines are: where a form of its own began, and which. */
function AnotherForm({ exercise, changes }: { exercise: string; changes: Course["changes"] }) {
  return (
    <div class="quiet">
      <p>{t("ui.progress.another-form", { count: changes.length })}</p>
      <ul>
        {changes.map(({ on, rung }) => (
          <li key={`${on} ${rung}`}>
            {t("ui.progress.form-began", { on: dayMonth(on), form: `@${exercise}.rung.${rung}` })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Who knows how long the longest hold was; null when it lies before the days that are shown. */
function whoKnows(past: History, exercise: string, side: HistorySet["side"], seconds: number): Known | null {
  const sets = past.days.flatMap((day) => day.sets);
  const as = sets.filter((set) => set.exercise === exercise && set.side === side && set.credited_s === seconds);
  const ways = as.map(knownBy);
  return (["seen", "told", "clock"] as const).find((way) => ways.includes(way)) ?? null;
}

/** What its last day came to, as the list of days tells it; of a measured hold that nobody saw or told of, that nobody knows. */
function lastWords(past: History, { exercise, last }: HistoryExercise): string {
  const sets = past.days.find((day) => day.on === last?.on)?.sets.filter((set) => set.exercise === exercise) ?? [];
  if (sets.length > 0) return summaries(sets)[0]?.words ?? "";
  return (last && heldWords(last)) || t("ui.progress.unknown");
}

interface BarProps {
  words: string;
  seconds: number;
  /** None where it was held in an easier form than the goal's. */
  goal: number | null;
  known: Known | null;
  /** Whether the seconds are drawn as well; not where a chart shows them. */
  track: boolean;
}

function Bar({ words, seconds, goal, known, track }: BarProps) {
  const whole = Math.floor(seconds);
  return (
    <div class="bar">
      <p class="bar-words">
        <span>
          {known === null ? null : <span class={DOTS[known]} aria-hidden="true" />} {words}
          {known === null ? null : <span class="hidden">, {t(`ui.progress.by.${known}`)}</span>}
          {known === "told" ? <span aria-hidden="true">, {t("ui.progress.by.told")}</span> : null}
        </span>
        <span>
          <span class="number">{whole}</span> {goal === null ? "s" : t("ui.progress.of", { goal })}
        </span>
      </p>
      {track && goal !== null ? (
        <svg class="bar-track" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect class="bar-goal" width="100" height="4" />
          <rect class="bar-held" width={Math.min(100, (100 * seconds) / goal)} height="4" />
        </svg>
      ) : null}
    </div>
  );
}

const NEWEST = 7;

/** The newest days, and the others when they are asked for. */
function DayList({ days, weeks }: { days: HistoryDay[]; weeks: number }) {
  const told = days.filter((day) => day.sets.length > 0).reverse();
  if (told.length === 0) return <p class="quiet">{t("ui.progress.list.none", { weeks })}</p>;
  return (
    <>
      <Days days={told.slice(0, NEWEST)} />
      {told.length > NEWEST ? (
        <details class="earlier">
          <summary>{t("ui.progress.list.earlier")}</summary>
          <Days days={told.slice(NEWEST)} />
        </details>
      ) : null}
    </>
  );
}

function Days({ days }: { days: HistoryDay[] }) {
  return (
    <ol class="daylist">
      {days.map((day) => (
        <li key={day.on}>
          <h3>
            <a href={`/day?on=${day.on}`}>
              <time dateTime={day.on}>{shortDay(day.on)}</time>
            </a>
          </h3>
          <ul>
            {summaries(day.sets).map((line) => (
              <li key={line.exercise}>
                <span>{t(`${line.exercise}.name`)}</span>
                <span>{line.words}</span>
              </li>
            ))}
          </ul>
          {day.effort.map((one) => (
            <p key={one.at} class="quiet">
              {clock(one.at)}: {t("ui.progress.effort", { effort: one.effort })}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
