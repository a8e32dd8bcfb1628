/** What an expert answered to the changes that waited for their word; and whether such changes are to wait. */
import { useState } from "preact/hooks";
import type { Day, Item, Proposal } from "../../api/types";
import { t } from "../../words/words";
import { Choice } from "../welcome/ItemQuestion";

type Proposed = Item & { proposal: Proposal };

/** The exercises with a change that waits. */
export const proposed = (day: Day): Proposed[] =>
  day.steps.flatMap((step) => step.items.filter((item): item is Proposed => item.proposal !== null));

const ANSWERS = ["yes", "not-yet"] as const;

export function Proposals({ day }: { day: Day }) {
  return (
    <>
      {proposed(day).map((item) => (
        <Answer key={item.exercise} item={item} />
      ))}
    </>
  );
}

function Answer({ item: { exercise, proposal } }: { item: Proposed }) {
  const [picked, setPicked] = useState<string | undefined>(undefined);
  const asked = { exercise: t(`${exercise}.name`), form: t(`${exercise}.rung.${proposal.rung}`), kg: proposal.kg };
  return (
    <>
      <Choice
        legend={t(`ui.reviewed.proposal.${proposal.kind}`, asked)}
        note={t("ui.reviewed.proposal.note")}
        options={ANSWERS.map((id) => ({ id, text: t(`packet.form.${id}`) }))}
        picked={picked}
        onPick={setPicked}
      />
      <input type="hidden" name={`${exercise} proposal`} value={picked ?? ""} />
      {picked === "not-yet" ? (
        <label class="field">
          <span>{t("ui.reviewed.proposal.why")}</span>
          <input type="text" name={`${exercise} why`} maxLength={200} autocomplete="off" />
        </label>
      ) : null}
    </>
  );
}

const WAITS = ["keep", "yes", "no"] as const;

export function WaitsField() {
  return (
    <label class="field">
      <span>{t("packet.form.waits")}</span>
      <select name="waits">
        {WAITS.map((id) => (
          <option key={id} value={id}>
            {t(`ui.reviewed.waits.${id}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The answers in the form's fields, by exercise; what was not answered is not among them, and waits on. */
export function proposalsOf(fields: FormData, day: Day): Record<string, Record<string, unknown>> {
  const told: Record<string, Record<string, unknown>> = {};
  for (const { exercise, proposal } of proposed(day)) {
    const answer = String(fields.get(`${exercise} proposal`) ?? "");
    const why = String(fields.get(`${exercise} why`) ?? "").trim();
    if (answer) told[exercise] = { kind: proposal.kind, rung: proposal.rung, yes: answer === "yes", why: why || null };
  }
  return told;
}
