/**
 * Turns messages into words, as the server's catalogue does: `{name}` is replaced by a parameter; a parameter that begins
 * with `@` is itself a message id; a date called `on` is written out; a mass called `kg` is written in the person's unit;
 * `<id>.one`, `<id>.other` and the like are chosen by the parameter `count`, as the language counts.
 */
import { signal } from "@preact/signals";
import { get, Problem, speaksTo } from "../api/http";
import { keep, keptValue } from "../api/kept";
import type { Message, Param } from "../api/types";

export interface Words {
  /** Every language that there are words in. */
  languages: string[];
  language: string;
  /** The sign between whole and parts. */
  decimal: string;
  written: Record<string, string>;
  spoken: Record<string, string>;
}

export type Params = Record<string, Param | undefined>;

const PLACE = /\{([a-z][a-z0-9_]*)\}/g;
/** What a parameter that is a message id looks like; a name that somebody has given themselves has no dot within. */
const NAMED = /^@[a-z0-9]+(-[a-z0-9]+)*(\.[A-Za-z0-9]+(-[A-Za-z0-9]+)*)+$/;
const KEPT = "lumbar.words";

export const LB_PER_KG = 2.20462;

export const words = signal<Words | null>(null);

/** The unit that masses are written in. What is kept and sent is always in kilograms. */
export const massUnit = signal<"kg" | "lb">("kg");

/** A country by its two letters, in the language of the page. */
export function countryName(country: string): string {
  return new Intl.DisplayNames([words.peek()?.language ?? "en"], { type: "region" }).of(country) ?? country;
}

/** Fetch the words. Without a server the last ones seen serve, so that a page can still say that it is gone. */
export async function loadWords(wanted: readonly string[] = ["en"]): Promise<void> {
  try {
    const fetched = await firstOf(wanted);
    show(fetched);
    keep(KEPT, JSON.stringify(fetched));
  } catch (error) {
    const kept = keptValue<Words>(KEPT);
    if (!kept) throw error;
    show(kept);
  }
}

/** The first language that the server has words in; its usual one, when it has none of them. */
async function firstOf(wanted: readonly string[]): Promise<Words> {
  for (const language of wanted) {
    try {
      return await get<Words>(`/api/words/${language.toLowerCase().split("-")[0]}`);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
    }
  }
  return get<Words>("/api/words/en");
}

function show(fetched: Words): void {
  words.value = fetched;
  speaksTo(fetched.language);
  if (typeof document !== "undefined") document.documentElement.lang = fetched.language;
}

/** A language by its id, in itself. */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** The plural form of a count in the words' language. */
function plural(count: Param | undefined): string {
  return new Intl.PluralRules(words.peek()?.language ?? "en").select(Number(count));
}

function lookUp(table: Record<string, string>[], id: string, params: Params): string | undefined {
  const ids = "count" in params ? [id, `${id}.${plural(params.count)}`] : [id];
  for (const words of table) for (const candidate of ids) if (candidate in words) return words[candidate];
  return undefined;
}

function render(table: Record<string, string>[], id: string, params: Params): string {
  const text = lookUp(table, id, params);
  if (text === undefined) {
    console.error(`no words for ${id}`);
    return "";
  }
  const place = (name: string): string =>
    dated(table, name, params[name]) ?? weighed(table, id, name, params[name]) ?? value(table, params[name], params);
  return text.replace(PLACE, (_, name: string) => place(name));
}

/** A mass with its unit: a parameter called `kg`. Undefined for anything else. */
function weighed(
  table: Record<string, string>[],
  id: string,
  name: string,
  param: Param | undefined,
): string | undefined {
  if (name !== "kg" || typeof param !== "number" || id === "mass.kg") return undefined;
  if (lookUp(table, "mass.kg", {}) === undefined) return undefined;
  return massUnit.value === "lb"
    ? render(table, "mass.lb", { lb: Math.round(param * LB_PER_KG) })
    : render(table, "mass.kg", { kg: param });
}

/** A date in words: a parameter called `on`, or that ends in `_on`. Undefined for anything else. */
function dated(table: Record<string, string>[], name: string, param: Param | undefined): string | undefined {
  const on = /(^|_)on$/.test(name) && typeof param === "string" ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(param) : null;
  if (!on || lookUp(table, "date.day", {}) === undefined) return undefined;
  const [year, month, day] = on.slice(1).map(Number) as [number, number, number];
  const weekday = new Date(year, month - 1, day, 12).getDay() || 7;
  return render(table, "date.day", {
    weekday: `@date.weekday.${weekday}`,
    day,
    month: `@date.month.${month}`,
    year,
  });
}

/** The parameters that name nothing themselves, for what one of the others names. */
const plain = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).filter(([, param]) => !(typeof param === "string" && param.startsWith("@"))),
  );

function value(table: Record<string, string>[], param: Param | undefined, of: Params): string {
  if (param === undefined || param === null) return "";
  // A name that somebody has given themselves may begin so too, and is written as it stands.
  if (typeof param === "string" && param.startsWith("@")) {
    if (lookUp(table, param.slice(1), plain(of)) !== undefined) return render(table, param.slice(1), plain(of));
    if (NAMED.test(param)) console.error(`no words for ${param}`);
  }
  if (typeof param !== "number") return String(param);
  return String(Math.round(param * 100) / 100).replace(".", words.peek()?.decimal ?? ".");
}

/** The words to read. */
export function t(id: string, params: Params = {}): string {
  const all = words.value;
  return all ? render([all.written], id, params) : "";
}

/** The words to hear: those to read where there are no others. */
export function say(id: string, params: Params = {}): string {
  const all = words.value;
  return all ? render([all.spoken, all.written], id, params) : "";
}

/** A message from the server, to read. */
export const written = (message: Message | null | undefined): string => (message ? t(message.id, message.params) : "");

/** A message from the server, to hear. */
export const spoken = (message: Message | null | undefined): string => (message ? say(message.id, message.params) : "");

/** Whether there are words for this id. */
export const has = (id: string): boolean => words.value !== null && id in words.value.written;

/** The numbered words `<id>.1`, `<id>.2`, … as far as they go; `<id>` itself where there is but one. */
export function list(id: string): string[] {
  const found: string[] = has(id) ? [t(id)] : [];
  for (let i = 1; has(`${id}.${i}`); i++) found.push(t(`${id}.${i}`));
  return found;
}
