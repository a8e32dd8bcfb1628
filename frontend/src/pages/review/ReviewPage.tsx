/** What a doctor or physiotherapist said about the plan, taken down by the person: who, when, and what changes. */
import { useState } from "preact/hooks";
import { localDate } from "../../api/device";
import { flush, record } from "../../api/facts";
import { settleToday, today } from "../../api/load";
import type { Day } from "../../api/types";
import { Page } from "../../ui/Page";
import { navigate } from "../../ui/router";
import { Show } from "../../ui/States";
import { t, written } from "../../words/words";
import { Choice } from "../welcome/ItemQuestion";
import { type Row, rowOf } from "./row";

export function ReviewPage() {
  return (
    <Page title={t("ui.reviewed.title")} className="review">
      <p class="lead">{t("ui.reviewed.lead")}</p>
      <Show from={today}>
        {(day) => (
          <>
            <Asked day={day} />
            <Form day={day} />
          </>
        )}
      </Show>
    </Page>
  );
}

/** Why a review is asked for now, to be shown to whoever does it. */
function Asked({ day }: { day: Day }) {
  if (day.book.length === 0) return null;
  return (
    <section class="card">
      <h2>{t("ui.book.title")}</h2>
      <ul>
        {day.book.map((why) => (
          <li key={written(why.message)}>{written(why.message)}</li>
        ))}
      </ul>
    </section>
  );
}

type Decision = "go-on" | "with-changes" | "stop";
const YES_NO = ["yes", "no"] as const;

function Form({ day }: { day: Day }) {
  const [decision, setDecision] = useState<Decision | undefined>(undefined);
  const [examined, setExamined] = useState<string | undefined>(undefined);
  const [load, setLoad] = useState<string | undefined>(undefined);
  const [told, setTold] = useState("");
  const exercises = day.steps.flatMap((step) =>
    step.items.map((item) => ({ id: item.exercise, core: step.step === "core" })),
  );
  const yesNo = YES_NO.map((id) => ({ id, text: t(`ui.answer.${id}`) }));
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    if (decision === undefined || examined === undefined || load === undefined)
      return setTold(t("ui.reviewed.missing"));
    const rows = decision === "with-changes" ? exercises.map(({ id }) => [id, rowOf(fields, id)] as const) : [];
    record("review-recorded", {
      by_whom: String(fields.get("by_whom")).trim(),
      profession: String(fields.get("profession")).trim(),
      reviewed_on: String(fields.get("reviewed_on")),
      examined: examined === "yes",
      decision,
      load: load === "yes" && decision !== "stop",
      changes: Object.fromEntries(rows.filter((row): row is readonly [string, Row] => row[1] !== null)),
    });
    await flush();
    await settleToday();
    navigate("/");
  };
  return (
    <form class="card" onSubmit={(event) => void submit(event)}>
      <h2>{t("ui.reviewed.form")}</h2>
      <label class="field">
        <span>{t("ui.clearance.seen-on")}</span>
        <input type="date" name="reviewed_on" required max={localDate()} />
      </label>
      <label class="field">
        <span>{t("ui.clearance.by-whom")}</span>
        <input type="text" name="by_whom" required maxLength={200} autocomplete="off" pattern=".*\S.*" />
      </label>
      <label class="field">
        <span>{t("ui.clearance.profession")}</span>
        <input type="text" name="profession" required maxLength={200} autocomplete="off" pattern=".*\S.*" />
      </label>
      <Choice legend={t("ui.reviewed.examined")} note={null} options={yesNo} picked={examined} onPick={setExamined} />
      <Choice
        legend={t("ui.reviewed.decision")}
        note={null}
        stacked
        options={(["go-on", "with-changes", "stop"] as const).map((id) => ({ id, text: t(`ui.reviewed.${id}`) }))}
        picked={decision}
        onPick={(id) => setDecision(id as Decision)}
      />
      {decision === "with-changes" ? exercises.map((one) => <Changes key={one.id} {...one} />) : null}
      <Choice
        legend={t("ui.reviewed.load")}
        note={t("ui.reviewed.load.note")}
        options={yesNo}
        picked={load}
        onPick={setLoad}
      />
      <p class="question-told" role="status">
        {told}
      </p>
      <div class="clearance-end">
        <button type="submit" class="button">
          {t("ui.clearance.save")}
        </button>
        <a class="button button-quiet" href="/">
          {t("ui.cancel")}
        </a>
      </div>
      <p class="quiet">{t("ui.clearance.own")}</p>
    </form>
  );
}

/** What changes for one exercise: nothing, none of it for now, or another dose of core work. */
function Changes({ id, core }: { id: string; core: boolean }) {
  const [how, setHow] = useState("same");
  return (
    <fieldset class="review-row">
      <legend>{t(`${id}.name`)}</legend>
      <label class="field">
        <span>{t("ui.reviewed.change")}</span>
        <select name={`${id} how`} value={how} onChange={(event) => setHow(event.currentTarget.value)}>
          <option value="same">{t("ui.reviewed.change.same")}</option>
          {core ? <option value="dose">{t("ui.reviewed.change.dose")}</option> : null}
          <option value="stop">{t("ui.reviewed.change.stop")}</option>
        </select>
      </label>
      {how === "dose" ? (
        <>
          <label class="field">
            <span>{t("ui.reviewed.change.hold")}</span>
            <input type="number" name={`${id} hold`} required min={5} max={600} step={5} inputMode="numeric" />
          </label>
          <label class="field">
            <span>{t("ui.reviewed.change.sets")}</span>
            <input type="number" name={`${id} sets`} required min={1} max={10} inputMode="numeric" />
          </label>
        </>
      ) : null}
    </fieldset>
  );
}
