/**
 * The session that runs here, kept so that it can go on without the server: a phone may drop the page, and then find no
 * network when it opens it again. It is the one answer about a person that is kept, and it goes when the session ends.
 */

import { outbox } from "../api/facts";
import { forget, keep, keptValue } from "../api/kept";
import { own } from "../api/person";
import { keptSession } from "./kept";
import type { Snapshot } from "./player";
import type { SessionScript } from "./script";

const KEPT = "lumbar.script";
/** The server knows how long a session may be put down, and allows hours. Without it, a shorter while that is surely fine. */
const WHILE_MS = 3600 * 1000;

export const keepScript = (script: SessionScript): void => keep(own(KEPT), JSON.stringify(script));

export const forgetScript = (): void => forget(own(KEPT));

/**
 * The session to go on with while the server cannot be asked; null when there is none, or when something was told since
 * that the server has not heard and that may speak against going on.
 */
export function sessionHere(now_ms: number): { script: SessionScript; from: Snapshot } | null {
  const script = keptValue<SessionScript>(own(KEPT));
  const from = script && keptSession(script.session);
  if (!from || from.asked_ms !== null || Math.abs(now_ms - from.at_ms) > WHILE_MS) return null;
  const others = outbox().some((fact) => fact.body.session !== script.session);
  return others ? null : { script, from };
}
