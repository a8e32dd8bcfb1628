import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SessionScript } from "./script";

const SESSION = "0190a0a0-0000-7000-8000-000000000001";
const script = { session: SESSION, steps: [] } as unknown as SessionScript;
const NOW = Date.UTC(2026, 2, 2, 8);
const HOUR = 3_600_000;

let storage: Map<string, string>;

beforeEach(() => {
  storage = new Map();
  vi.resetModules();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, text: string) => storage.set(key, text),
    removeItem: (key: string) => storage.delete(key),
    key: (i: number) => [...storage.keys()][i] ?? null,
    get length() {
      return storage.size;
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const kept = (changes: object = {}) =>
  storage.set(
    "lumbar.session",
    JSON.stringify({ session: SESSION, step: 4, earned_s: 3, left_out: [], asked_ms: null, at_ms: NOW, ...changes }),
  );
const told = (type: string, body: object) =>
  storage.set(`lumbar.fact.${type}`, JSON.stringify({ id: type, type, body }));

describe("a session that goes on without the server", () => {
  it("is the one that was begun here, from where it was", async () => {
    const { keepScript, sessionHere } = await import("./offline");
    keepScript(script);
    kept();
    told("set-done", { session: SESSION });
    expect(sessionHere(NOW + HOUR)).toMatchObject({ script, from: { step: 4, earned_s: 3 } });
  });

  it("is none that was never begun here, has ended, or lay still for long", async () => {
    const { forgetScript, keepScript, sessionHere } = await import("./offline");
    expect(sessionHere(NOW)).toBeNull();
    keepScript(script);
    expect(sessionHere(NOW)).toBeNull();
    kept();
    expect(sessionHere(NOW)).not.toBeNull();
    expect(sessionHere(NOW + HOUR + 1)).toBeNull();
    expect(sessionHere(NOW - 2 * HOUR)).toBeNull();
    kept({ session: "another" });
    expect(sessionHere(NOW)).toBeNull();
    kept({ asked_ms: NOW });
    expect(sessionHere(NOW)).toBeNull();
    kept();
    forgetScript();
    expect(sessionHere(NOW)).toBeNull();
  });

  it("is none once something else was told that the server has not heard", async () => {
    const { keepScript, sessionHere } = await import("./offline");
    keepScript(script);
    kept();
    told("flare-reported", {});
    expect(sessionHere(NOW)).toBeNull();
  });
});
