/** Two people in one browser: what one tells is never sent, shown or kept in the other's name. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

class Storage {
  readonly kept = new Map<string, string>();
  get length() {
    return this.kept.size;
  }
  key = (i: number) => [...this.kept.keys()][i] ?? null;
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

interface Call {
  path: string;
  person: string | undefined;
  ids: string[];
}

let storage: Storage;
let calls: Call[];
let answer: (call: Call) => Response;

const ok = (call: Call) => Response.json({ accepted: call.ids, duplicates: [], today: { kind: call.person } });
const problem = (id: string) =>
  Response.json({ detail: "No.", status: 403, message: { id, params: {} } }, { status: 403 });

/** The page as it is after it was loaded anew. */
async function page(person: string) {
  vi.resetModules();
  storage.setItem("lumbar.person", person);
  const facts = await import("./facts");
  return { ...facts, ...(await import("./person")), ...(await import("./http")), ...(await import("./people")) };
}

beforeEach(() => {
  vi.useFakeTimers();
  storage = new Storage();
  storage.setItem("lumbar.owner", "anna");
  calls = [];
  answer = ok;
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("fetch", async (path: string, init: { body?: string; headers: Record<string, string> }) => {
    const sent = init.body ? (JSON.parse(init.body) as { facts?: { id: string }[] }) : {};
    const call = { path, person: init.headers["Lumbar-Person"], ids: (sent.facts ?? []).map((fact) => fact.id) };
    calls.push(call);
    return answer(call);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a fact that waits", () => {
  it("goes to whoever told it, though somebody else uses the page by then", async () => {
    answer = () => new Response(null, { status: 503 });
    const before = await page("anna");
    const hers = before.record("effort-reported", { effort: 3 });
    expect(await before.flush()).toBe(false);
    answer = ok;
    calls = [];
    const ben = await page("ben");
    expect(ben.outbox()).toEqual([]);
    const his = ben.record("effort-reported", { effort: 4 });
    expect(await ben.flush()).toBe(true);
    expect(calls.map((call) => [call.person, call.ids])).toEqual([
      ["ben", [his.id]],
      ["anna", [hers.id]],
    ]);
    expect(ben.todayAfterFacts.value).toEqual({ kind: "ben" });
    expect([...storage.kept.keys()].filter((key) => key.startsWith("lumbar.fact."))).toEqual([]);
  });

  it("of before there were names is of who used this browser first", async () => {
    storage.setItem("lumbar.fact.1", JSON.stringify({ id: "1", type: "x", body: {} }));
    const ben = await page("ben");
    expect(await ben.flush()).toBe(true);
    expect(calls.map((call) => [call.person, call.ids])).toEqual([["anna", ["1"]]]);
  });

  it("of somebody who was removed goes with them, and holds back nobody else's", async () => {
    for (const [id, person] of Object.entries({ "1": "carl", "2": "anna" })) {
      storage.setItem(`lumbar.fact.${id}`, JSON.stringify({ id, type: "x", body: {}, person }));
    }
    answer = (call) => (call.person === "carl" ? problem("error.person-gone") : ok(call));
    const ben = await page("ben");
    expect(await ben.flush()).toBe(true);
    expect(calls.map((call) => call.person)).toEqual(["carl", "anna"]);
    expect(ben.lost.value).toBeNull();
    expect([...storage.kept.keys()].filter((key) => key.startsWith("lumbar.fact."))).toEqual([]);
  });
});

describe("what a browser keeps", () => {
  it("lies apart for each, and where it lay for who was first", async () => {
    expect((await page("anna")).own("lumbar.session")).toBe("lumbar.session");
    expect((await page("ben")).own("lumbar.session")).toBe("lumbar.of.ben.session");
  });

  it("is forgotten of who was removed on another device, and the page speaks for nobody", async () => {
    storage.setItem("lumbar.of.ben.screen", "{}");
    storage.setItem("lumbar.screen", "{}");
    storage.setItem("lumbar.refused.1", JSON.stringify({ fact: { id: "1", person: "ben" }, why: "x" }));
    answer = () => Response.json({ me: "anna", people: [{ id: "anna", name: "Anna", mark: 0, pin: false }] });
    const ben = await page("ben");
    await ben.lookWhoIsHere();
    expect(ben.me.value).toBeNull();
    expect(ben.mustChoose.value).toBe(true);
    expect([...storage.kept.keys()].sort()).toEqual(["lumbar.owner", "lumbar.screen"]);
    await ben.lookWhoIsHere();
    expect(ben.me.value).toBeNull();
  });

  it("is of the only person before anybody is asked", async () => {
    storage = new Storage();
    vi.stubGlobal("localStorage", storage);
    answer = () => Response.json({ me: "anna", people: [{ id: "anna", name: "", mark: 0 }] });
    vi.resetModules();
    const { lookWhoIsHere, mustChoose, several } = await import("./people");
    const { me, own } = await import("./person");
    expect(me.value).toBeNull();
    await lookWhoIsHere();
    expect([me.value, own("lumbar.screen"), several.value, mustChoose.value]).toEqual([
      "anna",
      "lumbar.screen",
      false,
      false,
    ]);
  });
});
