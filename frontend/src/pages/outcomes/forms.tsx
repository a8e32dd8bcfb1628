/** The ways in which an outcome measure is answered: a number, ticks, things of one's own, one of several steps. */
import { useState } from "preact/hooks";
import type { Instrument } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { Scale } from "../../ui/Scale";
import { t } from "../../words/words";
import { type Activity, minutes, rated, ticked } from "./answer";

interface FormProps {
  instrument: Instrument;
  onSave(answer: Record<string, unknown>): void;
}

/** One number from nought to ten, and the minutes walked in the same days. */
export function Rating({ instrument: { id }, onSave }: FormProps) {
  const [value, setValue] = useState<number | null>(null);
  const [walked, setWalked] = useState("");
  return (
    <form
      class="stack outcome-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) onSave({ nprs: value, walked_minutes: minutes(walked) });
      }}
    >
      <p class="lead">{t(`outcome.${id}.ask`)}</p>
      <Scale
        legend={t(`outcome.${id}.ask`)}
        quietLegend
        low={t(`outcome.${id}.low`)}
        high={t(`outcome.${id}.high`)}
        value={value}
        onPick={setValue}
      />
      <label class="field">
        <span>{t("outcome.nprs.walked")}</span>
        <input
          type="number"
          inputMode="numeric"
          min={0}
          max={10_080}
          step={1}
          value={walked}
          onInput={(event) => setWalked(event.currentTarget.value)}
        />
        <small class="quiet">{t("outcome.nprs.walked-hint")}</small>
      </label>
      <div class="question-end">
        <button type="submit" class="button button-wide" disabled={value === null}>
          {t("ui.outcomes.save")}
        </button>
      </div>
    </form>
  );
}

interface TicksProps {
  words: NonNullable<Instrument["published"]>;
  onSave(answer: Record<string, unknown>): void;
}

/** Sentences to tick, word for word as they were published. One without a tick is an answer as well. */
export function Ticks({ words, onSave }: TicksProps) {
  const [ticks, setTicks] = useState<number[]>([]);
  return (
    <form
      class="stack outcome-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ ticks });
      }}
    >
      <p lang={words.language}>{words.instruction}</p>
      <ul class="options" lang={words.language}>
        {words.items.map((sentence, index) => (
          <li key={sentence}>
            <label class="option">
              <input
                type="checkbox"
                class="hidden"
                checked={ticks.includes(index + 1)}
                onChange={(event) => setTicks(ticked(ticks, index + 1, event.currentTarget.checked))}
              />
              <span class="box" aria-hidden="true">
                <Icon name="check" size={18} />
              </span>
              <span>{sentence}</span>
            </label>
          </li>
        ))}
      </ul>
      <div class="outcome-end">
        <p class="quiet">{t("ui.outcomes.untick")}</p>
        <button type="submit" class="button button-wide">
          {t("ui.outcomes.save")}
        </button>
        <p class="quiet outcome-cite" lang={words.language}>
          {words.citation}
        </p>
      </div>
    </form>
  );
}

/** Things that the person names at first, and rates again later. */
export function Activities({ instrument, onSave }: FormProps) {
  const named = (instrument.series[0]?.parts ?? []).map((one): Activity => ({ name: one.name, rating: null }));
  const [activities, setActivities] = useState<Activity[]>(named.length > 0 ? named : [{ name: "", rating: null }]);
  const [told, setTold] = useState("");
  const again = named.length > 0;
  const change = (index: number, part: Partial<Activity>) =>
    setActivities(activities.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <form
      class="stack outcome-form"
      onSubmit={(event) => {
        event.preventDefault();
        const answer = rated(activities);
        if (answer === null) setTold(t("ui.outcomes.open"));
        else onSave({ activities: answer });
      }}
    >
      <p class="lead">{t(again ? "outcome.psfs.again" : "outcome.psfs.ask")}</p>
      {activities.map((one, index) => (
        <div class="card outcome-activity" key={index}>
          {again ? (
            <h2>{one.name}</h2>
          ) : (
            <label class="field">
              <span>{t("outcome.psfs.activity", { number: index + 1 })}</span>
              <input
                type="text"
                maxLength={120}
                autocomplete="off"
                value={one.name}
                onInput={(event) => change(index, { name: event.currentTarget.value })}
              />
              {index === 0 ? <small class="quiet">{t("outcome.psfs.hint")}</small> : null}
            </label>
          )}
          <Scale
            legend={again ? `${one.name}: ${t("outcome.psfs.rate")}` : t("outcome.psfs.rate")}
            quietLegend={again}
            low={t("outcome.psfs.low")}
            high={t("outcome.psfs.high")}
            value={one.rating}
            onPick={(rating) => change(index, { rating })}
          />
        </div>
      ))}
      {!again && activities.length < instrument.activities ? (
        <button
          type="button"
          class="button button-plain"
          onClick={() => setActivities([...activities, { name: "", rating: null }])}
        >
          {t("outcome.psfs.one-more")}
        </button>
      ) : null}
      <div class="question-end">
        <p class="question-told" role="status">
          {told}
        </p>
        <button type="submit" class="button button-wide">
          {t("ui.outcomes.save")}
        </button>
      </div>
    </form>
  );
}

/** One of several steps, the best first. */
export function Choices({ instrument, onSave }: FormProps) {
  const { id, lowest, highest } = instrument;
  const steps = Array.from({ length: highest - lowest + 1 }, (_, index) => highest - index);
  return (
    <>
      <p class="lead">{t(`outcome.${id}.ask`)}</p>
      <div class="stack">
        {steps.map((step) => (
          <button
            key={step}
            type="button"
            class="button button-wide button-plain"
            onClick={() => onSave({ impression: step })}
          >
            {t(`outcome.${id}.${step}`)}
          </button>
        ))}
      </div>
    </>
  );
}
