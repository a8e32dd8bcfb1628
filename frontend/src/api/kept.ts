/**
 * What this browser keeps between visits. Its storage may be denied or full, and a page that dies of that helps nobody: then
 * what was to be kept stays in this page's memory, and `forgetful` says so.
 */
import { signal } from "@preact/signals";

/** True once something could not be kept: it is gone when this page closes. */
export const forgetful = signal(false);

const memory = new Map<string, string>();

/** What is kept under a key; null when nothing is. */
export function kept(key: string): string | null {
  const here = memory.get(key);
  if (here !== undefined) return here;
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keep a text under a key. */
export function keep(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
    memory.delete(key);
  } catch {
    memory.set(key, text);
    forgetful.value = true;
  }
}

/** Keep nothing under a key any more. */
export function forget(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing can be kept there, so nothing is.
  }
}

/** The keys that begin like this. */
export function keptKeys(prefix: string): string[] {
  return [...new Set([...storedKeys(), ...memory.keys()])].filter((key) => key.startsWith(prefix));
}

function storedKeys(): string[] {
  try {
    return Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i)).filter((key) => key !== null);
  } catch {
    return [];
  }
}

/** What is kept under a key, as the value that it is the JSON of; null when there is none that can be read. */
export function keptValue<T>(key: string): T | null {
  try {
    return JSON.parse(kept(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}
