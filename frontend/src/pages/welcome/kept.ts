/** Answers that have not been sent yet outlive a reload. They leave the browser's storage when they are sent. */
import { forget as forgetKey, keep as keepKey, keptValue } from "../../api/kept";
import { own } from "../../api/person";
import type { Form } from "../../api/types";
import { emptyFlow, type Flow } from "./flow";

const KEY = "lumbar.screen";

export function restore(form: Form): Flow {
  const kept = keptValue<Flow>(own(KEY)); // unreadable answers are asked again
  return kept?.version === form.version ? kept : emptyFlow(form);
}

/**
 * Whether a warning sign was answered here and neither confirmed nor changed: somebody left the questions at "Is that right?".
 * Its item's id begins with the letter of its tier.
 */
export function warningIsOpen(): boolean {
  const answers = keptValue<Flow>(own(KEY))?.answers ?? {};
  return Object.entries(answers).some(([item, answer]) => item.startsWith("A") && answer !== "no");
}

export const keep = (flow: Flow): void => keepKey(own(KEY), JSON.stringify(flow));
export const forget = (): void => forgetKey(own(KEY));
