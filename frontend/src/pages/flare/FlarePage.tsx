/** A flare-up: what it changes and how it ends, said before it is told; and while it lasts, how the pain is now. */
import { useState } from "preact/hooks";
import { flush, record } from "../../api/facts";
import { settleToday, today } from "../../api/load";
import type { Day } from "../../api/types";
import { Page } from "../../ui/Page";
import { PainNow, recordPainNow } from "../../ui/PainNow";
import { navigate } from "../../ui/router";
import { Show } from "../../ui/States";
import { fullDate } from "../../words/when";
import { t } from "../../words/words";

export function FlarePage() {
  return (
    <Page title={t("ui.flare.title")} className="flare">
      <Show from={today}>
        {(day) => (day.kind === "paused" ? <Paused /> : day.flare_since === null ? <Begins /> : <Lasts day={day} />)}
      </Show>
    </Page>
  );
}

/** While everything is paused nothing may soothe: what to do now stands on today's page. */
function Paused() {
  return (
    <section class="card">
      <p>{t("ui.waits.paused")}</p>
      <a class="button" href="/">
        {t("ui.progress.empty.go")}
      </a>
    </section>
  );
}

async function backToToday(): Promise<void> {
  await flush();
  await settleToday();
  navigate("/");
}

/** As long as a note may be. */
const LONGEST_NOTE = 400;

function Begins() {
  const [note, setNote] = useState("");
  const tell = () => {
    record("flare-reported", { note: note.trim() || null });
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
        <label class="field">
          <span>{t("ui.flare.note")}</span>
          <input
            type="text"
            name="note"
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
            maxLength={LONGEST_NOTE}
            autocomplete="off"
            dir="auto"
          />
          <span class="quiet">{t("ui.flare.note.why")}</span>
        </label>
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
      <HowItIs calmPain={day.flare_calm_pain ?? 0} />
      {day.flare_told_today.length > 0 ? <Mistake facts={day.flare_told_today} /> : null}
    </>
  );
}

/** A number on a day without core work: two calm ones, a day apart, end a flare-up. */
function HowItIs({ calmPain }: { calmPain: number }) {
  const [value, setValue] = useState<number | null>(null);
  const tell = (nprs: number) => {
    recordPainNow(nprs);
    void backToToday();
  };
  return (
    <section class="card">
      <h2>{t("ui.pain.now")}</h2>
      <p>{t("ui.flare.ends", { pain: calmPain })}</p>
      <PainNow value={value} onPick={setValue} />
      <button type="button" class="button" disabled={value === null} onClick={() => value !== null && tell(value)}>
        {t("ui.flare.keep")}
      </button>
    </section>
  );
}

/** On the day on which it was told, and on no other, a slip of the finger is taken back: then nothing has changed. */
function Mistake({ facts }: { facts: string[] }) {
  const takeBack = () => {
    for (const fact of facts) record("retracted", { fact });
    void backToToday();
  };
  return (
    <section class="card">
      <h2>{t("ui.flare.mistake")}</h2>
      <p>{t("ui.flare.mistake.text")}</p>
      <button type="button" class="button button-plain" onClick={takeBack}>
        {t("ui.flare.take-back")}
      </button>
    </section>
  );
}
