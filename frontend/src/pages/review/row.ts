/** What a reviewer sets for one exercise, from the form's fields. */

export interface Row {
  stop: boolean;
  rung: null;
  hold_s: number | null;
  sets: number | null;
}

/** Null where it goes on as it is. */
export function rowOf(fields: FormData, exercise: string): Row | null {
  const how = fields.get(`${exercise} how`);
  if (how === "stop") return { stop: true, rung: null, hold_s: null, sets: null };
  if (how !== "dose") return null;
  const whole = (name: string): number => Number.parseInt(String(fields.get(`${exercise} ${name}`)), 10);
  return { stop: false, rung: null, hold_s: whole("hold"), sets: whole("sets") };
}
