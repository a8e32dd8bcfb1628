/** The people of the household: who there is, who is here, and changing that. */
import { computed, signal } from "@preact/signals";
import { get, lost, post, serverThere } from "./http";
import { choose as chooseHere, forgetPerson, me, speakFor } from "./person";
import type { Erased } from "./types";

export interface Person {
  id: string;
  name: string;
  mark: number;
  /** Whether a PIN is asked for. */
  pin: boolean;
}

/** Everybody; null until the server has told. */
export const people = signal<Person[] | null>(null);

/** Who this page speaks for, by name; null while nobody is chosen. */
export const myself = computed(() => people.value?.find((person) => person.id === me.value) ?? null);

/** Whether several people use this lumbar, so that it must always be seen who is here. */
export const several = computed(() => (people.value?.length ?? 0) > 1);

/** Whether nobody can be spoken for until somebody chooses a name. */
export const mustChoose = computed(() => lost.value !== null || (people.value !== null && me.value === null));

/** Ask who there is. Whoever was removed on another device leaves nothing behind here. */
export async function lookWhoIsHere(): Promise<void> {
  const told = await get<{ me: string | null; people: Person[] }>("/api/people");
  const here = (id: string | null): boolean => told.people.some((person) => person.id === id);
  const before = me.peek();
  if (before !== null && !here(before)) forgetPerson(before);
  const [first] = told.people;
  const unknown = before === null && people.peek() === null;
  // A page that speaks for nobody any more is loaded anew when somebody chooses: nothing of the one before stays in it.
  if (first) speakFor(unknown ? told.me : here(before) ? before : null, first.id);
  people.value = told.people;
}

/** Look now (a subscription begins with what is so), and whenever the server is back, until it has told. */
export function keepKnowing(): void {
  const look = (): void => void lookWhoIsHere().catch(() => undefined);
  serverThere.subscribe((there) => there && people.peek() === null && look());
  lost.subscribe((why) => why !== null && look());
}

/** Be this person from now on: the page is loaded anew. Throws Problem and ServerGone. */
export async function become(person: string, pin = ""): Promise<void> {
  await post(`/api/people/${person}/choose`, { pin });
  chooseHere(person);
  location.assign("/");
}

/** This page speaks for nobody from now on: a name with a PIN asks for it again. */
export async function lock(): Promise<void> {
  await post("/api/people/leave", {});
  lost.value = "";
}

/** Another PIN of one's own; null for none any more. */
export const changePin = async (person: string, pin: string | null, old: string): Promise<void> => {
  await post(`/api/people/${person}/pin`, { pin, old });
  await lookWhoIsHere();
};

export const add = async (name: string): Promise<Person> => {
  const added = await post<Person>("/api/people", { name });
  await lookWhoIsHere();
  return added;
};

export const rename = async (person: string, name: string): Promise<void> => {
  await post(`/api/people/${person}/name`, { name });
  await lookWhoIsHere();
};

/** Erase a person; whoever has told nothing yet goes without the word. */
export async function remove(person: string, word: string): Promise<Erased> {
  const gone = await post<Erased>(`/api/people/${person}/remove`, { word });
  forgetPerson(person);
  return gone;
}
