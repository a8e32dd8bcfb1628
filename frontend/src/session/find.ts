/** Finds the session to run: the unfinished one of today, from where it was, or a new one. */

import { deviceId, moment, newId, zone } from "../api/device";
import { flush } from "../api/facts";
import { get, passes, post } from "../api/http";
import { runsElsewhere } from "./alone";
import { keptSession } from "./kept";
import { forgetScript, sessionHere } from "./offline";
import type { Snapshot } from "./player";
import type { HoldStep, SessionScript } from "./script";

interface Running {
  script: SessionScript;
  started_at: string;
  device: string;
  done: { step: number; credited_s: number; outcome: string }[];
}

/**
 * What is to become of a session that another device began: it is left alone, taken over as it is, or ended there, so that what is
 * left of it begins here.
 */
export type Over = "leave" | "take" | "end";

/** A session that may be run here. carriesOn: it was begun before. elsewhere: another device has one that may go on. */
export interface Found {
  carriesOn: boolean;
  elsewhere: boolean;
  start(): Promise<{ script: SessionScript; from: Snapshot | null }>;
}

/** The unfinished session of today, to be taken up where it was; else a new one. */
export async function find(over: Over, length: "whole" | "short"): Promise<Found | "elsewhere"> {
  await flush();
  let unfinished: Running | null;
  try {
    unfinished = await get<Running | null>("/api/sessions/current");
  } catch (error) {
    const here = passes(error) ? sessionHere(Date.now()) : null;
    if (!here) throw error;
    if (over === "leave" && (await runsElsewhere(here.script.session))) return "elsewhere";
    return { carriesOn: true, elsewhere: false, start: async () => here };
  }
  if (unfinished === null) forgetScript();
  if (unfinished?.device === deviceId()) {
    if (over === "leave" && (await runsElsewhere(unfinished.script.session))) return "elsewhere";
    const start = async () => ({ script: unfinished.script, from: whereItWas(unfinished) });
    return { carriesOn: true, elsewhere: false, start };
  }
  const taken = unfinished && over === "take" ? unfinished : null;
  return {
    carriesOn: taken !== null,
    elsewhere: unfinished !== null,
    start: async () => {
      const { script } = await post<{ script: SessionScript }>("/api/sessions", {
        id: taken?.script.session ?? newId(),
        at: moment(),
        zone: zone(),
        device: deviceId(),
        only: null,
        take_over: over !== "leave",
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
  return {
    session: running.script.session,
    step: last + 1,
    earned_s: 0,
    left_out: leftOut,
    tests: kept?.tests ?? {},
    ran_out: kept?.ran_out ?? [],
    // Of what another device saw only that device knows.
    unmeasured: kept?.unmeasured ?? heldCore(running),
  };
}

const heldCore = ({ script, done }: Running): boolean =>
  done.some(({ step, credited_s }) => {
    const hold = script.steps[step];
    return credited_s > 0 && hold?.kind === "hold" && hold.core;
  });

function exercisesLeftOut(running: Running): string[] {
  return running.done
    .filter((done) => done.outcome === "skipped" || done.outcome === "hurt")
    .map((done) => running.script.steps[done.step])
    .filter((step): step is HoldStep => step?.kind === "hold")
    .map((step) => step.exercise);
}
