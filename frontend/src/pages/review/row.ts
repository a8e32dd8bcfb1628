/** What a reviewer sets for one exercise, from the form's fields. */

export interface Row {
  stop: boolean;
  rung: string | null;
  hold_s: number | null;
  sets: number | null;
  load_kg: number | null;
  days_per_week: number | null;
  note: string | null;
}

const NOTHING: Row = {
  stop: false,
  rung: null,
  hold_s: null,
  sets: null,
  load_kg: null,
  days_per_week: null,
  note: null,
};

/** Null where it goes on as it is. */
export function rowOf(fields: FormData, exercise: string): Row | null {
  const how = fields.get(`${exercise} how`);
  if (how === "stop") return { ...NOTHING, stop: true };
  if (how !== "dose") return null;
  const told = (name: string): string => String(fields.get(`${exercise} ${name}`) ?? "").trim();
  const number = (name: string): number | null => (told(name) === "" ? null : Number(told(name)));
  const row: Row = {
    stop: false,
    rung: told("rung") || null,
    hold_s: number("hold"),
    sets: number("sets"),
    load_kg: number("load"),
    days_per_week: number("days"),
    note: told("note") || null,
  };
  return Object.values(row).some((value) => value !== null && value !== false) ? row : null;
}

interface Decided {
  decision: string;
  note: string | null;
  changes: Record<string, Row>;
  proposals: Record<string, unknown>;
  go_on: string[];
  watched: string[];
  load: boolean;
}

/**
 * Whether a change is announced that is nowhere written down: for the whole, or for one exercise whose dose changes.
 * What rested and goes on, weights that are agreed to and an exercise that was seen well held are changes too.
 */
export function lacksChange(fields: FormData, review: Decided): boolean {
  if (review.decision !== "with-changes") return false;
  const { note, changes, proposals, go_on, watched, load } = review;
  const rows = Object.keys(changes);
  const empty = [...fields].some(
    ([name, value]) => name.endsWith(" how") && value === "dose" && !rows.includes(name.slice(0, -" how".length)),
  );
  const more = [changes, proposals, go_on, watched].some((told) => Object.keys(told).length > 0);
  return empty || !(more || load || note !== null);
}
