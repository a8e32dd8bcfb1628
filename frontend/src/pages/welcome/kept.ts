/** Answers that have not been sent yet outlive a reload. They leave the browser's storage when they are sent. */
import { forget as forgetKey, keep as keepKey, keptValue } from "../../api/kept";
import type { Form } from "../../api/types";
import { emptyFlow, type Flow } from "./flow";

const KEY = "lumbar.screen";

export function restore(form: Form): Flow {
  const kept = keptValue<Flow>(KEY); // unreadable answers are asked again
  return kept?.version === form.version ? kept : emptyFlow(form);
}

export const keep = (flow: Flow): void => keepKey(KEY, JSON.stringify(flow));
export const forget = (): void => forgetKey(KEY);
