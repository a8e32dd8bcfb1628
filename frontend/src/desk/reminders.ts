/**
 * Reminders of the programme itself, while a page of ours is open on a device that asked for them. What is said, and whether, the
 * server decides: it tells each reminder once, to the page that asks first.
 */
import { signal } from "@preact/signals";
import { deviceId, zone } from "../api/device";
import { Problem, post, ServerGone } from "../api/http";
import type { Message } from "../api/types";
import { settings } from "../ui/settings";
import { t, words, written } from "../words/words";
import { signals } from "./signals";
import { notify } from "./tell";

const ASK_MS = 60_000;

/** What was said last and is still on show. */
export const reminder = signal<Message | null>(null);

/** In a session nothing else is said. */
const busy = (): boolean => location.pathname === "/session" || location.pathname === "/welcome";

export async function askOnce(): Promise<void> {
  if (!settings.value.reminders || words.value === null || busy()) return;
  try {
    const body = { device: deviceId(), zone: zone(), signals: signals() };
    const { message } = await post<{ message: Message | null }>("/api/desk/remind", body);
    if (message === null) return;
    reminder.value = message;
    notify(t("posture.title"), written(message), "lumbar-reminder");
  } catch (error) {
    // A reminder that does not come is no trouble worth a word.
    if (!(error instanceof ServerGone) && !(error instanceof Problem)) throw error;
  }
}

export function keepReminding(): void {
  setInterval(() => void askOnce(), ASK_MS);
}
