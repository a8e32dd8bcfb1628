/**
 * For whom this page speaks, and what of this browser's storage is theirs.
 *
 * It is this page's own for as long as it is open: another page of the same browser may speak for somebody else. To speak for
 * another person the page is loaded anew, so that nothing of the one before is left in it.
 */
import { signal } from "@preact/signals";
import { forget, keep, kept, keptKeys, keptValue } from "./kept";

/** Who was chosen last in this browser. */
const CHOSEN = "lumbar.person";
/** Who used this browser first: what was kept before there were names is theirs, and keeps its place. */
const OWNER = "lumbar.owner";
/** What belongs to one person, of all that this browser keeps. Facts say themselves whose they are. */
const PERSONAL = ["lumbar.session", "lumbar.script", "lumbar.screen", "lumbar.settings"];
const FACTS = ["lumbar.fact.", "lumbar.refused."];

/** The id of the person; null until it is known. */
export const me = signal<string | null>(kept(CHOSEN));

/** Where something of this person is kept. */
export function own(key: string): string {
  const person = me.peek();
  return person === null || person === kept(OWNER) ? key : scoped(person, key);
}

const scoped = (person: string, key: string): string => key.replace("lumbar.", `lumbar.of.${person}.`);

/** Whose a fact is that says nothing of it: it was taken down before there were names. */
export const ownerOf = (fact: { person?: string | null }): string | null => fact.person ?? kept(OWNER) ?? me.peek();

/** Speak for this person; who came first when this browser keeps something of before there were names. */
export function speakFor(person: string | null, first: string): void {
  if (kept(OWNER) === null) keep(OWNER, first);
  if (person !== null) keep(CHOSEN, person);
  me.value = person;
}

/** The next page that is loaded speaks for this person. */
export const choose = (person: string): void => keep(CHOSEN, person);

/** Nothing of a person is kept here any more: they were erased, and nobody would fetch it. */
export function forgetPerson(person: string): void {
  const theirs = kept(OWNER) === person ? PERSONAL : PERSONAL.map((key) => scoped(person, key));
  for (const key of theirs) forget(key);
  for (const key of FACTS.flatMap(keptKeys)) {
    const told = keptValue<{ person?: string | null; fact?: { person?: string | null } }>(key);
    if (told && ownerOf(told.fact ?? told) === person) forget(key);
  }
  if (kept(CHOSEN) === person) forget(CHOSEN);
}
