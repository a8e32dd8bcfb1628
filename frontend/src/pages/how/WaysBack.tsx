/** What opens the exercises again, with a form to take down who was seen, when, and what they said. */
import { useState } from "preact/hooks";
import { flush, record } from "../../api/facts";
import { screening, settleToday } from "../../api/load";
import type { Verdict } from "../../api/types";
import { SeenByEnd, SeenByFields, seenBy } from "../../ui/SeenBy";
import { t, written } from "../../words/words";
import { Choice } from "../welcome/ItemQuestion";

/** Whether the questions again are one of the ways back. */
export const leadsToScreen = (verdict: Verdict): boolean =>
  verdict.ways_back.some((way) => way.needs === "screen" || way.needs === "answer");

export function WaysBack({ verdict }: { verdict: Verdict }) {
  // A review is taken down like any other: who was seen, when, and whether they agreed.
  const cleared = verdict.ways_back.filter((way) => ["clearance", "review"].includes(way.needs) && way.item);
  const screen = leadsToScreen(verdict);
  return (
    <div class="waysback">
      <ul>
        {verdict.ways_back.map((way) => (
          <li key={`${way.item} ${way.needs}`}>{written(way.message)}</li>
        ))}
      </ul>
      {cleared.length > 0 ? <Clearance items={cleared.map((way) => way.item as string)} /> : null}
      {screen ? (
        <a class="button button-plain" href="/welcome">
          {t("ui.how.screen-again")}
        </a>
      ) : null}
    </div>
  );
}

/** Dates and names are the person's own entries, and are shown as such. */
export function Clearance({ items }: { items: string[] }) {
  const [open, setOpen] = useState(false);
  const [item, setItem] = useState(items[0] ?? "");
  const [may, setMay] = useState<"yes" | "no" | undefined>(undefined);
  const [told, setTold] = useState("");
  if (!open) {
    return (
      <button type="button" class="button button-plain" onClick={() => setOpen(true)}>
        {t("ui.clearance.open")}
      </button>
    );
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    if (may === undefined) return setTold(t("ui.clearance.may-missing"));
    const { on, by_whom, profession } = seenBy(fields);
    for (const cleared of item === "all" ? items : [item]) {
      record("clearance-recorded", {
        item: cleared,
        seen_on: on,
        by_whom,
        profession,
        may_exercise: may === "yes",
      });
    }
    setOpen(false);
    await flush();
    await settleToday();
    await screening.load();
  };
  return (
    <form class="clearance" onSubmit={(event) => void submit(event)}>
      <h3>{t("ui.clearance.title")}</h3>
      {items.length > 1 ? (
        <label class="field">
          <span>{t("ui.clearance.about")}</span>
          <select value={item} onChange={(event) => setItem(event.currentTarget.value)}>
            {items.map((id) => (
              <option key={id} value={id}>
                {t(`screen.${id}.short`)}
              </option>
            ))}
            <option value="all">{t("ui.clearance.all")}</option>
          </select>
        </label>
      ) : null}
      <SeenByFields />
      <Choice
        legend={t("ui.clearance.may")}
        note={null}
        options={[
          { id: "yes", text: t("ui.answer.yes") },
          { id: "no", text: t("ui.answer.no") },
        ]}
        picked={may}
        onPick={(id) => setMay(id as "yes" | "no")}
      />
      <SeenByEnd told={told} cancel={() => setOpen(false)} />
    </form>
  );
}
