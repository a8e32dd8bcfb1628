/** Finds the session to run: the unfinished one of today, from where it was, or a new one. */

import { deviceId, moment, newId, zone } from "../api/device";
import { flush } from "../api/facts";
import { get, post } from "../api/http";
import { runsElsewhere } from "./alone";
import { keptSession } from "./kept";
import type { Snapshot } from "./player";
import type { HoldStep, SessionScript } from "./script";

interface Running {
  script: SessionScript;
  started_at: string;
  device: string;
  done: { step: number; credited_s: number; outcome: string }[];
}

/** A session that may be run here. carriesOn: it was begun before. */
export interface Found {
  carriesOn: boolean;
  start(): Promise<{ script: SessionScript; from: Snapshot | null }>;
}

/** The unfinished session of today, to be taken up where it was; else a new one. */
export async function find(takeOver: boolean, length: "whole" | "short"): Promise<Found | "elsewhere"> {
  await flush();
  const unfinished = await get<Running | null>("/api/sessions/current");
  if (unfinished?.device === deviceId()) {
    if (!takeOver && (await runsElsewhere(unfinished.script.session))) return "elsewhere";
    return { carriesOn: true, start: async () => ({ script: unfinished.script, from: whereItWas(unfinished) }) };
  }
  const taken = unfinished && takeOver ? unfinished : null;
  return {
    carriesOn: taken !== null,
    start: async () => {
      const { script } = await post<{ script: SessionScript }>("/api/sessions", {
        id: taken?.script.session ?? newId(),
        at: moment(),
        zone: zone(),
        device: deviceId(),
        only: null,
        take_over: takeOver,
        length,
      });
      // Taken over from another device: it goes on here where the record knows that it was.
      return { script, from: taken && whereItWas(taken) };
    },
  };
}

/** What this browser remembers, unless the record already knows of more. */
function whereItWas(running: Running): Snapshot {
  const kept = keptSession(running.script.session);
  const last = Math.max(-1, ...running.done.map((done) => done.step));
  const leftOut = exercisesLeftOut(running);
  if (kept && kept.step > last) return { ...kept, left_out: [...new Set([...kept.left_out, ...leftOut])] };
  return { session: running.script.session, step: last + 1, earned_s: 0, left_out: leftOut };
}

function exercisesLeftOut(running: Running): string[] {
  return running.done
    .filter((done) => done.outcome === "skipped" || done.outcome === "hurt")
    .map((done) => running.script.steps[done.step])
    .filter((step): step is HoldStep => step?.kind === "hold")
    .map((step) => step.exercise);
}
