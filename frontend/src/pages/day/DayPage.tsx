/** A day of the past: as it ended, by what was known then, and what its sessions showed when they began. */
import { useMemo } from "preact/hooks";
import { source } from "../../api/load";
import type { DayAsShown, ShownDose } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { askedDay } from "../../ui/router";
import { Show } from "../../ui/States";
import { doseLine } from "../../words/dose";
import { clock, longDay } from "../../words/when";
import { t, written } from "../../words/words";
import { StepCard } from "../today/StepCard";

export function DayPage() {
  const on = askedDay();
  const day = useMemo(() => (on ? source<DayAsShown>(`/api/days/${on}`) : null), [on]);
  return (
    <Page title={on ? longDay(on) : t("ui.day.title")} className="day" before={<Back />}>
      {day ? <Show from={day}>{(told) => <Told told={told} />}</Show> : <p class="lead">{t("ui.day.which")}</p>}
    </Page>
  );
}

const Back = () => (
  <a class="crumb" href="/progress">
    <Icon name="back" size={18} />
    {t("ui.nav.progress")}
  </a>
);

function Told({ told }: { told: DayAsShown }) {
  return (
    <>
      <p class="lead">{t(told.over ? "ui.day.lead" : "ui.day.lead.today")}</p>
      {told.shown.length > 0 ? (
        <section class="card">
          <h2>{t("ui.day.shown")}</h2>
          {told.same_rules ? null : <p>{t("ui.day.other-rules")}</p>}
          {begun(told.shown).map(([at, doses]) => (
            <Begun key={at} at={at} doses={doses} />
          ))}
        </section>
      ) : null}
      <h2>
        {t(told.over ? "ui.day.ended" : "ui.day.stands")} {written(told.day.title)}
      </h2>
      {told.day.steps.map((step, index) => (
        <StepCard
          key={step.step}
          step={step}
          number={index + 1}
          open={step.step === "core"}
          walk={told.day.walk}
          past={told.day.on}
          over={told.over}
        />
      ))}
    </>
  );
}

/** What was shown, by the beginning that it was shown at. */
function begun(shown: ShownDose[]): [string, ShownDose[]][] {
  const times = [...new Set(shown.map((one) => one.at))];
  return times.map((at) => [at, shown.filter((one) => one.at === at)]);
}

function Begun({ at, doses }: { at: string; doses: ShownDose[] }) {
  return (
    <>
      <h3>
        <time dateTime={at}>{clock(at)}</time>
      </h3>
      <ul class="day-shown">
        {doses.map((one) => (
          <li key={one.exercise}>
            <span>{t(`${one.exercise}.name`)}</span>
            <span>{doseLine(one)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
