/** What this device knows about itself: an id of its own, its time zone, the moment. */
import { parse, stringify, v5, v7 } from "uuid";
import { keep, kept } from "./kept";

const DEVICE_KEY = "lumbar.device";

/** A new id, ordered by time: facts get theirs here, so that sending one twice is harmless. */
export const newId = (): string => v7();

/**
 * The id of the one fact that tells something of a session, whoever takes it down: two pages that run the same session without
 * knowing of each other tell of it once. A UUIDv7 like all ids: the session's moment, and a digest in place of chance.
 */
export function idIn(session: string, what: string): string {
  const bytes = parse(v5(what, session));
  bytes.set(parse(session).subarray(0, 6));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  return stringify(bytes);
}

/** This device's own id. It is made up on first use and says nothing about the person. */
export function deviceId(): string {
  const known = kept(DEVICE_KEY);
  if (known) return known;
  const made = newId();
  keep(DEVICE_KEY, made);
  return made;
}

export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

const two = (n: number): string => String(Math.trunc(n)).padStart(2, "0");

/** A moment with this device's offset from UTC, e.g. 2026-03-01T07:30:00.000+01:00. */
export function moment(at: Date = new Date()): string {
  const offset_min = -at.getTimezoneOffset();
  const local = new Date(at.getTime() + offset_min * 60_000).toISOString().slice(0, -1);
  const sign = offset_min < 0 ? "-" : "+";
  return `${local}${sign}${two(Math.abs(offset_min) / 60)}:${two(Math.abs(offset_min) % 60)}`;
}

/** The local calendar date, e.g. for a date field's highest value. */
export const localDate = (at: Date = new Date()): string => moment(at).slice(0, 10);
