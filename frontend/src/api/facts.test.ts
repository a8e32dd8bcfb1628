/** The outbox: what was taken down is sent once, kept until it is, and never blocks what comes after. */
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

interface Sent {
  facts: { id: string; type: string; device: string; at: string; zone: string }[];
}

let storage: Storage;
let server: (sent: Sent) => Response | Promise<Response>;
let calls: Sent[];

const taken = (sent: Sent) =>
  Response.json({ accepted: sent.facts.map((fact) => fact.id), duplicates: [], today: { kind: "stretch" } });
const refused = () => Response.json({ detail: "An answer is missing.", status: 422 }, { status: 422 });

async function fresh() {
  vi.resetModules();
  return await import("./facts");
}

beforeEach(() => {
  vi.useFakeTimers();
  storage = new Storage();
  calls = [];
  server = taken;
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("fetch", async (_: string, init: { body?: string }) => {
    const sent = JSON.parse(init.body ?? '{"facts":[]}') as Sent;
    calls.push(sent);
    return await server(sent);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a fact", () => {
  it("is in the browser's storage before it is sent, and gone from it once the server has it", async () => {
    const { flush, outbox, record, waiting } = await fresh();
    const fact = record("effort-reported", { session: "s", effort: 3 });
    expect(outbox()).toEqual([fact]);
    expect(await flush()).toBe(true);
    expect(outbox()).toEqual([]);
    expect(waiting.value).toBe(0);
    expect(calls[0]?.facts[0]).toMatchObject({ id: fact.id, type: "effort-reported" });
  });

  it("carries its own id, the device's, the offset and the zone", async () => {
    const { flush, record } = await fresh();
    const [first, second] = [record("a", {}), record("b", {})];
    await flush();
    expect(first.id < second.id).toBe(true);
    expect(first.id[14]).toBe("7");
    expect(first.device).toBe(second.device);
    expect(first.at).toMatch(/T\d\d:\d\d:\d\d\.\d+[+-]\d\d:\d\d$/);
    expect(first.zone.length).toBeGreaterThan(0);
  });

  it("waits while the server is gone, and goes when it is back, with the same id", async () => {
    const { flush, outbox, record } = await fresh();
    server = () => Promise.reject(new TypeError("no network"));
    const fact = record("effort-reported", { session: "s", effort: 3 });
    expect(await flush()).toBe(false);
    expect(outbox()).toEqual([fact]);
    server = taken;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(outbox()).toEqual([]);
    expect(new Set(calls.flatMap((call) => call.facts.map((one) => one.id)))).toEqual(new Set([fact.id]));
  });

  it("outlives the page", async () => {
    const before = await fresh();
    server = () => Promise.reject(new TypeError("no network"));
    const fact = before.record("effort-reported", { session: "s", effort: 3 });
    await before.flush();
    const after = await fresh();
    server = taken;
    expect(after.outbox()).toEqual([fact]);
    await after.flush();
    expect(after.outbox()).toEqual([]);
  });
});

describe("a refused fact", () => {
  it("does not hold back the others, and is kept aside with the server's sentence", async () => {
    const { flush, outbox, record, refusal } = await fresh();
    server = () => Promise.reject(new TypeError("no network"));
    const [good, bad, late] = [record("good", {}), record("bad", {}), record("late", {})];
    await flush();
    calls = [];
    server = (sent) => (sent.facts.some((fact) => fact.type === "bad") ? refused() : taken(sent));
    await flush();
    expect(outbox()).toEqual([]);
    expect(refusal.value).toBe("An answer is missing.");
    expect(storage.getItem(`lumbar.refused.${bad.id}`)).toContain("An answer is missing.");
    const accepted = calls.filter((call) => call.facts.length === 1).map((call) => call.facts[0]?.id);
    expect(accepted).toEqual([good.id, bad.id, late.id]);
  });

  it("a server in trouble is no refusal: everything is kept and sent again", async () => {
    const { flush, outbox, record, refusal } = await fresh();
    server = () => new Response("oh", { status: 500 });
    record("effort-reported", { session: "s", effort: 3 });
    expect(await flush()).toBe(false);
    expect(outbox()).toHaveLength(1);
    expect(refusal.value).toBeNull();
  });
});

describe("a disk that is full", () => {
  const full = () =>
    Response.json(
      { detail: "There is no space left.", status: 503, message: { id: "error.store-full", params: {} } },
      { status: 503, headers: { "Content-Type": "application/problem+json" } },
    );

  it("is the server's word and not its absence: the fact waits, and is not sent with every look at something", async () => {
    server = full;
    const { flush, keepSending, outbox, record } = await fresh();
    const { get, Problem, serverThere } = await import("./http");
    const stood: boolean[] = [];
    serverThere.subscribe((there) => void stood.push(there));
    vi.stubGlobal("addEventListener", () => undefined);
    vi.stubGlobal("document", { addEventListener: () => undefined, visibilityState: "visible" });
    keepSending();
    await flush();
    const fact = record("effort-reported", { effort: 3 });
    expect(await flush()).toBe(false);
    const sent = calls.length;
    const said = await get("/api/today").catch((error: unknown) => error);
    expect(said).toBeInstanceOf(Problem);
    expect(said).toMatchObject({ status: 503, detail: "There is no space left." });
    expect(stood).toEqual([true]);
    expect(calls.length).toBe(sent + 1);
    server = taken;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(outbox()).toEqual([]);
    expect(calls.at(-1)?.facts[0]?.id).toBe(fact.id);
  });

  it("of a proxy is nobody's word: the server is gone", async () => {
    server = () =>
      new Response("<h1>Service Unavailable</h1>", { status: 503, headers: { "Content-Type": "text/html" } });
    await fresh();
    const { get, ServerGone, serverThere } = await import("./http");
    await expect(get("/api/today")).rejects.toBeInstanceOf(ServerGone);
    expect(serverThere.value).toBe(false);
  });
});
