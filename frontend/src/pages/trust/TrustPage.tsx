/** How far the coach can be trusted: what it got right and wrong when everything was known, exercise by exercise. */
import { exercises, trust } from "../../api/load";
import type { ExerciseInfo, Promised, Trust } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { list, t } from "../../words/words";
import { inUnit, split } from "./figures";
import { MeasuredCard } from "./MeasuredCard";

export function TrustPage() {
  const before = (
    <a class="crumb" href="/about">
      <Icon name="back" size={18} />
      {t("ui.about.title")}
    </a>
  );
  return (
    <Page title={t("ui.trust.title")} className="trust" before={before}>
      <Show from={trust}>
        {(measured) => <Show from={exercises}>{(all) => <Measured measured={measured} all={all} />}</Show>}
      </Show>
    </Page>
  );
}

function Measured({ measured, all }: { measured: Trust; all: ExerciseInfo[] }) {
  const { evidence, goals } = measured;
  const { broken, kept } = split(goals);
  return (
    <>
      <p class="lead">{t("ui.trust.lead", { ...evidence })}</p>
      <section class="card trust-worth">
        <h2>{t("ui.trust.worth")}</h2>
        {list("ui.trust.worth.text").map((text) => (
          <p key={text}>{text}</p>
        ))}
      </section>
      {broken.length > 0 ? (
        <section class="card trust-goals">
          <h2>{t("ui.trust.short")}</h2>
          <p>{t("ui.trust.short.text")}</p>
          <Goals goals={broken} />
        </section>
      ) : null}
      {all.map((info) => {
        const one = measured.exercises.find((it) => it.exercise === info.id && it.as_shown);
        return one ? <MeasuredCard key={info.id} one={one} info={info} planks={measured.planks} /> : null;
      })}
      <details class="card trust-goals">
        <summary>{t("ui.trust.kept", { count: kept.length })}</summary>
        <p>{t("ui.trust.kept.text")}</p>
        <Goals goals={kept} />
      </details>
      <p class="quiet">{t("ui.trust.again", { version: measured.version })}</p>
    </>
  );
}

function Goals({ goals }: { goals: Promised[] }) {
  return (
    <ul>
      {goals.map((goal) => (
        <li key={goal.id}>
          <span>{t(`ui.trust.goal.${goal.id}`)}</span>
          <span class="number">{inUnit(goal.figure.value ?? 0, goal.unit)}</span>
          <small>
            {t(goal.at_least ? "ui.trust.at-least" : "ui.trust.at-most", { limit: inUnit(goal.limit, goal.unit) })}
            {goal.met && !goal.sure ? ` ${t("ui.trust.unsure")}` : ""}
          </small>
        </li>
      ))}
    </ul>
  );
}
