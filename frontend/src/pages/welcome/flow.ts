/** The first screen's way from card to card, as plain values: nothing here draws, waits or sends. */
import type { Answer, Answers, Form, ScreenCard } from "../../api/types";

export type Details = Record<string, Record<string, string>>;

export interface Flow {
  /** Of the form that these answers belong to. */
  version: number | string;
  answers: Answers;
  details: Details;
  nprs: number | null;
  painNow: number | null;
}

export type Place =
  | { at: "card"; card: ScreenCard; index: number }
  | { at: "pain-week" }
  | { at: "pain-now" }
  | { at: "agree" };

export const emptyFlow = (form: Form): Flow => ({
  version: form.version,
  answers: {},
  details: {},
  nprs: null,
  painNow: null,
});

/** All places in their order: the cards, then pain over the week, pain now, the acknowledgement where it is due. */
export function places(form: Form, agree: boolean): Place[] {
  const cards: Place[] = form.cards.map((card, index) => ({ at: "card", card, index }));
  return [...cards, { at: "pain-week" }, { at: "pain-now" }, ...(agree ? [{ at: "agree" } as const] : [])];
}

/** Whether a place has been answered, so that one may be past it. */
export function answered(place: Place, flow: Flow): boolean {
  switch (place.at) {
    case "card":
      return place.card.items.every((item) => item.id in flow.answers);
    case "pain-week":
      return flow.nprs !== null;
    case "pain-now":
      return flow.painNow !== null;
    case "agree":
      return false;
  }
}

/** The furthest place that may be shown: the first unanswered one. */
export function furthest(all: Place[], flow: Flow): number {
  const open = all.findIndex((place) => !answered(place, flow));
  return open === -1 ? all.length - 1 : open;
}

/** "None of these": a no to every item of the card. */
export function none(card: ScreenCard, flow: Flow): Flow {
  const answers = { ...flow.answers };
  const details = { ...flow.details };
  for (const item of card.items) {
    answers[item.id] = "no";
    delete details[item.id];
  }
  return { ...flow, answers, details };
}

/** The items of a card that have no answer among these. */
export const leftOpen = (card: ScreenCard, draft: Answers): string[] =>
  card.items.filter((item) => !(item.id in draft)).map((item) => item.id);

/** Take over a card that was answered item by item. What was left open counts as "rather not say". */
export function full(card: ScreenCard, flow: Flow, draft: Answers, details: Details): Flow {
  const answers = { ...flow.answers };
  const kept = { ...flow.details };
  for (const item of card.items) {
    const answer = draft[item.id] ?? "rather-not-say";
    answers[item.id] = answer;
    delete kept[item.id];
    const detail = details[item.id];
    if (detail && (asksDetails(answer) || isOver(answer, detail))) kept[item.id] = detail;
  }
  return { ...flow, answers, details: kept };
}

/** What counts as a yes opens the question behind it. */
export const asksDetails = (answer: Answer | undefined): boolean => answer === "yes" || answer === "not-sure";

/** What was cleared and has passed since: a no that says more than that nothing changed. */
export const OVER = "over";

export const isOver = (answer: Answer | undefined, details: Record<string, string>): boolean =>
  answer === "no" && details.now === OVER;

export const withoutOver = ({ now: _, ...details }: Record<string, string>): Record<string, string> => details;

/** The warning signs of a card that are not a plain no. These are read back once before they take effect. */
export const warnings = (card: ScreenCard, answers: Answers): string[] =>
  card.items
    .filter((item) => item.tier === "A" && item.id in answers && answers[item.id] !== "no")
    .map((item) => item.id);

/** What the record is told. */
export const screenBody = (flow: Flow): Record<string, unknown> => ({
  kind: "full",
  answers: flow.answers,
  details: flow.details,
  nprs: flow.nprs,
  pain_now: flow.painNow,
});
