import { describe, expect, it } from "vitest";
import { lacksChange, type Row, rowOf } from "./row";

function fields(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

describe("a reviewer's row", () => {
  it("is nothing where it goes on as it is, or was never shown", () => {
    expect(rowOf(fields({ "plank how": "same" }), "plank")).toBeNull();
    expect(rowOf(fields({}), "plank")).toBeNull();
  });

  it("stops one exercise and no other", () => {
    const told = fields({ "plank how": "stop", "side-plank how": "same" });
    expect(rowOf(told, "plank")).toMatchObject({ stop: true, rung: null, hold_s: null, sets: null });
    expect(rowOf(told, "side-plank")).toBeNull();
  });

  it("sets a dose in whole numbers", () => {
    const told = fields({ "plank how": "dose", "plank hold": "20", "plank sets": "3" });
    expect(rowOf(told, "plank")).toMatchObject({ stop: false, rung: null, hold_s: 20, sets: 3, load_kg: null });
  });

  it("is nothing where another dose was picked and nothing was written", () => {
    expect(rowOf(fields({ "plank how": "dose", "plank hold": "", "plank note": "  " }), "plank")).toBeNull();
  });

  it("keeps a form, a limit, the days of a week and a note", () => {
    const told = fields({
      "plank how": "dose",
      "plank rung": "knee",
      "plank load": "2.5",
      "plank days": "3",
      "plank note": "slowly",
    });
    const row = { rung: "knee", load_kg: 2.5, days_per_week: 3, note: "slowly", hold_s: null, sets: null };
    expect(rowOf(told, "plank")).toMatchObject(row);
  });
});

describe("a change that is nowhere written down", () => {
  const ticks = { go_on: [], watched: [], load: false };
  const review = { decision: "with-changes", note: null, changes: {}, proposals: {}, ...ticks };
  const row = rowOf(fields({ "plank how": "stop" }), "plank");
  const changes: Record<string, Row> = row ? { plank: row } : {};

  it("is asked for again", () => {
    expect(lacksChange(fields({ "plank how": "same" }), review)).toBe(true);
    const half = fields({ "plank how": "stop", "side-plank how": "dose", "side-plank hold": "" });
    expect(lacksChange(half, { ...review, changes })).toBe(true);
  });

  it("may be a row, a note, or an answer to what waits", () => {
    expect(lacksChange(fields({ "plank how": "stop" }), { ...review, changes })).toBe(false);
    expect(lacksChange(fields({}), { ...review, note: "In the morning." })).toBe(false);
    expect(lacksChange(fields({}), { ...review, proposals: { plank: { yes: false } } })).toBe(false);
  });

  it("may be a tick: what goes on again, was seen well held, or weights", () => {
    expect(lacksChange(fields({}), { ...review, go_on: ["plank"] })).toBe(false);
    expect(lacksChange(fields({}), { ...review, watched: ["plank"] })).toBe(false);
    expect(lacksChange(fields({}), { ...review, load: true })).toBe(false);
    expect(lacksChange(fields({ "plank how": "dose" }), { ...review, load: true })).toBe(true);
  });

  it("is none where another decision was picked", () => {
    for (const decision of ["go-on", "stop", "contact"])
      expect(lacksChange(fields({ "plank how": "dose" }), { ...review, decision })).toBe(false);
  });
});
