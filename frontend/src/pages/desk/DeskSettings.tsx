/** What is chosen at the desk: the interval, the quiet hours, and the profiles. */
import { useState } from "preact/hooks";
import { post } from "../../api/http";
import { desk } from "../../api/load";
import type { DeskState } from "../../api/types";
import { watcher } from "../../desk/watcher";
import { fullDate, hourOfDay } from "../../words/when";
import { t } from "../../words/words";
import { sentenceOf } from "../data/trouble";

const STEP_MIN = 5;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function ChoiceCard({ choice }: { choice: DeskState["choice"] }) {
  const [told, setTold] = useState("");
  const change = async (part: Partial<DeskState["choice"]>) => {
    const { interval_min, quiet_from_h, quiet_to_h } = { ...choice, ...part };
    try {
      await post("/api/desk/choice", watcher().from({ interval_min, quiet_from_h, quiet_to_h }));
      await desk.load();
      setTold(t("ui.desk.kept"));
    } catch (error) {
      setTold(sentenceOf(error));
    }
  };
  const intervals: number[] = [];
  for (let min = choice.shortest_interval_min; min <= choice.longest_interval_min; min += STEP_MIN) intervals.push(min);
  if (!intervals.includes(choice.interval_min)) intervals.push(choice.interval_min);
  return (
    <section class="card">
      <h2>{t("ui.desk.choice")}</h2>
      <label class="field">
        <span>{t("ui.desk.interval")}</span>
        <select
          value={choice.interval_min}
          onChange={(event) => void change({ interval_min: Number(event.currentTarget.value) })}
        >
          {intervals
            .sort((a, b) => a - b)
            .map((min) => (
              <option key={min} value={min}>
                {t("ui.desk.minutes", { count: min })}
              </option>
            ))}
        </select>
      </label>
      <Hour name="from" hour={choice.quiet_from_h} pick={(quiet_from_h) => void change({ quiet_from_h })} />
      <Hour name="to" hour={choice.quiet_to_h} pick={(quiet_to_h) => void change({ quiet_to_h })} />
      <p class="quiet">{t("ui.desk.quiet.none")}</p>
      <p role="status">{told}</p>
    </section>
  );
}

function Hour({ name, hour, pick }: { name: "from" | "to"; hour: number; pick: (hour: number) => void }) {
  return (
    <label class="field">
      <span>{t(`ui.desk.quiet.${name}`)}</span>
      <select value={hour} onChange={(event) => pick(Number(event.currentTarget.value))}>
        {HOURS.map((one) => (
          <option key={one} value={one}>
            {hourOfDay(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Profiles({ state, calibrate }: { state: DeskState; calibrate: (name: string) => void }) {
  const [name, setName] = useState("");
  const [told, setTold] = useState("");
  const forget = async (profile: string) => {
    try {
      await post("/api/desk/profiles/forget", watcher().from({ profile }));
      await desk.load();
      setTold(t("posture.forgotten", { profile }));
    } catch (error) {
      setTold(sentenceOf(error));
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    calibrate(name.trim());
  };
  return (
    <section class="card">
      <h2>{t("ui.desk.profiles")}</h2>
      <p>{t("ui.desk.profiles.text")}</p>
      {state.profiles.length === 0 ? null : (
        <ul class="desk-profiles">
          {state.profiles.map((one) => (
            <li key={one.name}>
              <span>{t(`ui.desk.profile.${one.view}`, { name: one.name, day: fullDate(one.kept_on) })}</span>
              <span class="desk-profile-buttons">
                <button
                  type="button"
                  class="button button-quiet"
                  aria-label={t("ui.desk.again.of", { name: one.name })}
                  onClick={() => calibrate(one.name)}
                >
                  {t("ui.desk.again")}
                </button>
                <button
                  type="button"
                  class="button button-quiet"
                  aria-label={t("ui.desk.forget.of", { name: one.name })}
                  onClick={() => void forget(one.name)}
                >
                  {t("ui.desk.forget")}
                </button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <form class="walk-other" onSubmit={submit}>
        <label class="field">
          <span>{t("ui.desk.name")}</span>
          <input
            type="text"
            required
            maxLength={40}
            pattern=".*\S.*"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button button-plain">
          {t("ui.desk.calibrate")}
        </button>
      </form>
      <p role="status">{told}</p>
    </section>
  );
}
