/** Answers that have not been sent yet outlive a reload. They leave the browser's storage when they are sent. */
import type { Form } from "../../api/types";
import { emptyFlow, type Flow } from "./flow";

const KEY = "lumbar.screen";

export function restore(form: Form): Flow {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as Flow | null;
    if (kept && kept.version === form.version) return kept;
  } catch {
    forget(); // unreadable answers are asked again
  }
  return emptyFlow(form);
}

export const keep = (flow: Flow): void => localStorage.setItem(KEY, JSON.stringify(flow));
export const forget = (): void => localStorage.removeItem(KEY);
