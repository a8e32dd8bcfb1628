/** A flare-up: what it changes and how it ends, said before it is told; and while it lasts, how the pain is now. */
import { useState } from "preact/hooks";
import { flush, record } from "../../api/facts";
import { settleToday, today } from "../../api/load";
import type { Day } from "../../api/types";
import { Page } from "../../ui/Page";
import { navigate } from "../../ui/router";
import { Scale } from "../../ui/Scale";
import { Show } from "../../ui/States";
import { fullDate } from "../../words/when";
import { t } from "../../words/words";

export function FlarePage() {
  return (
    <Page title={t("ui.flare.title")} className="flare">
      <Show from={today}>{(day) => (day.flare_since === null ? <Begins /> : <Lasts day={day} />)}</Show>
    </Page>
  );
}

async function backToToday(): Promise<void> {
  await flush();
  await settleToday();
  navigate("/");
}

function Begins() {
  const tell = () => {
    record("flare-reported", { note: null });
    void backToToday();
  };
  return (
    <>
      <p class="lead">{t("ui.flare.lead")}</p>
      <section class="card">
        <h2>{t("ui.flare.what")}</h2>
        <ul>
          <li>{t("ui.flare.what.questions")}</li>
          <li>{t("ui.flare.what.move")}</li>
          <li>{t("ui.flare.what.less")}</li>
          <li>{t("ui.flare.what.back")}</li>
        </ul>
        <button type="button" class="button" onClick={tell}>
          {t("ui.flare.tell")}
        </button>{" "}
        <a class="button button-quiet" href="/">
          {t("ui.cancel")}
        </a>
      </section>
    </>
  );
}

function Lasts({ day }: { day: Day }) {
  return (
    <>
      <p class="lead">{t("ui.flare.since", { on: fullDate(day.flare_since ?? day.on) })}</p>
      <PainNow />
    </>
  );
}

/** A number on a day without core work: two calm ones, a day apart, end a flare-up. */
function PainNow() {
  const [value, setValue] = useState<number | null>(null);
  const tell = () => {
    const pain = { when: "before", nprs: value, words: null, session: null, exercise: null, further_down_leg: false };
    record("pain-reported", pain);
    void backToToday();
  };
  return (
    <section class="card">
      <h2>{t("ui.screen.pain-now")}</h2>
      <p>{t("ui.flare.ends")}</p>
      <Scale
        legend={t("ui.screen.pain-now")}
        quietLegend
        low={t("ui.pain.low")}
        high={t("ui.pain.high")}
        value={value}
        onPick={setValue}
      />
      <button type="button" class="button" disabled={value === null} onClick={tell}>
        {t("ui.flare.keep")}
      </button>
    </section>
  );
}
