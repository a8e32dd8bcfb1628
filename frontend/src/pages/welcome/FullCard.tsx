import { useState } from "preact/hooks";
import type { Answers, Form, ScreenCard } from "../../api/types";
import { t } from "../../words/words";
import { asksDetails, type Details, type Flow, full, leftOpen, withoutOver } from "./flow";
import { ItemQuestion } from "./ItemQuestion";

export interface FullCardProps {
  card: ScreenCard;
  form: Form;
  flow: Flow;
  /** The item that was ticked on the short card. */
  picked: string | null;
  onDone(flow: Flow): void;
}

/** Every item of a card in full. What is left open counts as "rather not say"; the person is told so before it does. */
export function FullCard({ card, form, flow, picked, onDone }: FullCardProps) {
  const [draft, setDraft] = useState<Answers>(() => firstDraft(card, flow, picked));
  const [details, setDetails] = useState<Details>(() => flow.details);
  const [told, setTold] = useState(false);
  const open = leftOpen(card, draft);
  const unsaid = card.items.flatMap((item) =>
    asksDetails(draft[item.id]) ? item.details.filter((detail) => !details[item.id]?.[detail.id]) : [],
  );
  const submit = (event: Event) => {
    event.preventDefault();
    if (open.length + unsaid.length > 0 && !told) setTold(true);
    else onDone(full(card, flow, draft, details));
  };
  return (
    <form onSubmit={submit} class="full">
      <p class="lead">{t("ui.screen.full.lead")}</p>
      {card.items.map((item) => (
        <ItemQuestion
          key={item.id}
          item={item}
          since={form.changed_since[item.id]}
          answer={draft[item.id]}
          details={details[item.id] ?? {}}
          onAnswer={(answer) => {
            setDraft({ ...draft, [item.id]: answer });
            setDetails((all) => ({ ...all, [item.id]: withoutOver(all[item.id] ?? {}) }));
          }}
          onDetail={(id, option) => setDetails((all) => ({ ...all, [item.id]: { ...all[item.id], [id]: option } }))}
        />
      ))}
      <div class="question-end">
        <p class="question-told" role="status">
          {told && open.length > 0 ? t("ui.screen.full.open", { count: open.length }) : ""}
          {told && open.length === 0 && unsaid.length > 0 ? t("ui.screen.full.detail-open") : ""}
        </p>
        <button type="submit" class="button button-wide">
          {told && open.length + unsaid.length > 0 ? t("ui.screen.full.anyway") : t("ui.next")}
        </button>
      </div>
    </form>
  );
}

function firstDraft(card: ScreenCard, flow: Flow, picked: string | null): Answers {
  const draft: Answers = {};
  for (const item of card.items) {
    const answer = flow.answers[item.id];
    if (answer && answer !== "no") draft[item.id] = answer;
  }
  return picked ? { ...draft, [picked]: "yes" } : draft;
}
