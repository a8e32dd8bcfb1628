/** How somebody is doing: where things stand, the numbers told so far, and the questions again. */
import { history, today } from "../../api/load";
import type { Day, History, Reason, Verdict } from "../../api/types";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { has, t, written } from "../../words/words";
import { PainList, painEntries } from "../progress/PainList";
import { useToday } from "../today/useToday";
import { leadsToScreen, WaysBack } from "./WaysBack";

export function HowPage() {
  return (
    <Page title={t("ui.how.title")} className="how">
      <p class="lead">{t("ui.how.lead")}</p>
      <Show from={today}>{(day) => <Standing day={day} />}</Show>
      <ScreenAgain />
      <section class="card">
        <h2>{t("ui.how.pain")}</h2>
        <Show from={history}>{(past) => <Pain history={past} />}</Show>
      </section>
      <p class="how-links">
        <FlaredUp />
        <a href="/packet">{t("ui.packet.title")}</a>
        <a href="/review">{t("ui.reviewed.title")}</a>
        <a href="/told">{t("ui.told.title")}</a>
        <a href="/you">{t("ui.you.title")}</a>
        <a href="/settings">{t("ui.how.settings")}</a>
        <a href="/about">{t("ui.how.about")}</a>
      </p>
    </Page>
  );
}

/** The way to tell of a flare-up, which is nothing to go and look for; not while one is told already, or all rests. */
function FlaredUp() {
  const { day } = useToday();
  if (!day?.verdict || day.kind === "paused" || day.flare_since !== null) return null;
  return <a href="/flare">{t("ui.flare.button")}</a>;
}

/** The questions once more; not where the way back above leads to them already. */
function ScreenAgain() {
  const { day } = useToday();
  if (day?.verdict && leadsToScreen(day.verdict)) return null;
  return (
    <section class="card">
      <h2>{t("ui.how.screen")}</h2>
      <p>{t("ui.how.screen.text")}</p>
      <a class="button button-plain" href="/welcome">
        {t("ui.how.screen-again")}
      </a>
    </section>
  );
}

function Standing({ day }: { day: Day }) {
  const { verdict } = day;
  if (!verdict) return null;
  return (
    <section class="card">
      <h2>{verdict.title && verdict.outcome !== "start" ? written(verdict.title) : t("ui.how.stands")}</h2>
      {verdict.text && verdict.outcome !== "start" ? <p>{written(verdict.text)}</p> : <Rests day={day} />}
      <Because verdict={verdict} />
      {verdict.modifications.length > 0 ? <p>{t("ui.how.variants")}</p> : null}
      {verdict.ways_back.length > 0 ? <WaysBack verdict={verdict} /> : null}
    </section>
  );
}

/** What speaks against an exercise today; nothing may be said to hold back nothing while something does. */
const AGAINST = new Set(["plan.reason.hurt", "plan.reason.held-hurt", "plan.reason.pain", "plan.reason.unwell"]);

/** What makes a dose smaller than it was. */
const LESS = new Set(
  [
    "eased-back",
    "eased-back-morning",
    "easier-rung",
    "a-set-fewer",
    "a-hold-fewer",
    "week-rose",
    "after-gap",
    "rung-back",
    "stays-easier",
  ].map((name) => `plan.reason.${name}`),
);

function Rests({ day }: { day: Day }) {
  const resting = because(day, AGAINST);
  const less = because(day, LESS);
  const flare = day.flare_since !== null;
  const again = day.needs.includes("screen");
  if (resting.length + less.length === 0 && !flare && !again) return <p>{t("ui.how.stands.start")}</p>;
  return (
    <>
      {flare ? <p>{t("ui.how.stands.flare")}</p> : null}
      {again ? <p>{t("ui.how.stands.again")}</p> : null}
      <Listed lead={t("ui.how.stands.rests")} of={resting} />
      <Listed lead={t("ui.how.stands.less")} of={less} />
    </>
  );
}

interface Told {
  exercise: string;
  message: Reason["message"];
}

/** The exercises with one of some reasons, each with it. */
const because = (day: Day, ids: Set<string>): Told[] =>
  day.steps.flatMap((step) =>
    step.items.flatMap((item) => {
      const why = item.reasons.find((reason) => ids.has(reason.message.id));
      return why ? [{ exercise: item.exercise, message: why.message }] : [];
    }),
  );

function Listed({ lead, of }: { lead: string; of: Told[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <p>{lead}</p>
      <ul class="reasons">
        {of.map(({ exercise, message }) => (
          <li key={exercise}>
            {t(`${exercise}.name`)}: {written(message)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Because({ verdict }: { verdict: Verdict }) {
  const reasons = verdict.reasons.filter((reason) => has(reason.message.id));
  if (reasons.length === 0) return null;
  return (
    <ul class="reasons">
      {reasons.map((reason) => (
        <li key={`${reason.item} ${reason.message.id}`}>{written(reason.message)}</li>
      ))}
    </ul>
  );
}

function Pain({ history }: { history: History }) {
  const entries = painEntries(history);
  if (entries.length === 0) return <p class="quiet">{t("ui.how.pain.none")}</p>;
  return <PainList entries={entries} />;
}
