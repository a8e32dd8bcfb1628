/** What was told lately. A slip is taken back by a tap, and put back by another. */
import { useState } from "preact/hooks";
import { record } from "../../api/facts";
import { answers, settleToday } from "../../api/load";
import type { ToldAnswer } from "../../api/types";
import { Page } from "../../ui/Page";
import { Show } from "../../ui/States";
import { clock, shortDay } from "../../words/when";
import { t, written } from "../../words/words";

export function ToldPage() {
  return (
    <Page title={t("ui.told.title")} className="told">
      <p class="lead">{t("ui.told.lead")}</p>
      <Show from={answers}>{(told) => (told.length > 0 ? <Days told={told} /> : <Nothing />)}</Show>
      <p class="quiet">
        {t("ui.told.screen")} <a href="/welcome">{t("ui.how.screen-again")}</a>
      </p>
    </Page>
  );
}

function Nothing() {
  return (
    <section class="card">
      <p>{t("ui.told.none")}</p>
    </section>
  );
}

function Days({ told }: { told: ToldAnswer[] }) {
  const days = [...new Set(told.map((one) => one.on))];
  return (
    <>
      {days.map((on) => (
        <section class="card" key={on}>
          <h2>{shortDay(on)}</h2>
          <ul class="walked">
            {told
              .filter((one) => one.on === on)
              .map((one) => (
                <Row key={one.fact} one={one} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** What was taken back stays in its place for as long as the page is open, so that it can be put back. */
function Row({ one }: { one: ToldAnswer }) {
  const [correction, setCorrection] = useState<string | null>(null);
  const text = `${clock(one.at)} ${written(one.message)}`;
  const act = () => {
    const fact = record("retracted", { fact: correction ?? one.fact });
    setCorrection(correction === null ? fact.id : null);
    void settleToday();
  };
  return (
    <li>
      <span class={correction === null ? "" : "taken-back"}>{text}</span>
      <button
        type="button"
        class="button button-quiet told-act"
        aria-label={`${t(correction === null ? "ui.walk.take-back" : "ui.told.put-back")}: ${text}`}
        onClick={act}
      >
        {t(correction === null ? "ui.walk.take-back" : "ui.told.put-back")}
      </button>
    </li>
  );
}
