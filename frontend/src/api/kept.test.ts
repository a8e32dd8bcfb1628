import { afterEach, describe, expect, it, vi } from "vitest";

/** A browser's storage that may be full, or not allowed at all. */
class Storage {
  readonly map = new Map<string, string>();
  full = false;

  get length(): number {
    return this.map.size;
  }

  key(i: number): string | null {
    return [...this.map.keys()][i] ?? null;
  }

  getItem(key: string): string | null {
    return this.map.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.map.set(key, text);
  }

  removeItem(key: string): void {
    this.map.delete(key);
  }
}

const fresh = async () => {
  vi.resetModules();
  return await import("./kept");
};

afterEach(() => vi.unstubAllGlobals());

describe("what this browser keeps", () => {
  it("is kept in its storage", async () => {
    const storage = new Storage();
    vi.stubGlobal("localStorage", storage);
    const { keep, kept, keptKeys, forget, forgetful } = await fresh();
    keep("a.1", "one");
    keep("b", "two");
    expect(storage.getItem("a.1")).toBe("one");
    expect(keptKeys("a.")).toEqual(["a.1"]);
    forget("a.1");
    expect(kept("a.1")).toBeNull();
    expect(forgetful.value).toBe(false);
  });

  it("is kept in memory when the storage is full, and the newest counts", async () => {
    const storage = new Storage();
    vi.stubGlobal("localStorage", storage);
    const { keep, kept, keptKeys, forget, forgetful } = await fresh();
    keep("a", "old");
    storage.full = true;
    keep("a", "new");
    keep("b", "more");
    expect([kept("a"), kept("b")]).toEqual(["new", "more"]);
    expect(keptKeys("").sort()).toEqual(["a", "b"]);
    expect(forgetful.value).toBe(true);
    storage.full = false;
    keep("a", "newest");
    expect(storage.getItem("a")).toBe("newest");
    forget("b");
    expect(kept("b")).toBeNull();
  });

  it("is kept in memory where storage is not allowed", async () => {
    const denied = new Proxy(
      {},
      {
        get: () => {
          throw new DOMException("denied", "SecurityError");
        },
      },
    );
    vi.stubGlobal("localStorage", denied);
    const { keep, kept, keptKeys, keptValue, forget } = await fresh();
    keep("a", '{"x":1}');
    expect(kept("a")).toBe('{"x":1}');
    expect(keptValue("a")).toEqual({ x: 1 });
    expect(keptKeys("")).toEqual(["a"]);
    forget("a");
    expect(kept("a")).toBeNull();
  });

  it("reads what no longer makes sense as nothing", async () => {
    const storage = new Storage();
    storage.setItem("a", "{half");
    vi.stubGlobal("localStorage", storage);
    const { keptValue } = await fresh();
    expect(keptValue("a")).toBeNull();
  });
});
