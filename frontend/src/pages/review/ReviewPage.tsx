/** What a doctor or physiotherapist said about the plan, taken down by the person: who, when, and what changes. */
import { useEffect, useRef, useState } from "preact/hooks";
import { localDate } from "../../api/device";
import { exercises, settleToday, today } from "../../api/load";
import type { Day } from "../../api/types";
import { Page } from "../../ui/Page";
import { navigate } from "../../ui/router";
import { SeenByEnd, SeenByFields, seenBy } from "../../ui/SeenBy";
import { Show } from "../../ui/States";
import { t, written } from "../../words/words";
import { Choice } from "../welcome/ItemQuestion";
import { type Kept, keepReview } from "./keep";
import { Proposals, proposalsOf, WaitsField } from "./Proposals";
import { Resting } from "./Resting";
import { goOn } from "./resting";
import { lacksChange, type Row, rowOf } from "./row";
import { Watched } from "./Watched";
import { watched } from "./watched";

export function ReviewPage() {
  useEffect(() => void exercises.load(), []);
  return (
    <Page title={t("ui.reviewed.title")} className="review">
      <p class="lead">
        {t("ui.reviewed.lead")} <a href="/packet">{t("ui.packet.title")}</a>
      </p>
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

type Decision = "go-on" | "with-changes" | "stop" | "contact";
const DECISIONS: readonly Decision[] = ["go-on", "with-changes", "stop", "contact"];
const YES_NO = ["yes", "no"] as const;

function Form({ day: now }: { day: Day }) {
  const [decision, setDecision] = useState<Decision | undefined>(undefined);
  const [examined, setExamined] = useState<string | undefined>(undefined);
  const [load, setLoad] = useState<string | undefined>(undefined);
  const [told, setTold] = useState("");
  const kept = useRef<Kept | null>(null);
  const filledIn = useRef<Day | null>(null);
  const day = filledIn.current ?? now; // once it is kept the plan may be another one, and the form must stay as it was
  const exercises = day.steps.flatMap((step) =>
    step.items.map((item) => ({ id: item.exercise, core: step.step === "core" })),
  );
  const yesNo = YES_NO.map((id) => ({ id, text: t(`ui.answer.${id}`) }));
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    if (decision === undefined || examined === undefined || load === undefined)
      return setTold(t("ui.reviewed.missing"));
    const { on, by_whom, profession } = seenBy(fields);
    const rows = decision === "with-changes" ? exercises.map(({ id }) => [id, rowOf(fields, id)] as const) : [];
    const goesOn = decision === "go-on" || decision === "with-changes";
    const waits = String(fields.get("waits") ?? "keep");
    const review = {
      by_whom,
      profession,
      reviewed_on: on,
      examined: examined === "yes",
      decision,
      load: load === "yes" && goesOn,
      contact: decision === "contact",
      until: String(fields.get("until")) || null,
      note: String(fields.get("note")).trim() || null,
      proposals: goesOn ? proposalsOf(fields, day) : {},
      go_on: goesOn ? goOn(fields, day) : [],
      watched: goesOn ? watched(fields, day) : [],
      changes: Object.fromEntries(rows.filter((row): row is readonly [string, Row] => row[1] !== null)),
    };
    if (lacksChange(fields, review)) return setTold(t("ui.reviewed.no-change"));
    const wish =
      waits !== "keep" && decision !== "contact"
        ? { wanted: waits === "yes", by: { name: by_whom, profession } }
        : null;
    filledIn.current = day;
    const done = await keepReview(review, wish, kept.current);
    kept.current = done.kept;
    if (done.problem !== null) return setTold(done.problem);
    await settleToday();
    navigate("/");
  };
  return (
    <form class="card" onSubmit={(event) => void submit(event)}>
      <h2>{t("ui.reviewed.form")}</h2>
      <SeenByFields />
      <Choice legend={t("ui.reviewed.examined")} note={null} options={yesNo} picked={examined} onPick={setExamined} />
      <Choice
        legend={t("ui.reviewed.decision")}
        note={null}
        stacked
        options={DECISIONS.map((id) => ({ id, text: t(`ui.reviewed.${id}`) }))}
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
      {decision === "go-on" || decision === "with-changes" ? (
        <>
          <Resting day={day} />
          <Watched day={day} />
          <Proposals day={day} />
        </>
      ) : null}
      <WaitsField />
      <label class="field">
        <span>{t("ui.reviewed.note")}</span>
        <input type="text" name="note" maxLength={400} autocomplete="off" />
      </label>
      <label class="field">
        <span>{t(decision === "stop" ? "ui.reviewed.again" : "ui.reviewed.until")}</span>
        <input type="date" name="until" min={localDate()} />
      </label>
      {decision === "stop" ? <p class="quiet">{t("ui.reviewed.again.note")}</p> : null}
      <SeenByEnd told={told} cancel="/" />
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
          <option value="dose">{t("ui.reviewed.change.dose")}</option>
          <option value="stop">{t("ui.reviewed.change.stop")}</option>
        </select>
      </label>
      {how === "dose" ? <Dose id={id} core={core} /> : null}
    </fieldset>
  );
}

/** What a reviewer may set; what is left empty stays as it is. */
function Dose({ id, core }: { id: string; core: boolean }) {
  const known = exercises.signal.value.value?.find((one) => one.id === id);
  return (
    <>
      <label class="field">
        <span>{t("ui.reviewed.change.form")}</span>
        <select name={`${id} rung`}>
          <option value="">{t("ui.reviewed.change.same")}</option>
          {(known?.rungs ?? []).map((rung) => (
            <option key={rung.id} value={rung.id}>
              {t(`${id}.rung.${rung.id}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t("ui.reviewed.change.hold")}</span>
        <input type="number" name={`${id} hold`} min={5} max={600} inputMode="numeric" />
      </label>
      {core ? (
        <label class="field">
          <span>{t("ui.reviewed.change.sets")}</span>
          <input type="number" name={`${id} sets`} min={1} max={10} inputMode="numeric" />
        </label>
      ) : null}
      {known && known.loads.length > 0 ? (
        <label class="field">
          <span>{t("ui.reviewed.change.load")}</span>
          <input type="number" name={`${id} load`} min={0} max={500} step="any" inputMode="decimal" />
        </label>
      ) : null}
      <label class="field">
        <span>{t("ui.reviewed.change.days")}</span>
        <input type="number" name={`${id} days`} min={1} max={7} inputMode="numeric" />
      </label>
      <label class="field">
        <span>{t("ui.reviewed.change.note")}</span>
        <input type="text" name={`${id} note`} maxLength={200} autocomplete="off" />
      </label>
    </>
  );
}
