/** A day of the past: as it ended, by what was known then, and what its sessions showed when they began. */
import { useMemo } from "preact/hooks";
import { source } from "../../api/load";
import type { DayAsShown, ShownDose } from "../../api/types";
import { Page } from "../../ui/Page";
import { askedDay } from "../../ui/router";
import { Show } from "../../ui/States";
import { clock, longDay } from "../../words/when";
import { t, written } from "../../words/words";
import { StepCard } from "../today/StepCard";

export function DayPage() {
  const on = askedDay();
  const day = useMemo(() => (on ? source<DayAsShown>(`/api/days/${on}`) : null), [on]);
  return (
    <Page title={on ? longDay(on) : t("ui.day.title")} className="day">
      <p>
        <a href="/progress">{t("ui.nav.progress")}</a>
      </p>
      {day ? <Show from={day}>{(told) => <Told told={told} />}</Show> : <p class="lead">{t("ui.day.which")}</p>}
    </Page>
  );
}

function Told({ told }: { told: DayAsShown }) {
  return (
    <>
      <p class="lead">{t("ui.day.lead")}</p>
      {told.shown.length > 0 ? (
        <section class="card">
          <h2>{t("ui.day.shown")}</h2>
          {told.same_rules ? null : <p>{t("ui.day.other-rules")}</p>}
          <ul class="day-shown">
            {told.shown.map((one) => (
              <li key={`${one.at} ${one.exercise}`}>{doseOf(one)}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <h2>
        {t("ui.day.ended")} {written(told.day.title)}
      </h2>
      {told.day.steps.map((step, index) => (
        <StepCard
          key={step.step}
          step={step}
          number={index + 1}
          open={step.step === "core"}
          walk={told.day.walk}
          past={told.day.on}
        />
      ))}
    </>
  );
}

function doseOf(one: ShownDose): string {
  const dose = t(one.sets > 1 ? "ui.dose.sets" : "ui.dose.once", { sets: one.sets, hold: one.hold_s });
  return t("ui.day.dose", { at: clock(one.at), exercise: `@${one.exercise}.name`, dose });
}
