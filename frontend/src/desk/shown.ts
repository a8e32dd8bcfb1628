/**
 * What every page of ours shows of the watch at the desk: that its camera is on, and what it said. It stands apart from the watch,
 * for the camera's code is fetched only by whoever uses one.
 */
import { signal } from "@preact/signals";
import type { Message } from "../api/types";

export const deskCamera = signal(false);

/** What was said and waits for an answer. */
export const deskSaid = signal<Message | null>(null);

/** A quiet that the person asked for: until when, and whether that is the end of this day. */
export interface Quiet {
  until: string;
  today: boolean;
}

/** As was heard last; null when it is not quiet. */
export const quiet = signal<Quiet | null>(null);

export function heardQuiet(until: string | null, today: boolean): void {
  quiet.value = until === null ? null : { until, today };
}
