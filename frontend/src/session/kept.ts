/** What this browser remembers of a session that runs, so that a reload takes it up where it was. */

import { forget, keep, keptValue } from "../api/kept";
import { own } from "../api/person";
import type { Snapshot } from "./player";
import type { Asked } from "./script";

const KEPT = "lumbar.session";
/** For so long after a session its questions may still be asked: later nobody knows well. */
const ASK_AGAIN_MS = 3 * 3600 * 1000;

export interface Kept extends Snapshot {
  /** When the running hold's first frame was taken, in milliseconds since 1970, so that its time goes on after a reload. */
  hold_ms: number | null;
  hold_step: number | null;
  /** When the questions after the session were asked, in milliseconds since 1970. */
  asked_ms: number | null;
  /** Which questions they were. */
  asked: Asked | null;
  /** When this was kept, in milliseconds since 1970. */
  at_ms: number;
}

/** What a reload left behind for this session, if anything. The server knows by itself which holds are done. */
export function keptSession(session: string): Kept | null {
  const kept = keptValue<Kept>(own(KEPT));
  return kept?.session === session ? kept : null;
}

/** The session whose questions were asked here a while ago and not answered, if any. */
export function unansweredSession(now_ms: number): string | null {
  const kept = keptValue<Kept>(own(KEPT));
  const asked_ms = kept?.asked_ms ?? null;
  return kept && asked_ms !== null && now_ms - asked_ms < ASK_AGAIN_MS ? kept.session : null;
}

/** Nothing of a session is left to take up here. */
export const forgetSession = (): void => forget(own(KEPT));

export const keepSession = (session: Kept): void => keep(own(KEPT), JSON.stringify(session));
