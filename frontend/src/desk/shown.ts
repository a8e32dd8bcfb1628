/**
 * What every page of ours shows of the watch at the desk: that its camera is on, and what it said. It stands apart from the watch,
 * for the camera's code is fetched only by whoever uses one.
 */
import { signal } from "@preact/signals";
import type { Message } from "../api/types";

export const deskCamera = signal(false);

/** What was said and waits for an answer. */
export const deskSaid = signal<Message | null>(null);

/** Until when it is quiet by the person's wish, as was heard last; null when it is not. */
export const quietUntil = signal<string | null>(null);
