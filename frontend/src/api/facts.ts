/**
 * Facts on their way to the record.
 *
 * A fact is written to this browser's own storage before anything else, each under its own key, and leaves it only when the
 * server has said that it holds it. So a closed lid, a reload or a stopped server costs nothing; and since a fact carries
 * its own id, sending one twice changes nothing either.
 *
 * A fact carries whose it is, and is sent in that name alone, though somebody else uses the page by then.
 */
import { computed, signal } from "@preact/signals";
import { deviceId, moment, newId, zone } from "./device";
import { Problem, passes, post, ServerGone, serverThere } from "./http";
import { forget, keep, keptKeys, keptValue } from "./kept";
import { me, ownerOf } from "./person";
import type { Day } from "./types";

export interface Fact {
  id: string;
  type: string;
  v: number;
  at: string;
  zone: string;
  device: string;
  body: Record<string, unknown>;
}

/** A fact as it waits here. person: whose it is; the server hears of it beside the facts. */
interface Waiting extends Fact {
  person?: string | null;
}

interface Accepted {
  accepted: string[];
  duplicates: string[];
  today: Day;
}

const WAITING = "lumbar.fact.";
const REFUSED = "lumbar.refused.";
const MOST_AT_ONCE = 200;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

const count = signal(0);
/** How many facts have not reached the server yet. */
export const waiting = computed(() => count.value);
/** The server's sentence about the last fact that it would not take, until it is dismissed. */
export const refusal = signal<string | null>(null);
/** The day as the server saw it after the last facts. */
export const todayAfterFacts = signal<Day | null>(null);

/** The facts of this page's person that wait here, oldest first. */
export const outbox = (): Fact[] => everything().filter(mine).map(told);

const mine = (fact: Waiting): boolean => ownerOf(fact) === me.peek();

const told = ({ person: _, ...fact }: Waiting): Fact => fact;

/** The facts of everybody that wait here, oldest first. */
function everything(): Waiting[] {
  const facts: Waiting[] = [];
  for (const key of keptKeys(WAITING)) {
    const fact = keptValue<Waiting>(key);
    if (fact) facts.push(fact);
    else forget(key); // half-written by a browser that was killed: there is no fact in it
  }
  return facts.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether an answer that waits here tells of a warning sign. Its item's id begins with the letter of its tier. */
export function warningWaits(): boolean {
  return outbox().some((fact) => {
    const answers = (fact.body.answers ?? {}) as Record<string, string>;
    return Object.entries(answers).some(([item, answer]) => item.startsWith("A") && answer !== "no");
  });
}

/**
 * Take down a fact. It is safe from here on, as far as this browser keeps anything; it is sent in the background.
 *
 * id: for a fact that could be taken down twice, by two pages that do not know of each other.
 */
export function record(type: string, body: Record<string, unknown>, options: { at?: Date; id?: string } = {}): Fact {
  const fact: Fact = {
    id: options.id ?? newId(),
    type,
    v: 1,
    at: moment(options.at),
    zone: zone(),
    device: deviceId(),
    body,
  };
  keep(WAITING + fact.id, JSON.stringify({ ...fact, person: me.peek() }));
  count.value = outbox().length;
  void flush();
  return fact;
}

let running: Promise<boolean> | null = null;
let again = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Send what waits, of whomever. True when nothing of this page's person waits any more. */
export function flush(): Promise<boolean> {
  running ??= sendAll().finally(() => {
    running = null;
  });
  return running;
}

async function sendAll(): Promise<boolean> {
  clearTimeout(timer);
  try {
    for (let facts = outbox(); facts.length > 0; facts = outbox()) await send(facts.slice(0, MOST_AT_ONCE), me.peek());
    await sendOthers();
    again = 0;
    return true;
  } catch (error) {
    if (!(error instanceof ServerGone) && !(error instanceof Problem)) throw error;
    timer = setTimeout(() => void flush(), RETRY_MS[Math.min(again++, RETRY_MS.length - 1)]);
    return false;
  } finally {
    count.value = outbox().length;
  }
}

/** What others left behind here goes in their name. Whoever is here no more was erased, and so is this. */
async function sendOthers(): Promise<void> {
  const others = everything().filter((fact) => !mine(fact));
  for (const person of new Set(others.map(ownerOf))) {
    const facts = others.filter((fact) => ownerOf(fact) === person);
    try {
      for (let at = 0; at < facts.length; at += MOST_AT_ONCE)
        await send(facts.slice(at, at + MOST_AT_ONCE).map(told), person);
    } catch (error) {
      if (!(error instanceof Problem) || passes(error)) throw error;
      if (error.problem?.id === "error.person-gone") for (const fact of facts) forget(WAITING + fact.id);
    }
  }
}

/** A call is all or nothing: when one fact is refused, each goes alone, so that it does not hold back the others. */
async function send(facts: Fact[], person: string | null): Promise<void> {
  try {
    const answer = await post<Accepted>("/api/facts", { facts }, person);
    for (const fact of facts) forget(WAITING + fact.id);
    if (person === me.peek()) todayAfterFacts.value = answer.today;
  } catch (error) {
    const fault = error instanceof Problem && (error.status === 400 || error.status === 422 || error.status === 409);
    if (!fault) throw error;
    const [only] = facts;
    if (facts.length > 1) for (const fact of facts) await send([fact], person);
    else if (only) setAside(only, person, error.detail);
  }
}

/** Keep a refused fact, apart from those that are sent again and again. */
function setAside(fact: Fact, person: string | null, why: string): void {
  keep(REFUSED + fact.id, JSON.stringify({ fact: { ...fact, person }, why }));
  forget(WAITING + fact.id);
  if (person === me.peek()) refusal.value = why;
}

/** Send what an earlier visit left behind, and whenever the network or the page comes back. */
export function keepSending(): void {
  count.value = outbox().length;
  void flush();
  addEventListener("online", () => void flush());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void flush());
  me.subscribe(() => {
    count.value = outbox().length;
    void flush();
  });
  serverThere.subscribe((there) => there && count.peek() > 0 && void flush());
}
