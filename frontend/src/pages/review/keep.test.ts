/** A review is in the record once, however often "Keep this" was needed for what goes with it. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepReview } from "./keep";

const REVIEW = { by_whom: "Ana Silva", profession: "physician", decision: "go-on" };
const WISH = { wanted: true, by: { name: "Ana Silva", profession: "physician" } };

let reviews: string[];
let wishes: number;
let approvals: () => Response;

beforeEach(() => {
  reviews = [];
  wishes = 0;
  approvals = () => Response.json({});
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    get length() {
      return kept.size;
    },
    key: (i: number) => [...kept.keys()][i] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  vi.stubGlobal("fetch", async (path: string, init: { body: string }) => {
    if (path === "/api/approvals") {
      wishes += 1;
      return approvals();
    }
    const ids = (JSON.parse(init.body) as { facts: { id: string }[] }).facts.map((fact) => fact.id);
    reviews.push(...ids);
    return Response.json({ accepted: ids, duplicates: [], today: {} });
  });
});

afterEach(() => vi.unstubAllGlobals());

const refused = () => Response.json({ detail: "Not just now.", status: 409 }, { status: 409 });

describe("a review that is kept again", () => {
  it("is the same one where only the wish could not be kept", async () => {
    approvals = refused;
    const first = await keepReview(REVIEW, WISH, null);
    expect(first.problem).toBe("Not just now.");
    approvals = () => Response.json({});
    const second = await keepReview({ ...REVIEW }, WISH, first.kept);
    expect(second.problem).toBeNull();
    expect(reviews).toHaveLength(2);
    expect(new Set(reviews).size).toBe(1);
    expect(wishes).toBe(2);
  });

  it("is another one where its words changed meanwhile, so that they are not lost", async () => {
    approvals = refused;
    const first = await keepReview(REVIEW, WISH, null);
    await keepReview({ ...REVIEW, decision: "stop" }, WISH, first.kept);
    expect(new Set(reviews).size).toBe(2);
  });

  it("asks for no wish where none was told", async () => {
    expect((await keepReview(REVIEW, null, null)).problem).toBeNull();
    expect(wishes).toBe(0);
  });
});
