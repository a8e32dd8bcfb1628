/** The walk of our addition: how long it is, what was walked today, and why. */
import { useState } from "preact/hooks";
import { settleToday, today } from "../../api/load";
import type { Day, DayWalk } from "../../api/types";
import { Page } from "../../ui/Page";
import { askedDay } from "../../ui/router";
import { Show } from "../../ui/States";
import { clock } from "../../words/when";
import { t, written } from "../../words/words";
import { WhyCard } from "../exercises/WhyCard";
import { MorningAnswers } from "../today/Before";
import { takeBack, tellUsual, tellWalk } from "./tell";

/** More than a day has no minutes for. */
const MOST_MINUTES = 1_440;

export function WalkPage() {
  const on = askedDay();
  return (
    <Page title={t("ui.walk.title")} className="walk">
      {on ? <WhyCard exercise="walk" on={on} /> : <Show from={today}>{(day) => <Stands day={day} />}</Show>}
    </Page>
  );
}

function Stands({ day }: { day: Day }) {
  if (!day.walk) return <Waits words={t("plan.step.move.later")} to="/welcome" />;
  if (day.walk.state === "closed")
    return <Waits words={`${written(day.walk.message)} ${t("ui.waits.paused")}`} to="/" />;
  return (
    <>
      <p class="lead">{t("ui.walk.lead")}</p>
      {day.kind === "paused" ? <p>{t("ui.walk.waits")}</p> : null}
      {day.needs.includes("daily-check") && day.walk.state !== "rests" ? <DailyCheck /> : null}
      {day.kind === "paused" && day.needs.includes("morning-after") ? <MorningAfter /> : null}
      <Walk day={day} walk={day.walk} />
    </>
  );
}

/** Walking is not open: only why, and where to go on. */
function Waits({ words, to }: { words: string; to: string }) {
  return (
    <section class="card">
      <p>{words}</p>
      <a class="button" href={to}>
        {t("ui.progress.empty.go")}
      </a>
    </section>
  );
}

/** The check comes before the day's first exercise of any kind, and a walk may be that. */
function DailyCheck() {
  return (
    <section class="card">
      <h2>{t("ui.daily.title")}</h2>
      <p>{t("ui.walk.check")}</p>
      <a class="button" href="/?before=walk">
        {t("ui.walk.check.go")}
      </a>
    </section>
  );
}

/** While exercise waits there is no session before which this would be asked. */
function MorningAfter() {
  return (
    <section class="card">
      <h2>{t("ui.walk.morning")}</h2>
      <MorningAnswers onDone={() => void settleToday()} />
    </section>
  );
}

function Walk({ day, walk }: { day: Day; walk: DayWalk }) {
  return (
    <>
      <section class="card">
        <h2>{walk.state === "ask" ? t("ui.walk.usual") : written(walk.message)}</h2>
        {walk.state === "ask" ? null : (
          <>
            <p>{t("ui.walk.week", { days: walk.week_days, over: walk.over_days, goal: walk.goal_days })}</p>
            <p class="quiet">{t("ui.walk.goal", { minutes: walk.goal_min, days: walk.goal_days })}</p>
          </>
        )}
        {walk.state === "ask" ? <Usual walk={walk} /> : null}
      </section>
      <Log walk={walk} />
      <WhyCard key={`${walk.state} ${walk.minutes} ${walk.walked_min}`} exercise="walk" on={null} />
      {walk.minutes !== null ? (
        <details class="card">
          <summary>{t("ui.walk.usual.less")}</summary>
          <Usual walk={walk} />
        </details>
      ) : null}
      <p class="quiet">
        {t("ui.walk.hurt")} <a href="/how">{t("ui.how.title")}</a>
        {day.flare_since === null ? (
          <>
            {" "}
            · <a href="/flare">{t("ui.flare.button")}</a>
          </>
        ) : null}
      </p>
    </>
  );
}

/** The usual comfortable walk, by a tap. */
function Usual({ walk }: { walk: DayWalk }) {
  const [kept, setKept] = useState<number | null>(null);
  const pick = (minutes: number) => {
    tellUsual(minutes);
    setKept(minutes);
  };
  return (
    <>
      <p>{t("ui.walk.usual.lead")}</p>
      <div class="picks">
        {walk.choices.map((minutes) => (
          <button key={minutes} type="button" class="button button-plain" onClick={() => pick(minutes)}>
            {minutes === walk.goal_min
              ? t("ui.walk.usual.most", { minutes })
              : t("ui.walk.minutes", { count: minutes })}
          </button>
        ))}
      </div>
      <p role="status">{kept === null ? "" : t("ui.walk.usual.kept", { minutes: kept })}</p>
    </>
  );
}

/** What was walked today, and another walk. */
function Log({ walk }: { walk: DayWalk }) {
  const [minutes, setMinutes] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    tellWalk(Number(minutes));
    setMinutes("");
  };
  return (
    <section class="card">
      <h2>{walk.walked_min > 0 ? t("ui.walk.today", { minutes: walk.walked_min }) : t("ui.walk.log")}</h2>
      {walk.walks.length > 0 ? (
        <ul class="walked">
          {walk.walks.map((one) => (
            <li key={one.fact}>
              <span>{t("ui.walk.entry", { at: clock(one.at), minutes: one.minutes })}</span>
              <button
                type="button"
                class="button button-quiet"
                aria-label={t("ui.walk.take-back.of", { at: clock(one.at), minutes: one.minutes })}
                onClick={() => takeBack(one.fact)}
              >
                {t("ui.walk.take-back")}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {walk.minutes !== null && walk.walked_min < walk.minutes ? (
        <button type="button" class="button" onClick={() => tellWalk((walk.minutes ?? 0) - walk.walked_min)}>
          {t(walk.walked_min > 0 ? "ui.walk.done.more" : "ui.walk.done", { minutes: walk.minutes - walk.walked_min })}
        </button>
      ) : null}
      <form class="walk-other" onSubmit={submit}>
        <label class="field">
          <span>{t("ui.walk.other")}</span>
          <input
            type="number"
            required
            min={1}
            max={MOST_MINUTES}
            step={1}
            inputMode="numeric"
            value={minutes}
            onInput={(event) => setMinutes(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button button-plain">
          {t("ui.walk.other.save")}
        </button>
      </form>
    </section>
  );
}
