/** What the plan needs to know of a person: body mass before any weight, a helper, and what is at hand at home. */
import { useState } from "preact/hooks";
import { flush, record } from "../../api/facts";
import { exercises, myself, settleToday } from "../../api/load";
import type { ExerciseInfo, Myself } from "../../api/types";
import { Page } from "../../ui/Page";
import { navigate } from "../../ui/router";
import { Show } from "../../ui/States";
import { LB_PER_KG, massUnit, t } from "../../words/words";
import { Choice } from "../welcome/ItemQuestion";

const YES_NO = ["yes", "no"] as const;

export function YouPage() {
  return (
    <Page title={t("ui.you.title")} className="review">
      <p class="lead">{t("ui.you.lead")}</p>
      <Show from={myself}>
        {(known) => <Show from={exercises}>{(all) => <Form known={known} things={thingsOf(all, known)} />}</Show>}
      </Show>
    </Page>
  );
}

/** What an exercise may wait for; a carpet or a cushion stands in for the rest. */
const thingsOf = (all: ExerciseInfo[], { comforts }: Myself): string[] =>
  [...new Set(all.flatMap((one) => one.equipment))].filter((thing) => !comforts.includes(thing)).sort();

const perKg = (): number => (massUnit.value === "lb" ? LB_PER_KG : 1);
const shown = (kg: number | null): string => (kg === null ? "" : String(Math.round(kg * perKg() * 10) / 10));
const textOf = (fields: FormData, name: string): string => String(fields.get(name) ?? "").trim();
const numberOf = (text: string): number | null => (text === "" ? null : Number(text));

function Form({ known, things }: { known: Myself; things: string[] }) {
  const [helper, setHelper] = useState(known.helper === null ? undefined : known.helper ? "yes" : "no");
  const [mass, setMass] = useState(shown(known.body_mass_kg));
  const unit = massUnit.value;
  const [least_kg, most_kg] = known.body_mass_limits_kg;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const told = numberOf(mass);
    record("person-described", {
      // To a hundredth, so that pounds come back as they were typed.
      body_mass_kg: told === null ? null : Math.round((told / perKg()) * 100) / 100,
      birth_year: numberOf(textOf(fields, "birth_year")) ?? known.birth_year,
      name: textOf(fields, "name") || null,
      goal: textOf(fields, "goal") || null,
      helper: helper === undefined ? null : helper === "yes",
      equipment: things.filter((thing) => fields.get(thing) !== null),
      // An empty field takes back what was told before; null alone says nothing of it.
      withdrawn: told === null && known.body_mass_kg !== null ? ["body_mass_kg"] : [],
    });
    await flush();
    await settleToday();
    navigate("/how");
  };
  return (
    <form class="card" onSubmit={(event) => void submit(event)}>
      <label class="field">
        <span>{t(`ui.you.mass.${unit}`)}</span>
        <input
          type="number"
          name="mass"
          min={Math.ceil(least_kg * perKg())}
          max={Math.floor(most_kg * perKg())}
          step="0.1"
          inputMode="decimal"
          value={mass}
          onInput={(event) => setMass(event.currentTarget.value)}
        />
        <small>
          {t("ui.you.mass.why")} <a href="/settings">{t("ui.you.mass.unit")}</a>
        </small>
      </label>
      <label class="field">
        <span>{t("ui.you.name")}</span>
        <input type="text" name="name" maxLength={120} autocomplete="off" defaultValue={known.name ?? ""} />
        <small>{t("ui.you.name.why")}</small>
      </label>
      <label class="field">
        <span>{t("ui.you.birth-year")}</span>
        <input
          type="number"
          name="birth_year"
          min={1900}
          max={2100}
          inputMode="numeric"
          defaultValue={known.birth_year === null ? "" : String(known.birth_year)}
        />
      </label>
      <label class="field">
        <span>{t("ui.you.goal")}</span>
        <input type="text" name="goal" maxLength={240} autocomplete="off" defaultValue={known.goal ?? ""} />
        <small>{t("ui.you.goal.why")}</small>
      </label>
      <Choice
        legend={t("ui.you.helper")}
        note={t("ui.you.helper.why")}
        options={YES_NO.map((id) => ({ id, text: t(`ui.answer.${id}`) }))}
        picked={helper}
        onPick={setHelper}
      />
      <fieldset class="choice">
        <legend>
          {t("ui.you.equipment")}
          <small>{t("ui.you.equipment.why")}</small>
        </legend>
        {things.map((thing) => (
          <label key={thing} class="tick">
            <input
              type="checkbox"
              name={thing}
              defaultChecked={known.equipment === null || known.equipment.includes(thing)}
            />
            <span>{t(`equipment.${thing}`)}</span>
          </label>
        ))}
      </fieldset>
      <div class="clearance-end">
        <button type="submit" class="button">
          {t("ui.clearance.save")}
        </button>
        <a class="button button-quiet" href="/how">
          {t("ui.cancel")}
        </a>
      </div>
      <p class="quiet">{t("ui.you.own")}</p>
    </form>
  );
}
