/** Today: what is due now, how much of it, and why. One tap starts. */
import { useEffect } from "preact/hooks";
import { waiting, warningWaits } from "../../api/facts";
import { serverThere } from "../../api/http";
import { current, today } from "../../api/load";
import type { Day } from "../../api/types";
import { sessionHere } from "../../session/offline";
import { Page } from "../../ui/Page";
import { navigate, query } from "../../ui/router";
import { Seal } from "../../ui/Seal";
import { Limits } from "../../ui/Shell";
import { Show } from "../../ui/States";
import { Unfilled } from "../../ui/Unfilled";
import { longDay, shortDay } from "../../words/when";
import { t, written } from "../../words/words";
import { OutcomeCard } from "../outcomes/OutcomeCard";
import { warningIsOpen } from "../welcome/kept";
import { Before } from "./Before";
import { HeldPage } from "./HeldPage";
import { beforeNeeds, beforeWalkNeeds } from "./needs";
import { OpenAnswer } from "./OpenAnswer";
import { PausedPage } from "./PausedPage";
import { Start } from "./Start";
import { StepCard } from "./StepCard";

export function TodayPage() {
  // The server says what follows from an answer. Until it has heard of a warning sign, nothing older may stand in its place.
  if (waiting.value > 0 && warningWaits()) return <HeldPage />;
  if (warningIsOpen()) return <OpenAnswer />;
  return (
    <Show
      from={today}
      frame={(inside) => (
        <Unfilled title={t("ui.nav.today")}>
          {inside}
          <GoOnWithout />
        </Unfilled>
      )}
    >
      {(day) => <TodayOf day={day} />}
    </Show>
  );
}

/** The way back into a session that was begun, while the server cannot be asked. */
function GoOnWithout() {
  if (serverThere.value || sessionHere(Date.now()) === null) return null;
  return (
    <section class="card">
      <p>{t("ui.offline.session")}</p>
      <a class="button button-wide" href="/session">
        {t("ui.today.carry-on")}
      </a>
    </section>
  );
}

function TodayOf({ day }: { day: Day }) {
  const mustScreen = day.kind === "first-run" || day.needs.includes("screen") || day.needs.includes("acknowledge");
  const first = day.verdict === null;
  useEffect(() => {
    if (mustScreen && first) navigate("/welcome", { replace: true });
    else void current.load();
  }, [mustScreen, first]);
  if (mustScreen && first) return null;
  const walks = query.value.get("before") === "walk";
  const needs = walks ? beforeWalkNeeds(day) : beforeNeeds(day);
  const asks = query.value.get("before") !== null && needs.length > 0;
  if (asks && (walks || day.kind === "paused")) return <Before needs={needs} short={false} to="/walk" />;
  if (day.kind === "paused" && day.verdict) return <PausedPage day={day} verdict={day.verdict} />;
  if (asks) {
    return <Before needs={needs} short={query.value.get("short") !== null} />;
  }
  return <Due day={day} mustScreen={mustScreen} />;
}

function Due({ day, mustScreen }: { day: Day; mustScreen: boolean }) {
  const open = openSteps(day);
  return (
    <Page
      title={written(day.title)}
      className="today"
      aside={<time dateTime={day.on}>{shortDay(day.on)}</time>}
      ownLimits
    >
      <p class="lead today-lead">
        <span class="wide">{longDay(day.on)}. </span>
        {written(day.lead)}
      </p>
      <div class="today-seal">
        <Seal review={day.reviewed} />
      </div>
      <Start day={day} mustScreen={mustScreen} />
      <div class="today-steps">
        <Reasons day={day} />
        <Flare day={day} />
        <Book day={day} />
        <OutcomeCard due={day.outcomes[0]} />
        {day.steps.map((step, index) => (
          <StepCard key={step.step} step={step} number={index + 1} open={open.has(step.step)} walk={day.walk} />
        ))}
        {day.verdict ? (
          <div class="today-ways">
            {day.flare_since === null && !day.unwell ? (
              <a class="button button-plain" href="/flare">
                {t("ui.flare.button")}
              </a>
            ) : null}
            <a class="button button-plain" href="/desk">
              {t("ui.today.desk")}
            </a>
          </div>
        ) : null}
        <Limits />
      </div>
    </Page>
  );
}

/** Why the day is gentler than it could be, where an answer holds it back. */
function Reasons({ day }: { day: Day }) {
  const { verdict } = day;
  if (!verdict || verdict.outcome === "start" || !verdict.text) return null;
  return (
    <section class="card holdback">
      <h2>{written(verdict.title)}</h2>
      <p>{written(verdict.text)}</p>
      <a href="/how">{t("ui.holdback.more")}</a>
    </section>
  );
}

/** A flare-up that is on, and how it ends. */
function Flare({ day }: { day: Day }) {
  if (day.flare_since === null) return null;
  return (
    <section class="card holdback">
      <h2>{t("ui.flare.on")}</h2>
      <p>{t("ui.flare.on.text")}</p>
      <p class="holdback-ways">
        <a href="/flare">{t("ui.flare.on.tell")}</a>
        {day.flare_told_today.length > 0 ? <a href="/flare">{t("ui.flare.mistake")}</a> : null}
      </p>
    </section>
  );
}

/** A review that the plan asks for, and why. */
function Book({ day }: { day: Day }) {
  if (day.book.length === 0) return null;
  return (
    <section class="card holdback">
      <h2>{t("ui.book.title")}</h2>
      <p>{t("ui.book.text")}</p>
      <ul>
        {day.book.map((why) => (
          <li key={written(why.message)}>{written(why.message)}</li>
        ))}
      </ul>
      <a href="/review">{t("ui.book.done")}</a>
    </section>
  );
}

/** What is shown in full: the next step that is due, and the core whenever it is. */
function openSteps(day: Day): Set<string> {
  const due = day.steps.filter((step) => step.state === "due").map((step) => step.step);
  return new Set(due.includes("core") ? [due[0] ?? "core", "core"] : due.slice(0, 1));
}
