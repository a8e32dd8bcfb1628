/** One outcome measure, answered; then what it says beside the first answer. */
import { useState } from "preact/hooks";
import { flush, record } from "../../api/facts";
import { outcomes, settleToday, today } from "../../api/load";
import type { Instrument } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { useFocusOnArrival } from "../../ui/Page";
import { Limits, Shell } from "../../ui/Shell";
import { Show } from "../../ui/States";
import { t, words, written } from "../../words/words";
import { MissingPage } from "../MissingPage";
import { Activities, Choices, Rating, Ticks } from "./forms";

export function OutcomePage({ id }: { id: string }) {
  return (
    <Show from={outcomes} frame={(inside) => <Shell bare>{inside}</Shell>}>
      {(all) => {
        const found = all.instruments.find((one) => one.id === id);
        return found ? <Answering instrument={found} /> : <MissingPage />;
      }}
    </Show>
  );
}

function Answering({ instrument }: { instrument: Instrument }) {
  // What is asked was fixed when the page was opened; the answer itself must not change the question under it.
  const [asked] = useState(instrument);
  const [saved, setSaved] = useState(false);
  const save = async (answer: Record<string, unknown>) => {
    record("outcome-answered", { instrument: asked.id, ...answer });
    setSaved(true);
    await flush();
    await Promise.all([outcomes.load(), settleToday()]);
  };
  if (saved) return <Saved instrument={instrument} before={asked.series.length} />;
  return (
    <Frame title={t(`outcome.${asked.id}.name`)}>
      <Asked instrument={asked} onSave={(answer) => void save(answer)} />
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: preact.ComponentChildren }) {
  const heading = useFocusOnArrival(title, title);
  return (
    <Shell bare>
      <div class="question outcome">
        <div class="question-top">
          <a class="round" href="/" aria-label={t("ui.back")}>
            <Icon name="back" />
          </a>
        </div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
      <Limits />
    </Shell>
  );
}

interface AskedProps {
  instrument: Instrument;
  onSave(answer: Record<string, unknown>): void;
}

function Asked({ instrument, onSave }: AskedProps) {
  const { published } = instrument;
  if (instrument.kind === "ticks" && published) {
    return (
      <>
        {published.language === words.value?.language ? null : <p class="quiet">{t("outcome.other-language")}</p>}
        <Ticks words={published} onSave={onSave} />
      </>
    );
  }
  if (instrument.kind === "activities") return <Activities instrument={instrument} onSave={onSave} />;
  if (instrument.kind === "choice") return <Choices instrument={instrument} onSave={onSave} />;
  return <Rating instrument={instrument} onSave={onSave} />;
}

/** Thanks, and what the answer says once the server has it. */
function Saved({ instrument, before }: { instrument: Instrument; before: number }) {
  const next = today.signal.value.value?.outcomes[0];
  const told = instrument.series.length > before || instrument.due === null;
  return (
    <Frame title={t("ui.outcomes.saved")}>
      <section class="card outcome-says" role="status">
        <h2>{t(`outcome.${instrument.id}.name`)}</h2>
        {told && instrument.says.length > 0 ? (
          instrument.says.map((message) => <p key={message.id}>{written(message)}</p>)
        ) : (
          <p>{t("ui.outcomes.saved.text")}</p>
        )}
      </section>
      <div class="stack">
        <a class="button button-wide" href="/">
          {t("ui.outcomes.home")}
        </a>
        <a class="button button-plain" href="/progress#outcomes">
          {t("ui.outcomes.progress")}
        </a>
        {next && next.instrument !== instrument.id ? (
          <a class="button button-quiet" href={`/outcomes/${next.instrument}`}>
            {t("ui.outcomes.next")}: {t(`outcome.${next.instrument}.name`)}
          </a>
        ) : null}
      </div>
    </Frame>
  );
}
